import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, makeApi } from '../api/house.ts'
import { newerInScript } from './newer-script.ts'
import { newerInStyle } from './newer-style.ts'

/** The built resident front, as an old web view and a bad line get it. Needs `npm run build`. */

const ROOT = 'dist/web'
const ENTRY = 'resident/index.html'
/** Kilobytes, packed with gzip, of the first load of any page people come to directly. */
const SCRIPT_BUDGET = 80
const WHOLE_BUDGET = 150

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  dynamicImports?: string[]
}
const manifest = JSON.parse(readFileSync(join(ROOT, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

/** Chunks a page of the resident front loads, by its sources: with `all` also those it fetches later. */
function chunks(all: boolean, ...page: string[]): Chunk[] {
  const found = new Set<string>()
  const walk = (key: string) => {
    if (found.has(key)) return
    found.add(key)
    const { imports = [], dynamicImports = [] } = manifest[key]!
    for (const one of [...imports, ...(all ? dynamicImports : [])]) walk(one)
  }
  for (const key of [ENTRY, ...page]) walk(key)
  return [...found].map(key => manifest[key]!)
}

const scriptsOf = (...which: Parameters<typeof chunks>) => chunks(...which).map(({ file }) => file)
const stylesOf = (...which: Parameters<typeof chunks>) => [
  ...new Set(chunks(...which).flatMap(({ css = [] }) => css)),
]
const worker = existsSync(join(ROOT, 'sw.js')) ? ['sw.js'] : []
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const packedSize = (text: string) => gzipSync(text, { level: 9 }).length

/**
 * Newer names that stay in the bundle because what calls them asks first whether they are there, or because the name is
 * another's. One line each: which chunk, which name, and the guard.
 */
const GUARDED: readonly { in: RegExp; name: string; because: string }[] = []

const isGuarded = (file: string, found: string) =>
  GUARDED.some(({ in: where, name }) => where.test(file) && found.startsWith(`${name} (`))

it.each([...scriptsOf(true), ...worker])('%s says nothing Chromium 86 does not know', file => {
  expect(newerInScript(read(file)).filter(found => !isGuarded(file, found))).toEqual([])
})

it.each(stylesOf(true))('%s says nothing Chromium 86 does not know', file => {
  expect(newerInStyle(read(file))).toEqual([])
})

it.each([
  ['[1].at(-1)', 'at (92)'],
  ['const last = list.findLast(x => x)', 'findLast (97)'],
  ['structuredClone({})', 'structuredClone (98)'],
  ['window.structuredClone({})', 'structuredClone (98)'],
  ['crypto.randomUUID()', 'randomUUID (92)'],
  ['fetch("/", { signal: AbortSignal.timeout(5) })', 'AbortSignal.timeout (103)'],
  ['new Intl.Segmenter("zh")', 'Intl.Segmenter (87)'],
  ['await fetch("/")', 'await at the top (89)'],
  ['class A { static { A.x = 1 } }', 'static block (94)'],
  ['class A { #x; has(o) { return #x in o } }', '#x in (91)'],
  ['/a/d.test("a")', 'regex flag (90)'],
  ['new URLPattern({})', 'URLPattern (95)'],
  ['list["toSorted"]()', 'toSorted (110)'],
])('finds what is newer: %s', (code, found) => {
  expect(newerInScript(code)).toContain(found)
})

it.each([
  'a.b ??= 1; "a".replaceAll("b", "c"); class A { #x = 1; y = 2 }',
  '"startViewTransition" in document && document.startViewTransition(f); ({ toSorted(f) { return a(this).toSorted(f) } })',
  'URL.canParse?.("x"); if (typeof AbortSignal.timeout === "function") later()',
  'const at = 1; route.at; new ResizeObserver(f); async function f() { await 1 }',
])('lets pass what Chromium 86 knows, or what is asked for first: %s', code => {
  expect(newerInScript(code)).toEqual([])
})

it.each([
  ['a:has(b){color:red}', ':has()'],
  [':is(a,b){color:red}', ':is()'],
  ['@media print{a:where(.b){color:red}}', ':where()'],
  ['.a{inset:0}', 'inset'],
  ['.a{aspect-ratio:1}', 'aspect-ratio'],
  ['.a{height:100dvh}', 'dynamic viewport unit'],
  ['.a{color:color-mix(in srgb,red,blue)}', 'color-mix()'],
  ['@container (min-width:1px){a{color:red}}', '@container'],
  ['@layer base{a{color:red}}', '@layer'],
  ['.a{color:red;.b{color:blue}}', 'nesting'],
  ['.a{color:red;&:hover{color:blue}}', 'nesting'],
  ['@media (width >= 400px){a{color:red}}', 'a range in @media'],
  ['input{accent-color:green}', 'accent-color'],
  ['.a{text-wrap:balance}', 'text-wrap'],
])('finds what is newer: %s', (css, found) => {
  expect(newerInStyle(css).join()).toContain(found)
})

it.each([
  '.a{height:100vh;height:100dvh}',
  '@supports selector(:has(a)){a:has(b){color:red}}',
  '@media (min-aspect-ratio:1/1){.a{top:0}}.b:not(.c):focus-visible{clip-path:inset(0)}',
  '.a::after{content:"{inset:0}"}.b{gap:1px}',
])('lets pass what Chromium 86 knows, or what has a stand-in: %s', css => {
  expect(newerInStyle(css)).toEqual([])
})

let api: Api
beforeAll(async () => {
  api = await makeApi({ webRoot: join(process.cwd(), ROOT) })
})
afterAll(() => api.close())

const words = (name: string) => `../locales/zh-CN/${name}.json`
it.each([
  ['/', 'resident/pages/home-page.vue'],
  ['/chat', 'resident/pages/chat-page.vue'],
  ['/form/grievance', 'resident/pages/form-page.vue', words('form')],
  ['/cases/HS-20261103-0001', 'resident/pages/case-page.vue', words('case'), words('own')],
])('the first load of %s is light', async (path, ...page) => {
  const html = (await api.browser().get(path)).body
  // Besides what the page's sources need: what the service drew and names for it.
  const named = [...html.matchAll(/href="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file!)
  const scripts = [...new Set([...scriptsOf(false, ...page), ...named])]
  const rest = [...stylesOf(false, ...page), 'icon.svg', 'manifest.webmanifest']
  expect(html).toContain('id="initial"')
  const script = sum(scripts)
  expect(script / 1024).toBeLessThan(SCRIPT_BUDGET)
  expect((script + sum(rest) + packedSize(html)) / 1024).toBeLessThan(WHOLE_BUDGET)
})
const sum = (files: string[]) => files.reduce((all, file) => all + packedSize(read(file)), 0)

it('no font is fetched', () => {
  for (const file of stylesOf(true)) expect(read(file)).not.toMatch(/@font-face/)
})
