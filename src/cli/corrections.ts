import { approvedLessons } from '../actions/learning/lessons.ts'
import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag, UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'
import { forTraining } from '../flows/understand/example.ts'

/** A day there is. */
const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)

/**
 * Writes the approved examples as JSON lines, `{ text, route }`, as `npm run train -- --corrections FILE` reads them; `--from` and `--to` are
 * the days of approval, both counted. The audit keeps that it was done and how many.
 */
export const correctionsCommand: Command = async args => {
  const days = [flag(args, 'from'), flag(args, 'to')] as const
  if (days.some(day => day !== undefined && !isDay(day)))
    throw new UsageFault('--from and --to are YYYY-MM-DD')
  const app = await openApp({ ...readConfig(), logLevel: 'error' }, { withoutDemo: true })
  try {
    const lessons = await approvedLessons(app.house, { from: days[0], to: days[1] })
    for (const { text, label } of lessons)
      process.stdout.write(`${JSON.stringify({ text: forTraining(text), route: label })}\n`)
    process.stderr.write(`${lessons.length} corrected cases\n`)
  } finally {
    await app.close()
  }
  return 0
}
