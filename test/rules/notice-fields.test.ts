import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fieldValue } from '../../src/rules/notices/fields.ts'

const ZONE = 'Asia/Shanghai'

// biome-ignore format: a table
it.each([
  ['thing1',            '西城街道主动接下了这件事',           '西城街道主动接下了这件事'],
  ['thing1',            '红山区住房和城乡建设局物业管理科电梯安全监督组', '红山区住房和城乡建设局物业管理科电梯安…'],
  ['thing2',            '修好了👍🏻\n请看一看',               '修好了 请看一看'],
  ['thing2',            '',                                  '-'],
  ['character_string1', 'HS-20261103-0042',                  'HS-20261103-0042'],
  ['character_string1', '编号HS-1号',                         'HS-1'],
  ['character_string1', '编号',                               '-'],
  ['phrase3',           '办理中',                             '办理中'],
  ['phrase3',           'Done 办理中已经答复',                 '办理中已经'],
  ['phrase3',           'done',                              '无'],
  ['time4',             '2026-11-06T09:30:00.000Z',          '2026年11月6日 17:30'],
  ['time4',             '2026-11-05T16:05:00.000Z',          '2026年11月6日 00:05'],
  ['date4',             '2026-11-05T16:05:00.000Z',          '2026年11月6日'],
  ['date4',             '2026-11-06',                        '2026年11月6日'],
  ['time4',             '15:01',                             '15:01'],
  ['number5',           '约 12.5 天',                         '12.5'],
  ['number5',           '',                                  '0'],
  ['amount6',           '共¥1200.50元',                       '¥1200.50元'],
  ['phone_number7',     '0476-12345 转 2',                    '0476-12345  2'],
  ['car_number8',       '蒙D 12345',                          '蒙D12345'],
  ['name9',             '欧阳娜娜木其格乌兰图雅齐',              '欧阳娜娜木其格乌兰图'],
  ['name9',             'Alexander Montgomery Smith',        'Alexander Montgomery'],
  ['letter10',          'abc123',                            'abc'],
  ['symbol11',          'a+b=c',                             '+='],
  ['short_thing12',     '办理中了没有',                        '办理中了…'],
  ['const13',           '已受理',                             '已受理'],
])('%s of %j', (field, given, wanted) => {
  expect(fieldValue(field, given, ZONE)).toBe(wanted)
})

const ALLOWED: Record<string, RegExp> = {
  thing1: /^[^\p{Cc}\n]{1,20}$/u,
  character_string1: /^[!-~]{1,32}$/,
  phrase1: /^\p{Script=Han}{1,5}$/u,
  number1: /^-?\d{1,32}(\.\d+)?$/,
  name1: /^.{1,20}$/u,
}

it.each(Object.keys(ALLOWED))('%s takes whatever comes', field => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), words => {
      expect(fieldValue(field, words, ZONE)).toMatch(ALLOWED[field]!)
    }),
  )
})
