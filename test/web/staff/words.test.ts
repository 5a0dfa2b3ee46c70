import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import en from '../../../locales/en/staff.json' with { type: 'json' }
import zh from '../../../locales/zh-CN/staff.json' with { type: 'json' }

type Words = { [key: string]: string | Words }

const leaves = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  )

/** Words fetched with the pages that need them: their keys begin with their name. */
const LATER = ['assess', 'audit', 'board', 'careDesk', 'desk', 'grids', 'learning', 'mediate']
const later = (language: string): Words =>
  Object.fromEntries(
    LATER.map(name => [name, JSON.parse(readFileSync(`locales/${language}/${name}.json`, 'utf8'))]),
  )
const chinese = new Map(leaves({ ...zh, ...later('zh-CN') }))
const english = new Map(leaves({ ...en, ...later('en') }))
const slots = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

it('says everything in both languages', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
})

it('leaves no sentence empty and fills the same slots in both languages', () => {
  for (const [key, words] of chinese) {
    expect(words.trim(), key).not.toBe('')
    expect(english.get(key)?.trim(), key).toBeTruthy()
    expect(slots(english.get(key) ?? ''), key).toEqual(slots(words))
  }
})

it('has words for every key the pages name', () => {
  const root = 'web/staff'
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file =>
    /\.(vue|ts)$/.test(file),
  )
  const used = files.flatMap(file =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => key!),
  )
  expect(used.length).toBeGreaterThan(100)
  expect(used.filter(key => !chinese.has(key))).toEqual([])
})
