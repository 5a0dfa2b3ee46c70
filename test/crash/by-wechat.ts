import { createHash } from 'node:crypto'
import http from 'node:http'
import { afterCut, callOnce } from './call.ts'
import { newJournal, type Sent, type Speaker } from './matter.ts'
import { type Service, WECHAT_TOKEN } from './service.ts'

let people = 0

/**
 * Somebody who writes to the official account. WeChat sends a message again, with the same MsgId, until it is answered;
 * and now and then once more though it was (the answer got lost on the way).
 */
export function byWechat(service: Service, chance: () => number): Speaker & { close(): void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const journal = newJournal('wechat')
  const openid = `oCrash${String(++people).padStart(8, '0')}`
  let last: { id: string; words: string; reply: string } | undefined

  async function untilAnswered(id: string, words: string): Promise<{ reply: string; wasCut: boolean }> {
    for (let wasCut = false; ; wasCut = true) {
      try {
        return { reply: await post(service, agent, openid, id, words), wasCut }
      } catch (error) {
        await afterCut(error)
      }
    }
  }

  /** The same again must be answered as the first was. */
  async function lastOnceMore(): Promise<void> {
    if (!last) return
    const { reply } = await untilAnswered(last.id, last.words)
    journal.repeated += 1
    if (reply !== last.reply) journal.oddities.push(`${last.id} was answered otherwise when it came again`)
  }

  return {
    journal,
    async say(words) {
      const sent: Sent = { id: `${openid}${journal.sent.length + 1}`, text: words }
      journal.sent.push(sent)
      const { reply, wasCut } = await untilAnswered(sent.id, words)
      sent.acknowledgedAt = Date.now()
      sent.reply = reply
      if (wasCut) {
        journal.cut += 1
        await lastOnceMore()
      }
      last = { id: sent.id, words, reply }
      if (chance() < 0.1) await lastOnceMore()
      return reply
    },
    close: () => agent.destroy(),
  }
}

async function post(service: Service, agent: http.Agent, openid: string, id: string, words: string) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = id
  const signature = createHash('sha1').update([WECHAT_TOKEN, timestamp, nonce].sort().join('')).digest('hex')
  const { status, body } = await callOnce(service, agent, {
    method: 'POST',
    path: `/wechat/callback?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&openid=${openid}`,
    headers: { 'content-type': 'text/xml' },
    body: `<xml><ToUserName><![CDATA[gh_crash]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words}]]></Content><MsgId>${id}</MsgId></xml>`,
  })
  const content = /<Content><!\[CDATA\[([\s\S]*)\]\]><\/Content>/.exec(body)?.[1]
  if (status !== 200 || !content) throw new Error(`WeChat was answered ${status}: ${body}`)
  return content
}
