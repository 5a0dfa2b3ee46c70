// `node scripts/run.mjs scripts/check-examples.ts --data DIR`: no text of the data sets may stand in this repository. Compares every
// line of the tracked text files, and every example, with every row by runs of three characters. Says which file and line, never the row.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readSets } from './routing/data.ts'
import { argument } from './routing/resources.ts'

/** Shorter lines are everyday words that anyone writes. */
const SHORTEST = 9
/** So much of a line's runs in one row is no accident. */
const TOO_ALIKE = 0.5

const data = argument('data')
if (!data) throw new Error('node scripts/run.mjs scripts/check-examples.ts --data DIR')
const rowsOf = new Map<string, number[]>()
const rows = Object.values(readSets(data))
  .flat()
  .map(row => runsOf(row.text.replace(/\s+/g, '')))
for (const [at, runs] of rows.entries())
  for (const run of runs) rowsOf.set(run, [...(rowsOf.get(run) ?? []).slice(-400), at])

const files = execFileSync('git', ['ls-files', 'models/examples', 'test', 'src/flows', 'locales'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(file => /\.(?:txt|ts|json)$/.test(file))
let found = 0
for (const file of files)
  for (const [at, line] of readFileSync(file, 'utf8').split('\n').entries())
    for (const said of line.match(/[\p{Script=Han}\d，。！？、]+/gu) ?? [])
      if (said.length >= SHORTEST && stands(said)) {
        found++
        process.stdout.write(`${file}:${at + 1} is much like a row of the data\n`)
      }
process.stdout.write(`${files.length} files, ${found} lines like a row\n`)
if (found > 0) process.exitCode = 1

/** Whether one row holds half of the runs, and is of a like length. */
function stands(said: string): boolean {
  const runs = runsOf(said)
  const shared = new Map<number, number>()
  for (const run of runs) for (const at of rowsOf.get(run) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
  return [...shared].some(([at, both]) => both / (runs.size + rows[at]!.size - both) >= TOO_ALIKE)
}

function runsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(1, text.length - 2) }, (_, at) => text.slice(at, at + 3)))
}
