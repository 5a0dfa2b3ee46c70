import { expect, it } from 'vitest'
import { type Cursor, inserted } from '../../../web/staff/case/insert.ts'
import { gaps } from '../../../web/staff/form.ts'
import type { Need } from '../../../web/staff/types.ts'

const need = (field: string, kind: Need['kind'] = 'text'): Need => ({
  field,
  label: field,
  kind,
  required: true,
})
const NEEDS = [need('result'), need('facts'), need('ticks', 'points')]
const TEMPLATE = { result: '修好了，____起用', facts: '原因是____' }

it.each<[string, Record<string, string>, Cursor | null, object]>([
  ['an empty form', {}, null, TEMPLATE],
  [
    'what is written stays above',
    { result: '您好。' },
    null,
    { result: '您好。\n修好了，____起用', facts: '原因是____' },
  ],
  [
    'at the cursor in the middle',
    { result: '您好。再见' },
    { field: 'result', from: 3, to: 3 },
    { result: '您好。修好了，____起用再见', facts: '原因是____' },
  ],
  [
    'a line already begun',
    { facts: '查看：\n' },
    null,
    { result: TEMPLATE.result, facts: '查看：\n原因是____' },
  ],
])('%s', (_, filled, cursor, changed) => {
  expect(inserted(NEEDS, filled, TEMPLATE, cursor).changed).toEqual(changed)
})

it('points at the first blank to fill, where it stands now', () => {
  expect(inserted(NEEDS, { result: '您好。' }, TEMPLATE).blank).toEqual({ field: 'result', from: 8, to: 12 })
  expect(inserted(NEEDS, {}, { result: '修好了' }).blank).toBeNull()
})

it('a blank left is a gap of the form', () => {
  const filled = { result: '修好了，____起用', facts: '坏了', ticks: [] }
  expect(gaps(NEEDS, filled, [], '2026-11-03')).toEqual([{ field: 'result', why: 'blankLeft' }])
})
