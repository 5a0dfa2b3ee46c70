// `npm run bench -- understand`: how long the weights take to load and one message to be understood, on one core, and in the same
// run node-nlp with the same examples beside it (it is there for this bench alone).
import { readFileSync } from 'node:fs'
import { NlpManager } from 'node-nlp'
import { type Example, readExamples } from '../scripts/routing/data.ts'
import { resourcesWith } from '../scripts/routing/resources.ts'
import { type Model, readModel } from '../src/flows/understand/model.ts'
import { type Resources, understand } from '../src/flows/understand/understand.ts'
import { FIRST_SENTENCES } from '../test/flows/first-sentences.ts'

/** Each message is understood so often and its best time counts: what another program takes is not this one's. */
const REPEATS = 15
const NOW = '2026-11-03T02:21:00.000Z'
const examples = readExamples('models/examples')
const chat = [...FIRST_SENTENCES, ...examples.map(each => each.text)]
/** Letters of about 240 characters, as they come to a mayor's mailbox. */
const letters = chat.map((_, at) => chat.slice(at, at + 12).join('。')).filter((_, at) => at % 4 === 0)

const bytes = readFileSync('models/routing.bin')
const loads = Array.from({ length: 9 }, () => timed(() => readModel(bytes)))
say(`understanding: weights of ${bytes.length} bytes load in ${middle(loads).toFixed(0)} ms`)
const resources = resourcesWith(bytes)
for (const [name, texts] of [
  ['chat', chat],
  ['letters', letters],
] as const)
  measured(name, texts, resources)
await beside(examples)

function measured(name: string, texts: readonly string[], with_: Resources & { model: Model | null }): void {
  for (const text of texts) understand(text, with_, NOW)
  const times = texts.map(
    text =>
      Math.min(...Array.from({ length: REPEATS }, () => timed(() => understand(text, with_, NOW)))) * 1_000,
  )
  const letters_ = texts.reduce((sum, text) => sum + text.length, 0) / texts.length
  say(
    `  ${name}: ${texts.length} messages of ${letters_.toFixed(0)} characters, median ${middle(times).toFixed(0)} µs, p99 ${share(times, 0.99).toFixed(0)} µs`,
  )
}

/** The same routes taught to node-nlp from the project's own examples: nine in ten to learn, one to ask. */
async function beside(all: readonly Example[]): Promise<void> {
  const routes = all.filter(each => !/^(?:intent|danger): /.test(each.teaches))
  const peer = new NlpManager({ languages: ['zh'], forceNER: false, autoSave: false, nlu: { log: false } })
  for (const [at, each] of routes.entries())
    if (at % 10 !== 0) peer.addDocument('zh', each.text, each.teaches)
  const learnt = await timedAsync(() => peer.train())
  const asked = routes.filter((_, at) => at % 10 === 0)
  const times: number[] = []
  let right = 0
  for (const each of asked) {
    let best = Number.POSITIVE_INFINITY
    for (let again = 0; again < REPEATS; again++)
      best = Math.min(best, await timedAsync(() => peer.process('zh', each.text)))
    times.push(best * 1_000)
    if ((await peer.process('zh', each.text)).intent === each.teaches) right++
  }
  say(
    `  node-nlp: learns ${routes.length - asked.length} examples in ${(learnt / 1_000).toFixed(1)} s; ${asked.length} others, ${(right / asked.length).toFixed(2)} right, median ${middle(times).toFixed(0)} µs, p99 ${share(times, 0.99).toFixed(0)} µs`,
  )
}

/** Milliseconds until a promise is kept. */
async function timedAsync(call: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint()
  await call()
  return Number(process.hrtime.bigint() - from) / 1_000_000
}

/** Milliseconds of one call. */
function timed(call: () => unknown): number {
  const from = process.hrtime.bigint()
  call()
  return Number(process.hrtime.bigint() - from) / 1_000_000
}

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

function middle(values: readonly number[]): number {
  return share(values, 0.5)
}

function say(words: string): void {
  process.stdout.write(`${words}\n`)
}
