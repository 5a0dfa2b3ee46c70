// `npm run measure`: sizes of the first load, Lighthouse and axe of the resident front, as Markdown. Ends with 1 when below what
// was promised. Run it alone on the machine; the figures go to docs/operations.md by hand, with the machine they came from.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildStale } from './build.mjs'
import { needChromium } from './chromium.mjs'
import { barriers, LOOKS } from './measure/barriers.mjs'
import { firstLoad } from './measure/first-load.mjs'
import { scores } from './measure/scores.mjs'
import { dispatcher, freePort, resident, startService } from './measure/service.mjs'

const RUNS = Number(process.env.MEASURE_RUNS ?? 3)
/** `sizes`, `scores`, `desk`, `barriers`, or all. */
const wanted = process.argv[2] ?? 'all'
/** Kilobytes of the first load of each page people come to directly, and the least score of each category. */
const MOST = { script: 80, all: 150 }
const LEAST = 95
const LEAST_OF_DESK = 90
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

const faults = []
const say = line => process.stdout.write(`${line}\n`)
const kb = bytes => (bytes / 1024).toFixed(1)

async function sizes(browser, { url, code, cookies }) {
  say('| first load, gzip, KB | script | style | page | other | all |\n|---|---|---|---|---|---|')
  for (const [path, who] of [
    ['/', []],
    ['/chat', []],
    ['/form/grievance', []],
    [`/cases/${code}`, cookies],
  ]) {
    const found = await firstLoad(browser, `${url}${path}`, who)
    say(
      `| ${nameOf(path)} | ${[found.script, found.style, found.page, found.other, found.all].map(kb).join(' | ')} |`,
    )
    for (const kind of ['script', 'all'])
      if (found[kind] > MOST[kind] * 1024)
        faults.push(`${nameOf(path)}: ${kind} ${kb(found[kind])} KB, at most ${MOST[kind]}`)
  }
}

async function marks(port, { url, code }) {
  say(
    `\n| Lighthouse, mobile, median of ${RUNS} | performance | accessibility | best practices | LCP | CLS | TBT |\n|---|---|---|---|---|---|---|`,
  )
  for (const path of ['/', '/chat', '/form/grievance', `/cases/${code}`]) {
    const found = await scores(`${url}${path}`, port, RUNS)
    const all = ['performance', 'accessibility', 'best-practices'].map(name => found[name])
    say(
      `| ${nameOf(path)} | ${all.join(' | ')} | ${(found.lcp / 1000).toFixed(2)} s | ${found.cls.toFixed(3)} | ${Math.round(found.tbt)} ms |`,
    )
    if (all.some(one => one < LEAST))
      faults.push(`${nameOf(path)}: below ${LEAST} (${found.failed.join(', ')})`)
  }
}

/** The desk and the board, by somebody signed in, as Lighthouse sees a desk. */
async function desk(port, url) {
  say(
    `\n| Lighthouse, desk, median of ${RUNS} | performance | accessibility | best practices |\n|---|---|---|---|`,
  )
  for (const path of ['/staff', '/staff/board']) {
    const found = await scores(`${url}${path}`, port, RUNS, 'desk')
    const all = ['performance', 'accessibility', 'best-practices'].map(name => found[name])
    say(`| ${path} | ${all.join(' | ')} |`)
    if (all.some(one => one < LEAST_OF_DESK))
      faults.push(`${path}: below ${LEAST_OF_DESK} (${found.failed.join(', ')})`)
  }
}

async function stumbles(browser, { url, code, service, cookies }) {
  const paths = [
    '/',
    '/chat',
    '/form/grievance',
    '/cases',
    `/cases/${code}`,
    '/lookup',
    '/guide',
    `/guide/${service}`,
  ]
  paths.push('/mediation', '/me', '/privacy', '/nowhere')
  say(
    `\n| axe, violations | ${Object.keys(LOOKS).join(' | ')} |\n|---|${'---|'.repeat(Object.keys(LOOKS).length)}`,
  )
  const rows = new Map(paths.map(path => [path, []]))
  for (const look of Object.keys(LOOKS))
    for (const [path, rules] of await barriers(browser, url, paths, look, cookies)) {
      rows.get(path).push(rules.length)
      if (rules.length > 0) faults.push(`${nameOf(path)} in ${look}: ${rules.join(', ')}`)
    }
  for (const [path, counts] of rows) say(`| ${nameOf(path)} | ${counts.join(' | ')} |`)
}

const nameOf = path => path.replace(/HS-[\d-]+/, 'HS-…')

/** A browser whose own context (cookies, storage) Lighthouse can use through the port. */
async function withPort(cookies, run) {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-chromium-'))
  const port = await freePort()
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: needChromium(),
    args: [...FLAGS, `--remote-debugging-port=${port}`],
  })
  await context.addCookies(cookies)
  await run(port)
  await context.close()
  rmSync(folder, { recursive: true, force: true })
}

await buildStale()
const service = await startService()
const who = { url: service.url, ...(await resident(service.url)) }
const browser = await chromium.launch({ executablePath: needChromium(), args: FLAGS })
say(
  `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, Chromium ${browser.version()}\n`,
)
if (/all|sizes/.test(wanted)) await sizes(browser, who)
if (/all|scores/.test(wanted)) await withPort(who.cookies, port => marks(port, who))
if (/all|desk/.test(wanted)) await withPort(await dispatcher(who.url), port => desk(port, who.url))
if (/all|barriers/.test(wanted)) await stumbles(browser, who)
await browser.close()
service.stop()
say(
  faults.length
    ? `\nBelow what was promised:\n${faults.map(fault => `- ${fault}`).join('\n')}`
    : '\nAs promised.',
)
process.exit(faults.length ? 1 : 0)
