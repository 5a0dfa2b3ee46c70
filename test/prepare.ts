import { spawnSync } from 'node:child_process'

/** The generated clients are what the ledger stands on: bring them up to date once. */
export default function prepare() {
  const { status } = spawnSync(process.execPath, ['scripts/generate.mjs'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the clients could not be generated')
}
