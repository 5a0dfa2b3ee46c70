import { expect, it } from 'vitest'
import { fitting, isCodeLike } from '../../../web/staff/palette/match.ts'

const ALL = [
  ['派单', 'dispatch', 'paidan pd'],
  ['待分派', 'unassigned', 'daifenpai dfp'],
  ['申请延期', 'ask extension', 'shenqingyanqi sqyq'],
  ['已答复待评', 'rating', 'yidafudaiping ydfdp'],
]
const found = (typed: string) => fitting(typed, ALL, names => names).map(([name]) => name)

it.each([
  ['', ['派单', '待分派', '申请延期', '已答复待评']],
  ['派', ['派单', '待分派']],
  ['pd', ['派单', '待分派', '已答复待评']],
  ['PaiDan', ['派单']],
  ['dfp', ['待分派', '已答复待评']],
  ['待派', ['待分派']],
  ['ask ext', ['申请延期']],
  ['exten', ['申请延期']],
  ['sqyq', ['申请延期']],
  ['zzz', []],
])('%s finds %j, best first', (typed, names) => {
  expect(found(typed)).toEqual(names)
})

it.each([
  ['HS-20261103-0042', true],
  ['hs20261103-0042', true],
  ['1103-0042', true],
  ['0042', true],
  ['派单', false],
  ['pd', false],
  ['13800000000', false],
])('%s is the number of a case: %s', (typed, is) => {
  expect(isCodeLike(typed)).toBe(is)
})
