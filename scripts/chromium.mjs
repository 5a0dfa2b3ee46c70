// Finds a Chromium for the browser tests, else installs one: Playwright's own, or Debian's package when root. Prints its path.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path of a Chromium, or null. CHROMIUM names one by hand. */
export function findChromium() {
  const own = () => {
    try {
      return chromium.executablePath()
    } catch {
      return undefined
    }
  }
  return [process.env.CHROMIUM, ...PLACES, own()].find(path => path && existsSync(path)) ?? null
}

const run = (command, args) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0

/** Finds or installs; throws with one line that says what to do by hand. */
export function needChromium() {
  const found = findChromium()
  if (found) return found
  process.stderr.write('no Chromium found, installing one …\n')
  const asRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (asRoot)
    run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])
  if (!findChromium()) run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
  const installed = findChromium()
  if (!installed)
    throw new Error('No Chromium: install the package "chromium", or set CHROMIUM to the path of one.')
  return installed
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${needChromium()}\n`)
