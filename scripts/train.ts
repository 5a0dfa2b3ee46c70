// `npm run train -- --data DIR [--corrections FILE]`: learns from every row of DIR and the project's own examples and writes
// models/routing.bin and models/seen.bin. The same rows give the same bytes. Figures: `npm run eval`.
import { writeFileSync } from 'node:fs'
import { buildModel } from './routing/build.ts'
import { readCorrections, readExamples, readSets } from './routing/data.ts'
import { tasksFrom } from './routing/lessons.ts'
import { argument } from './routing/resources.ts'
import { keepSeen } from './routing/seen.ts'

const data = argument('data')
if (!data) throw new Error('npm run train -- --data DIR [--corrections FILE]')
const corrections = argument('corrections')
const sets = readSets(data)
const all = () => true
const bytes = buildModel(
  tasksFrom(sets, readExamples('models/examples'), corrections ? readCorrections(corrections) : [], all),
)
writeFileSync('models/routing.bin', bytes)
keepSeen(sets, all)
process.stdout.write(`models/routing.bin: ${bytes.length} bytes\n`)
