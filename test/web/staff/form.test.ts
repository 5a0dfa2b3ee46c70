import { expect, it } from 'vitest'
import { unitLines } from '../../../web/staff/case/unit-lines.ts'
import { blank, bodyOf, gaps, worthKeeping } from '../../../web/staff/form.ts'
import { shownOf } from '../../../web/staff/parts/pickable.ts'
import type { Need } from '../../../web/staff/types.ts'

const TODAY = '2026-11-05'
const POINTS = [
  { no: 1, text: '什么时候修好', doneAt: '2026-11-04T00:00:00.000Z' },
  { no: 2, text: '老人怎么办', doneAt: null },
]
const need = (field: string, kind: Need['kind'], more: Partial<Need> = {}): Need => ({
  field,
  label: field,
  kind,
  required: true,
  ...more,
})
const ANSWER = [need('result', 'text'), need('ticks', 'points')]

it('begins with the points already answered ticked, and with the only choice made', () => {
  const only = need('how', 'choice', { choices: [{ value: 'phone', label: '电话' }] })
  expect(blank([...ANSWER, only], POINTS)).toEqual({ result: '', ticks: [1], how: 'phone' })
})

it('begins with what the service gives, and leaves an optional choice open', () => {
  const leader = need('leader', 'choice', { required: false, choices: [{ value: 'a', label: '刘' }] })
  const points = need('points', 'lines', { value: '电梯停了\n物业不管' })
  expect(blank([leader, points], POINTS)).toEqual({ leader: '', points: '电梯停了\n物业不管' })
  expect(gaps([leader], { leader: '' }, POINTS, TODAY)).toEqual([])
})

it('offers only what lies below a unit, at any depth', () => {
  const unit = (id: string, parentId: string | null) => ({ id, kind: 'unit', name: id, parentId })
  const units = [unit('d', null), unit('t', 'd'), unit('c', 't'), unit('g', 'c'), unit('other', 'd')]
  expect(unitLines(units, 't')).toEqual([
    { value: 'c', label: 'c', group: 't' },
    { value: 'g', label: 'g', group: 't · c' },
  ])
  expect(unitLines(units)).toHaveLength(5)
})

it.each([
  ['words missing', ANSWER, { result: '  ', ticks: [1, 2] }, [{ field: 'result', why: 'required' }]],
  [
    'a point not ticked',
    ANSWER,
    { result: '修好了', ticks: [1] },
    [{ field: 'ticks', why: 'tickAll', n: 1 }],
  ],
  ['all there', ANSWER, { result: '修好了', ticks: [2, 1] }, []],
  [
    'nothing filled at all',
    ANSWER,
    {},
    [
      { field: 'result', why: 'required' },
      { field: 'ticks', why: 'tickAll', n: 2 },
    ],
  ],
  ['optional words left out', [need('more', 'text', { required: false })], { more: '' }, []],
  ['optional ticks left out', [need('ticks', 'points', { required: false })], { ticks: [] }, []],
  ['no unit chosen', [need('unit', 'unit')], { unit: '' }, [{ field: 'unit', why: 'required' }]],
  ['no choice made', [need('how', 'choice')], { how: '' }, [{ field: 'how', why: 'required' }]],
  ['a date of today', [need('newDue', 'date')], { newDue: TODAY }, [{ field: 'newDue', why: 'badDate' }]],
  [
    'a date that is none',
    [need('newDue', 'date')],
    { newDue: '2027-02-31' },
    [{ field: 'newDue', why: 'badDate' }],
  ],
  ['a date in words', [need('newDue', 'date')], { newDue: '明天' }, [{ field: 'newDue', why: 'badDate' }]],
  ['tomorrow', [need('newDue', 'date')], { newDue: '2026-11-06' }, []],
])('%s', (_, needs, filled, expected) => {
  expect(gaps(needs, filled, POINTS, TODAY)).toEqual(expected)
})

it('sends words trimmed and leaves empty fields out', () => {
  const needs = [need('text', 'text'), need('more', 'text', { required: false }), need('ticks', 'points')]
  expect(bodyOf(needs, { text: ' 好 ', more: ' ', ticks: [1, 2] })).toEqual({ text: '好', ticks: [1, 2] })
})

it('keeps a draft for words, not for ticks alone', () => {
  expect(worthKeeping({ text: ' ', ticks: [1] })).toBe(false)
  expect(worthKeeping({ text: '好', ticks: [] })).toBe(true)
})

it('finds a line by pieces of its name or of where it belongs, its own name first', () => {
  const line = (label: string, group = '') => ({ value: label, label, group })
  const all = [
    line('第1网格', '西城街道 · 红山郡社区'),
    line('红山郡社区', '西城街道'),
    line('清河社区', '东城街道'),
  ]
  const found = (typed: string) => shownOf(all, typed).shown.map(one => one.label)
  expect(found('')).toEqual(['第1网格', '红山郡社区', '清河社区'])
  expect(found('红山郡')).toEqual(['红山郡社区', '第1网格'])
  expect(found('红山郡 1')).toEqual(['第1网格'])
  expect(found('没有')).toEqual([])
  const many = Array.from({ length: 70 }, (_, no) => line(`第${no}网格`))
  expect(shownOf(many, '网格')).toMatchObject({ more: 10 })
})
