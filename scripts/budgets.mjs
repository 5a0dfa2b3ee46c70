// The budgets of the design: no file over 300 lines, the median of src at most 90. Functions over 40 lines are the linter's.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const MOST = 300
const MEDIAN = 90
const lines = file => readFileSync(file, 'utf8').split('\n').length - 1
const sources = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ts|vue|mjs|css)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.includes('generated'))

const over = ['src', 'wire', 'web', 'scripts', 'bench', 'bin']
  .flatMap(sources)
  .filter(file => lines(file) > MOST)
const sizes = sources('src')
  .map(lines)
  .sort((a, b) => a - b)
const median = sizes[Math.floor(sizes.length / 2)]
for (const file of over) process.stderr.write(`${file}: ${lines(file)} lines, the budget is ${MOST}\n`)
if (median > MEDIAN) process.stderr.write(`src: median ${median} lines, the budget is ${MEDIAN}\n`)
process.stdout.write(`  ${sizes.length} files in src, median ${median} lines, longest ${sizes.at(-1)}\n`)
process.exit(over.length || median > MEDIAN ? 1 : 0)
