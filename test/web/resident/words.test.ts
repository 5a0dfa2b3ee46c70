import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

type Words = { [key: string]: string | Words }
/** The words that come with the page, and those fetched with the pages that need them: their keys begin with their name. */
const LATER = [
  'case',
  'check',
  'files',
  'follow',
  'form',
  'guide',
  'me',
  'own',
  'place',
  'plain',
  'promises',
  'quick',
  'sides',
]
const file = (language: string, name: string) =>
  JSON.parse(readFileSync(`locales/${language}/${name}.json`, 'utf8')) as Words
const read = (language: string): Words => ({
  ...file(language, 'resident'),
  ...Object.fromEntries(LATER.map(name => [name, file(language, name)])),
})
const flat = (words: Words, before = ''): Map<string, string> =>
  new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  )
const zh = flat(read('zh-CN'))
const en = flat(read('en'))
const blanks = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(m => m[1]).sort()

it('both languages have the same words with the same blanks', () => {
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
  for (const [key, words] of zh) expect([key, blanks(en.get(key) ?? '')]).toEqual([key, blanks(words)])
})

const files = readdirSync('web/resident', { recursive: true, encoding: 'utf8' }).filter(f =>
  /\.(?:vue|ts)$/.test(f),
)

it.each(files)('every word %s asks for exists', file => {
  const source = readFileSync(`web/resident/${file}`, 'utf8')
  for (const [, key = ''] of source.matchAll(/\bt\('([\w.-]+)'/g)) expect([...zh.keys()]).toContain(key)
  for (const [, stem = ''] of source.matchAll(/\bt\(`([\w.]+)\.\$\{/g))
    expect([...zh.keys()].filter(key => key.startsWith(`${stem}.`))).not.toEqual([])
})
