import http from 'node:http'
import { type Pusher, pushXml, sealedPush, wordsOf } from '../scripts/wechat-fake/push.ts'
import type { FakeRules } from '../scripts/wechat-fake/rules.ts'

/** Six messages from a greeting to a number. */
const GRIEVANCE = ['你好', '我们小区3号楼电梯坏了两周没人修', '红山郡', '3', '13800001234', '1']

let followers = 0

/** Somebody who writes to the account; answers with the words, empty for `success`. */
function follower(port: number, pusher: Pusher, rules: FakeRules) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const openid = `oBench${String(++followers).padStart(12, '0')}`
  let count = 0
  const say = (words: string) => {
    rules.acted(openid, 'message')
    const seconds = Math.floor(Date.now() / 1000)
    const fields = { MsgType: 'text', Content: words, MsgId: `${openid}${++count}` }
    const { query, body } = sealedPush(pusher, openid, pushXml(openid, fields, seconds), seconds)
    return post(agent, port, `/wechat/callback?${query}`, body).then(answer => wordsOf(pusher, answer))
  }
  return { say, close: () => agent.destroy() }
}

function post(agent: http.Agent, port: number, path: string, body: string): Promise<string> {
  const headers = { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }
  return new Promise((done, failed) => {
    const asked = http.request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, reply => {
      const parts: Buffer[] = []
      reply.on('data', part => parts.push(part))
      reply.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (reply.statusCode === 200) done(text)
        else failed(new Error(`${reply.statusCode}`))
      })
    })
    asked.on('error', failed)
    asked.end(body)
  })
}

const pause = (ms: number) => new Promise(done => setTimeout(done, ms))

export interface Load {
  port: number
  pusher: Pusher
  rules: FakeRules
  residents: number
  seconds: number
}

/** Closed loop: whole grievances as fast as they are answered. Turns a second. */
export async function capacity({ port, pusher, rules, residents, seconds }: Load): Promise<number> {
  const from = performance.now()
  const until = from + seconds * 1000
  let turns = 0
  const one = async () => {
    while (performance.now() < until) {
      const who = follower(port, pusher, rules)
      for (const words of GRIEVANCE) {
        await who.say(words)
        turns++
      }
      who.close()
    }
  }
  await Promise.all(Array.from({ length: residents }, one))
  return turns / ((performance.now() - from) / 1000)
}

/** What came of an open loop: milliseconds, how many were answered `success` first, how many not within WeChat's five seconds. */
export interface Answered {
  times: number[]
  later: number
  timedOut: number
}

/** Open loop: each resident sends a message every `every` milliseconds whether or not the last was answered. */
export async function openLoop(load: Load & { every: number }): Promise<Answered> {
  const { port, pusher, rules, residents, seconds, every } = load
  const told: Answered = { times: [], later: 0, timedOut: 0 }
  const pending: Promise<unknown>[] = []
  const hear = async (say: Promise<string>) => {
    const at = performance.now()
    const words = await say.catch(() => null)
    const ms = performance.now() - at
    if (words === null || ms > 5000) told.timedOut++
    else told.times.push(ms)
    if (words === '') told.later++
  }
  const one = async (index: number) => {
    await pause((index / residents) * every)
    let who = follower(port, pusher, rules)
    for (let n = 0; n < (seconds * 1000) / every; n++) {
      if (n % GRIEVANCE.length === 0) who = follower(port, pusher, rules)
      pending.push(hear(who.say(GRIEVANCE[n % GRIEVANCE.length] ?? '')))
      await pause(every)
    }
  }
  await Promise.all(Array.from({ length: residents }, (_, index) => one(index)))
  await Promise.all(pending)
  told.times.sort((a, b) => a - b)
  return told
}
