import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { headOf } from '../../../src/flows/understand/model.ts'
import { routingModel } from '../../../src/load.ts'
import { figuresBy, figuresOf, type Outcome } from '../../../src/rules/learning/figures.ts'
import { LABELS, labelOf, settledLabel } from '../../../src/rules/learning/labels.ts'
import { LEARNING_TEXT, mayTeach } from '../../../src/rules/learning/may-teach.ts'

it('knows the routes of the trained model, in their order', () => {
  expect(headOf(routingModel(), 'route').classes).toEqual([...LABELS])
})

it.each([
  ['dept:城市管理', 'dept:城市管理'],
  ['dept:环境保护', 'panel:环境保护纠纷'],
  ['dept:应急消防', 'none'],
  [null, 'none'],
])('%s is learnt as %s', (route, label) => {
  expect(labelOf(route)).toBe(label)
})

const nothing = { filed: 'dept:城市管理', label: null, panel: null, holder: [], lead: [] }
// biome-ignore format: a table
it.each([
  ['stays as filed in the hands of a town',            {},                                                        'dept:城市管理'],
  ['a clerk knows best',                               { label: 'dept:公安', panel: 'panel:物业纠纷' },             'dept:公安'],
  ['what is mediated is the panel’s',                  { panel: 'panel:物业纠纷', holder: ['dept:公安'] },          'panel:物业纠纷'],
  ['passed to another department',                     { holder: ['dept:交通运输'] },                              'dept:交通运输'],
  ['held by a department that serves it and more',     { holder: ['dept:公安', 'dept:城市管理'] },                  'dept:城市管理'],
  ['held by a department of several other routes',     { holder: ['dept:公安', 'dept:民政'] },                     'dept:城市管理'],
  ['led by a department that was called',              { lead: ['dept:城乡建设'] },                                'dept:城乡建设'],
  ['a department called to a panel’s matter is a help', { filed: 'panel:物业纠纷', lead: ['dept:市场监管'] },        'panel:物业纠纷'],
  ['environment by either name is one',                { filed: 'panel:环境保护纠纷', holder: ['dept:环境保护'] },  'panel:环境保护纠纷'],
  ['nothing of ours stays so',                         { filed: null },                                           'none'],
] as const)('%s', (_, facts, label) => {
  expect(settledLabel({ ...nothing, ...facts })).toBe(label)
})

const plain = { kind: 'grievance', class: 'general', category: 'light', hidden: 0 } as const
// biome-ignore format: a table
it.each([
  ['a plain matter',   {},                          true],
  ['an urgent one',    { class: 'urgent' },         false],
  ['a hidden one',     { hidden: 1 },               false],
  ['a call for help',  { kind: 'hotline' },         false],
  ['a mediation',      { kind: 'mediation' },       false],
  ['a grid report',    { kind: 'gridReport' },      false],
  ['an errand',        { kind: 'errand' },          false],
  ['danger',           { category: 'danger' },      false],
  ['an accusation',    { category: 'accusation' },  false],
  ['a family',         { category: 'family' },      false],
  ['young people',     { category: 'youth' },       false],
  ['a mind',           { category: 'mind' },        false],
  ['treatment',        { category: 'malpractice' }, false],
] as const)('%s', (_, of, may) => {
  expect(mayTeach({ ...plain, ...of })).toBe(may)
})

it('counts what was proposed, asked, corrected and right', () => {
  const one = (proposed: Outcome['proposed'], settled: Outcome['settled'], asked: boolean, n: number) => ({
    ...{ month: '2026-11', proposed, settled, asked, n },
  })
  const outcomes = [
    one('dept:公安', 'dept:公安', false, 5),
    one('dept:公安', 'dept:公安', true, 2),
    one('dept:公安', 'dept:民政', true, 1),
    one('dept:民政', 'dept:公安', false, 1),
  ]
  expect(figuresOf(outcomes)).toEqual({ proposed: 9, asked: 3, corrected: 2, right: 5 })
  expect(figuresBy(outcomes, each => each.proposed).get('dept:公安')).toEqual({
    ...{ proposed: 8, asked: 3, corrected: 1, right: 5 },
  })
})

it('other words of the question want another date: who agreed to these agreed to no others', () => {
  const words = ['zh-CN', 'en'].map(language => {
    const { say } = JSON.parse(readFileSync(`locales/${language}/bot.json`, 'utf8'))
    return [say.learning.ask, say.ask.myData.learn]
  })
  const print = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16)
  expect({ [LEARNING_TEXT]: print }).toEqual({ '2026-11-23': 'ddd156cedd50eef0' })
})
