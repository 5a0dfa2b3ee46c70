// `npm run check`: format, lint, types, budgets, unused code, layers and tests. Stops at the first that fails.
import { spawnSync } from 'node:child_process'

const STEPS = [
  ['clients', 'node', ['scripts/generate.mjs']],
  ['format and lint', 'node', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['types', 'node', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['types of the browser tests', 'node', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'test/e2e']],
  [
    'types of the fronts',
    'node',
    ['node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'web/tsconfig.json'],
  ],
  ['budgets', 'node', ['scripts/budgets.mjs']],
  ['unused code', 'node', ['node_modules/knip/bin/knip.js']],
  ...(process.argv.includes('--no-tests') ? [] : [['tests', 'npm', ['test', '--silent']]]),
]

for (const [name, command, args] of STEPS) {
  const from = performance.now()
  process.stdout.write(`— ${name}\n`)
  const { status } = spawnSync(command === 'node' ? process.execPath : command, args, { stdio: 'inherit' })
  if (status !== 0) {
    process.stdout.write(`${name}: failed\n`)
    process.exit(status ?? 1)
  }
  process.stdout.write(`  ${((performance.now() - from) / 1000).toFixed(1)} s\n`)
}
