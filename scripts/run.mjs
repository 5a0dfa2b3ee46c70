// Runs a TypeScript file of this repository: `node scripts/run.mjs FILE …`. It is bundled in memory first.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'rolldown'

const [file, ...args] = process.argv.slice(2)
mkdirSync('dist', { recursive: true })
const folder = mkdtempSync(join(resolve('dist'), '.run-'))
try {
  await build({
    input: { script: file },
    platform: 'node',
    external: id => !id.startsWith('.') && !id.startsWith('/'),
    output: { dir: folder, format: 'esm', entryFileNames: '[name].mjs' },
    logLevel: 'warn',
  })
  process.argv = [process.argv[0], resolve(file), ...args]
  await import(pathToFileURL(join(folder, 'script.mjs')).href)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
