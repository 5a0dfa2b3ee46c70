import { spawnSync } from 'node:child_process'

/** Before any test: the generated clients, and where a real process or browser will run, the build. Once, so nothing races. */
export default function prepare() {
  const named = process.argv.slice(2).filter(word => word.startsWith('test/'))
  const whole = named.length === 0 || named.some(word => /e2e|crash|bundle|shell/.test(word))
  const script = whole ? 'scripts/build.mjs' : 'scripts/generate.mjs'
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${script} failed`)
}
