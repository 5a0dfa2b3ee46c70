// `npm run eval -- --data DIR`: figures on rows the shipped weights have not learnt from. Where there are none (DIR is what they
// learnt from), the acceptance quarter is kept apart, the rest is learnt anew with the gates of the shipped model (chosen by
// `npm run train` without that quarter), and the quarter is measured. `--held` asks for that; `--curve` prints in one line each what
// a quarter, half, three quarters and all of the rows that may be learnt from come to.
import { readFileSync } from 'node:fs'
import { readModel } from '../src/flows/understand/model.ts'
import { buildModel } from './routing/build.ts'
import { buildCry, cryLessons } from './routing/cry.ts'
import { isHeld, keyOf, type Row, readExamples, readSets } from './routing/data.ts'
import { entityLine } from './routing/entities.ts'
import { tasksFrom } from './routing/lessons.ts'
import { curveLine, report } from './routing/measure.ts'
import { argument, resourcesWith } from './routing/resources.ts'
import { seenBefore } from './routing/seen.ts'

const data = argument('data')
if (!data) throw new Error('npm run eval -- --data DIR [--held] [--curve]')
const sets = readSets(data)
const examples = readExamples('models/examples')
const seen = seenBefore()
const fresh = Object.values(sets).some(rows => rows.some(row => !seen(row)))
const shipped = readFileSync('models/routing.bin')
const say = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`)

if (process.argv.includes('--curve')) {
  say(['Learnt from a part of the three quarters, measured on the quarter kept apart'])
  for (const part of [0.25, 0.5, 0.75, 1])
    say([
      curveLine(
        part,
        sets,
        learntFrom(row => shareOf(row) < part),
        isHeld,
      ),
    ])
} else if (fresh && !process.argv.includes('--held')) {
  const resources = resourcesWith(shipped)
  say([
    'The shipped weights, on rows they have not learnt from',
    ...report(sets, resources, row => !seen(row)),
    entityLine(resources),
  ])
} else {
  const resources = learntFrom(() => true)
  say([
    'Learnt from three quarters, measured on the quarter kept apart',
    ...report(sets, resources, isHeld),
    entityLine(resources),
  ])
}

/** What is understood after learning from those rows of the three quarters that `takes` lets through. */
function learntFrom(takes: (row: Row) => boolean) {
  const may = (row: Row) => !isHeld(row) && takes(row)
  const tasks = tasksFrom(sets, examples, [], may)
  const cry = buildCry(cryLessons(sets, examples, may))
  return resourcesWith(Buffer.concat([buildModel(tasks, readModel(shipped).gates), cry]))
}

/** A number from 0 to 1 for each row, the same for a letter and its title. */
function shareOf(row: Row): number {
  return Number.parseInt(keyOf(row).slice(20, 26), 16) / 0x1_000_000
}
