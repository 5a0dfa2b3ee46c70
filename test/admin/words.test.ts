import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import zhAdmin from '../../locales/zh-CN/admin.json' with { type: 'json' }
import { blanksIn, builtIn } from '../../src/district-words.ts'

type Words = { [key: string]: string | Words }
const leaves = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  )
const read = (language: string, file: string) =>
  new Map(leaves(JSON.parse(readFileSync(`locales/${language}/${file}.json`, 'utf8'))))

it.each(['books', 'district'])('%s says everything in both languages, with the same blanks', file => {
  const [chinese, english] = [read('zh-CN', file), read('en', file)]
  expect([...english.keys()]).toEqual([...chinese.keys()])
  for (const [key, words] of chinese) {
    expect([key, blanksIn(english.get(key)!).sort()]).toEqual([key, blanksIn(words).sort()])
    expect([key, words.length > 0 && !/[\u4e00-\u9fff]/.test(english.get(key)!)]).toEqual([key, true])
  }
})

it('every fault in words is one the checks know', () => {
  const files = ['checks', 'hours', 'panels', 'templates', 'notices', 'read']
  const source = files.map(name => readFileSync(`src/district-${name}.ts`, 'utf8')).join('\n')
  // Made of a part: `type_string`, `basicCount`.
  const made = /^type_|Count$/
  const keys = [...read('zh-CN', 'district').keys()].map(key => key.replace('fault.', ''))
  expect(keys.filter(key => !made.test(key) && !source.includes(`'${key}'`))).toEqual([])
})

it('every blank of a notice has a name', () => {
  const blanks = new Set([...builtIn('zh-CN').values()].flatMap(blanksIn))
  expect([...blanks].filter(name => !(name in zhAdmin.blank))).toEqual([])
})
