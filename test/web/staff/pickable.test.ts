import { expect, it } from 'vitest'
import { typedOn } from '../../../web/staff/parts/pickable.ts'

const OPEN = { open: true, chosen: false }
const SHUT = { open: false, chosen: false }
const CHOSEN = { open: false, chosen: true }

it.each<[string, Parameters<typeof typedOn>, string]>([
  ['in the open list', [OPEN, '西城', '城'], '西城'],
  ['in a list closed with Escape', [SHUT, '西', '西'], '西'],
  ['pasted into a closed list', [SHUT, '西城街道', null], '西城街道'],
  ['over what is chosen', [CHOSEN, '西屯街道东', '东'], '东'],
  ['when a letter of what is chosen is taken away', [CHOSEN, '西屯街', null], '西屯街'],
])('words written %s are not lost', (_, given, typed) => {
  expect(typedOn(...given)).toBe(typed)
})
