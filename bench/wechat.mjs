// Residents who write through the WeChat callback, as fast as they are answered or one message each two seconds.
import { createHash, randomBytes } from 'node:crypto'
import http from 'node:http'

/** Six messages from a greeting to a number. */
export const GRIEVANCE = ['你好', '我们小区3号楼电梯坏了两周没人修', '红山郡', '3', '13800001234', '1']

const ACCOUNT = 'gh_bench'

export function resident(port, token) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const openid = `o${randomBytes(13).toString('hex')}`
  let count = 0
  return {
    /** Sends words; answers with the reply's body. */
    say: words => post(agent, port, token, openid, `${openid}${++count}`, words),
    close: () => agent.destroy(),
  }
}

function post(agent, port, token, openid, msgId, words) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(4).toString('hex')
  const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
  const body = `<xml><ToUserName><![CDATA[${ACCOUNT}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words}]]></Content><MsgId>${msgId}</MsgId></xml>`
  const path = `/wechat/callback?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&openid=${openid}`
  const headers = { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }
  return new Promise((done, failed) => {
    const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, reply => {
      const parts = []
      reply.on('data', part => parts.push(part))
      reply.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (reply.statusCode === 200) done(text)
        else failed(new Error(`${reply.statusCode}: ${text}`))
      })
    })
    request.on('error', failed)
    request.end(body)
  })
}

/** Closed loop: `residents` talk whole grievances for `seconds`. `finished` must hold for each last reply. */
export async function closedLoop({ port, token, residents, seconds, finished }) {
  const until = performance.now() + seconds * 1000
  let turns = 0
  let grievances = 0
  const from = performance.now()
  await Promise.all(
    Array.from({ length: residents }, async () => {
      while (performance.now() < until) {
        const one = resident(port, token)
        let last = ''
        for (const words of GRIEVANCE) {
          last = await one.say(words)
          turns++
        }
        if (!finished(last)) throw new Error(`a grievance did not end as it should: ${last}`)
        grievances++
        one.close()
      }
    }),
  )
  const took = (performance.now() - from) / 1000
  return { turns, grievances, turnsPerSecond: turns / took }
}

/** Open loop: each resident sends a message every two seconds whether or not the last was answered. Milliseconds. */
export async function openLoop({ port, token, residents, seconds }) {
  const times = []
  const pending = []
  await Promise.all(
    Array.from({ length: residents }, async (_, index) => {
      await pause((index / residents) * 2000)
      let one = resident(port, token)
      for (let n = 0; n < seconds / 2; n++) {
        if (n % GRIEVANCE.length === 0 && n > 0) one = resident(port, token)
        const at = performance.now()
        pending.push(one.say(GRIEVANCE[n % GRIEVANCE.length]).then(() => times.push(performance.now() - at)))
        await pause(2000)
      }
    }),
  )
  await Promise.all(pending)
  times.sort((a, b) => a - b)
  const at = share => times[Math.min(times.length - 1, Math.floor(times.length * share))]
  return { messages: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: times.at(-1) }
}

const pause = ms => new Promise(done => setTimeout(done, ms))
