import { createInterface } from 'node:readline/promises'
import { openApp } from '../app.ts'
import type { Bubble } from '../bot/channel.ts'
import { plainText } from '../bot/wording.ts'
import type { Command } from '../cli.ts'
import { readConfig } from '../config.ts'
import { newId } from '../store/db.ts'
import { linesOf } from '../store/talks.ts'

/**
 * A talk in the terminal: the same engine, ledger and rules as on WeChat. The name after `talk` keeps people apart; what was
 * said before goes on where it was.
 */
export const talkCommand: Command = async ([name = 'me']) => {
  const app = await openApp({ ...readConfig(), logLevel: 'error' })
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
  })
  const write = (body: string) => process.stdout.write(`${plainText(JSON.parse(body) as Bubble)}\n\n`)
  let personId: string | null = null
  let seen = 0
  // A clerk's answer from another process appears here as well.
  const timer = setInterval(async () => {
    if (!personId) return
    for (const line of await linesOf(app.house.store.read, personId, { after: seen, limit: 50 })) {
      seen = line.seq
      if (line.sender !== 'me') write(line.body)
    }
  }, 500)
  process.stdout.write('回音：请说。（Ctrl+D 结束）\n> ')
  for await (const text of terminal) {
    const received = await app.receive({
      channel: 'terminal',
      appId: '-',
      address: name,
      externalId: newId(),
      text,
    })
    personId = received.personId
    for (const reply of received.replies) write(reply.body)
    seen = received.replies.at(-1)?.seq ?? received.seq
    process.stdout.write('> ')
  }
  clearInterval(timer)
  await app.close()
  return 0
}
