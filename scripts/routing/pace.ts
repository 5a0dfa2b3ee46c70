// How long one message takes, on this process's own core.
import { type Resources, understand } from '../../src/flows/understand/understand.ts'

const NOW = '2026-11-03T02:21:00.000Z'

/** A line with the median and the 99th of a hundred, in microseconds; the best of three, for what another program takes is not ours. */
export function timesOf(texts: readonly string[], resources: Resources): string[] {
  if (texts.length === 0) return []
  const some = texts.slice(0, 2_000)
  for (const text of some) understand(text, resources, NOW)
  const once = (text: string): number => {
    const from = process.hrtime.bigint()
    understand(text, resources, NOW)
    return Number(process.hrtime.bigint() - from) / 1_000
  }
  const times = some.map(text => Math.min(once(text), once(text), once(text))).sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
  const letters = some.reduce((sum, text) => sum + text.length, 0) / some.length
  return [
    `time: ${some.length} messages of ${letters.toFixed(0)} characters on average: median ${at(0.5).toFixed(0)} µs, p99 ${at(0.99).toFixed(0)} µs`,
  ]
}
