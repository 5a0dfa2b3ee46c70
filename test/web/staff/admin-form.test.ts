import { expect, it } from 'vitest'
import { formKey } from '../../../web/staff/admin/values.ts'
import type { AdminRow } from '../../../wire/admin.ts'

const row = (id: string, mark: string | null): Pick<AdminRow, 'id' | 'mark'> => ({ id, mark })

it.each<[string, string, string, boolean]>([
  [
    'the same row',
    formKey('notices', row('received', null)),
    formKey('notices', row('received', null)),
    true,
  ],
  [
    'a row just saved',
    formKey('notices', row('received', null)),
    formKey('notices', row('received', 'a')),
    false,
  ],
  [
    'one saved again',
    formKey('notices', row('received', 'a')),
    formKey('notices', row('received', 'b')),
    false,
  ],
  ['another row', formKey('units', row('1', 'a')), formKey('units', row('2', 'a')), false],
  ['a new row', formKey('units', null), formKey('units', null), true],
  ['a new row of another book', formKey('units', null), formKey('grids', null), false],
])('the form of %s', (_, before, after, same) => {
  expect(before === after).toBe(same)
})
