#!/usr/bin/env node
// The command line of Huiyin. Builds first when the build is stale; a published image has no sources and skips that.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Variables of a .env file beside the program; what is set already wins.
const env = fileURLToPath(new URL('../.env', import.meta.url))
if (existsSync(env)) process.loadEnvFile(env)

const script = new URL('../scripts/build.mjs', import.meta.url)
if (existsSync(fileURLToPath(script)) && process.env.HUIYIN_BUILT !== '1') {
  // In a process of its own: what a build needs of memory would stay with the service.
  const { status } = spawnSync(process.execPath, [fileURLToPath(script)], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
const { main } = await import(new URL('../dist/cli.js', import.meta.url).href)
await main(process.argv.slice(2))
