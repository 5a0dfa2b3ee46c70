import { describe, expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import { fillIn, fitting, hasBlank, namesIn, type Template } from '../../../src/rules/cases/templates.ts'

const one = (key: string, more: Partial<Template> = {}): Template => ({
  ...{ key, title: key, verb: 'answer', fields: { result: key } },
  ...more,
})

describe('which templates suit a case', () => {
  const all = [
    one('any'),
    one('redo', { state: 'redo' }),
    one('lift', { category: 'lift' }),
    one('any2'),
    one('liftRedo', { category: 'lift', state: 'redo' }),
    one('water', { category: 'water' }),
    one('message', { verb: 'message' }),
  ]
  it.each([
    ['lift', 'redo', ['liftRedo', 'lift', 'redo', 'any', 'any2']],
    ['lift', 'working', ['lift', 'any', 'any2']],
    ['noise', 'redo', ['redo', 'any', 'any2']],
    ['noise', 'working', ['any', 'any2']],
  ])('%s, %s', (category, state, keys) => {
    expect(fitting(all, { verb: 'answer', category, state }).map(({ key }) => key)).toEqual(keys)
  })
})

it.each([
  ['编号 {{code}}，{{due}} 前', { code: 'HS-1', due: null }, '编号 HS-1，____ 前'],
  ['{{office}}', { office: '' }, '____'],
  ['没有', {}, '没有'],
])('%s is filled', (words, values, said) => expect(fillIn(words, values)).toBe(said))

it.each([
  ['第____条', true],
  ['第___条', true],
  ['snake_case', false],
  ['', false],
])('%s has a blank: %s', (words, blank) => expect(hasBlank(words)).toBe(blank))

describe('the templates of 红山区', () => {
  const { canned, categories } = loadDistrict('config/hongshan')

  it('answer every category', () => {
    const answered = new Set(canned.flatMap(({ verb, category }) => (verb === 'answer' ? [category] : [])))
    expect(categories.map(({ key }) => key).filter(key => !answered.has(key))).toEqual([])
  })

  it('name no article of a law and leave the basis of every answer to be written', () => {
    for (const { key, fields } of canned)
      expect([key, /《[^_》]+》|第[一二三四五六七八九十百\d]+条/.test(Object.values(fields).join())]).toEqual(
        [key, false],
      )
    for (const { key, verb, fields } of canned)
      if (verb === 'answer') expect([key, hasBlank(fields.basis ?? '')]).toEqual([key, true])
  })

  it('say result, facts and basis each', () => {
    for (const { key, verb, fields } of canned)
      if (verb === 'answer') expect([key, Object.keys(fields)]).toEqual([key, ['result', 'facts', 'basis']])
    expect(namesIn('{{code}} {{ due }}')).toEqual(['code', ' due '])
  })
})
