import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../rules/people/language.ts'

/** How a page looks, as the person chose it on this device; `auto` follows the device. */
export interface Look {
  theme: 'auto' | 'light' | 'dark'
  care: boolean
  contrast: boolean
}

/** What is put into the built page. `modules`: source files of what was drawn. */
export interface Filling {
  language: Language
  look: Look
  title: string
  html: string
  noscript: string
  modules: readonly string[]
  initial: unknown
}

/** One line of Vite's manifest. */
interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}
export type Manifest = Readonly<Record<string, Chunk>>

const ENTRY = 'resident/index.html'
/** Vue's own marks; what people wrote is escaped and cannot look like one. */
const MARKS = /<!--[^<>]*-->/g

/** The chunks of a built front, by their sources; empty where none was built. */
export function readManifest(webRoot: string): Manifest {
  const file = join(webRoot, '.vite', 'manifest.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {}
}

/** The look a person chose, from the cookie `hy_look` (words joined by points); unknown words mean nothing. */
export function lookOf(cookie: string | undefined): Look {
  const words = (cookie ?? '').split('.')
  const theme = words.includes('dark') ? 'dark' : words.includes('light') ? 'light' : 'auto'
  return { theme, care: words.includes('care'), contrast: words.includes('contrast') }
}

/** The built page with everything in it that can be read before a script runs. */
export function fill(template: string, manifest: Manifest, filling: Filling): string {
  const { language, look, title, html, noscript, modules, initial } = filling
  const parts: readonly [string | RegExp, string][] = [
    [/<html[^>]*>/, `<html lang="${language}"${lookAttributes(look)}>`],
    [/<body[^>]*>/, `<body${weuiAttributes(look)}>`],
    [/<title>[^<]*<\/title>/, `<title>${escaped(title)}</title>`],
    [/<noscript>[\s\S]*?<\/noscript>/, `<noscript><p class="noscript">${escaped(noscript)}</p></noscript>`],
    ['</head>', `${links(manifest, modules, language)}</head>`],
    ['<div id="app"></div>', `<div id="app">${html.replace(MARKS, '')}</div>${dataBlock(initial)}`],
    ...(look.theme === 'dark' ? [['content="#f1f2f0"', 'content="#111211"'] as const] : []),
  ].map(([from, to]) => [from as string | RegExp, to as string])
  return parts.reduce((page, [from, to]) => page.replace(from, () => to), template)
}

function lookAttributes({ theme, care, contrast }: Look): string {
  return [
    theme === 'auto' ? '' : ` data-theme="${theme}"`,
    ` data-mode="${care ? 'care' : 'standard'}"`,
    contrast ? ' data-contrast="more"' : '',
  ].join('')
}

const weuiAttributes = ({ theme, care }: Look): string =>
  `${theme === 'auto' ? '' : ` data-weui-theme="${theme}"`}${care ? ' data-weui-mode="care"' : ''}`

/** A block of data is no script to the content policy; `<` is written so that nothing in it ends the block. */
const dataBlock = (initial: unknown): string =>
  `<script type="application/json" id="initial">${JSON.stringify(initial).replace(/</g, '\\u003c')}</script>`

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

/** Styles and scripts of the drawn page's own chunks, and the words of its language, besides what the front brings anyway. */
function links(manifest: Manifest, modules: readonly string[], language: Language): string {
  const there = reached(manifest, [ENTRY])
  const words = language === 'zh-CN' ? [] : [`../locales/${language}/resident.json`]
  const wanted = [...reached(manifest, [...modules, ...words])].filter(key => !there.has(key))
  const styles = new Set(wanted.flatMap(key => manifest[key]?.css ?? []))
  for (const key of there) for (const css of manifest[key]?.css ?? []) styles.delete(css)
  return [
    ...[...styles].map(css => `<link rel="stylesheet" crossorigin href="/${css}">`),
    ...wanted.map(key => `<link rel="modulepreload" crossorigin href="/${manifest[key]!.file}">`),
  ].join('')
}

function reached(manifest: Manifest, from: readonly string[]): Set<string> {
  const found = new Set<string>()
  const walk = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || found.has(key)) return
    found.add(key)
    for (const one of chunk.imports ?? []) walk(one)
  }
  for (const key of from) walk(key)
  return found
}
