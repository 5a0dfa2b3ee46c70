// `npm run train -- --data DIR [--corrections FILE]`: chooses the gates by cross-validation on three quarters of DIR, then learns from
// every row and the project's own examples and writes models/routing.bin and models/seen.bin. The same rows give the same bytes.
// Figures on rows it has not learnt from: `npm run eval`.
import { writeFileSync } from 'node:fs'
import { buildModel } from './routing/build.ts'
import { chosenGates } from './routing/choose.ts'
import { buildCry, cryLessons } from './routing/cry.ts'
import { readCorrections, readExamples, readSets } from './routing/data.ts'
import { tasksFrom } from './routing/lessons.ts'
import { argument } from './routing/resources.ts'
import { keepSeen } from './routing/seen.ts'

const data = argument('data')
if (!data) throw new Error('npm run train -- --data DIR [--corrections FILE]')
const corrections = argument('corrections')
const sets = readSets(data)
const examples = readExamples('models/examples')
const all = () => true
const { gates, lines } = chosenGates(sets, examples)
process.stdout.write(`${lines.join('\n')}\n`)
const bytes = Buffer.concat([
  buildModel(tasksFrom(sets, examples, corrections ? readCorrections(corrections) : [], all), gates),
  buildCry(cryLessons(sets, examples, all)),
])
writeFileSync('models/routing.bin', bytes)
keepSeen(sets, all)
process.stdout.write(`models/routing.bin: ${bytes.length} bytes\n`)
