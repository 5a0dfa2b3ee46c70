// `npm run eval -- --data DIR`: figures on rows the shipped weights have not learnt from. Where there are none (DIR is what they
// learnt from), the acceptance quarter is kept apart, the rest is learnt anew, and the quarter is measured. `--held` asks for
// that, `--learning` adds the curve of a quarter, half and all of the lessons.
import { readFileSync } from 'node:fs'
import { buildModel, type Task } from './routing/build.ts'
import { isHeld, readExamples, readSets } from './routing/data.ts'
import { entityLine } from './routing/entities.ts'
import { tasksFrom } from './routing/lessons.ts'
import { report } from './routing/measure.ts'
import { argument, resourcesWith } from './routing/resources.ts'
import { seenBefore } from './routing/seen.ts'

const data = argument('data')
if (!data) throw new Error('npm run eval -- --data DIR [--held] [--learning]')
const sets = readSets(data)
const seen = seenBefore()
const fresh = Object.values(sets).some(rows => rows.some(row => !seen(row)))
const say = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`)

if (fresh && !process.argv.includes('--held')) {
  const resources = resourcesWith(readFileSync('models/routing.bin'))
  say([
    'The shipped weights, on rows they have not learnt from',
    ...report(sets, resources, row => !seen(row)),
  ])
  say([entityLine(resources)])
} else {
  const tasks = tasksFrom(sets, readExamples('models/examples'), [], row => !isHeld(row))
  if (process.argv.includes('--learning'))
    for (const part of [0.25, 0.5]) measured(thinned(tasks, part), `${part} of the lessons`)
  measured(tasks, 'Learnt from three quarters, measured on the quarter kept apart')
}

function measured(tasks: readonly Task[], title: string): void {
  const resources = resourcesWith(buildModel(tasks))
  say([title, ...report(sets, resources, isHeld), entityLine(resources)])
}

/** Every so-many-th lesson of each task. */
function thinned(tasks: readonly Task[], part: number): Task[] {
  const step = Math.round(1 / part)
  return tasks.map(task => ({ ...task, lessons: task.lessons.filter((_, at) => at % step === 0) }))
}
