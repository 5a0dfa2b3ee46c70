import fc from 'fast-check'
import { expect, it } from 'vitest'
import { namesIn } from '../../../src/flows/place.ts'
import { forMatching } from '../../../src/flows/text.ts'
import { entitiesIn } from '../../../src/flows/understand/entities.ts'
import { timesIn } from '../../../src/flows/understand/times.ts'
import { book, NOW } from '../district.ts'
import { ENTITY_ROWS } from './entities-table.ts'

const found = (text: string) =>
  entitiesIn(text, forMatching(text), namesIn(forMatching(text), book.gazetteer), NOW)

it.each(ENTITY_ROWS)('%s', (text, wanted) => {
  const seen = found(text)
  expect(
    Object.fromEntries(Object.keys(wanted).map(kind => [kind, seen[kind as keyof typeof seen]])),
  ).toEqual(wanted)
})

it('there are rows enough', () => expect(ENTITY_ROWS.length).toBeGreaterThanOrEqual(150))

/** Pieces people write, so that random texts are likely to hold something. */
const PIECES = [
  '红山郡',
  '洪山郡',
  '3号楼',
  '下周三下午两点半',
  '13800000000',
  '１３８',
  '我叫王芳',
  '蒙D12345',
  '三万二千块钱',
  'HS-20261103-0042',
  '昨晚',
  '電梯',
  '😡',
  ' ',
  '，',
  'Building 5',
  '\u200b',
  'ﬁ',
  '㈱',
  '一三八零零零零零零零零',
  '\n',
]

const anyText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 12 })
  .map(parts => parts.join(''))

it('never throws, and never names what is not in the text', () => {
  fc.assert(
    fc.property(anyText, text => {
      for (const words of Object.values(found(text)).flat()) {
        expect(words).not.toBe('')
        expect(text).toContain(words)
      }
    }),
    { numRuns: 600 },
  )
})

// 2026-11-03 is a Tuesday.
// biome-ignore format: a table
const DAYS: readonly (readonly [string, string | undefined])[] = [
  ['下周三下午两点半', '2026-11-11'],
  ['上个月15号', '2026-10-15'],
  ['昨晚', '2026-11-02'],
  ['周五晚上八点', '2026-11-06'],
  ['星期天上午', '2026-11-08'],
  ['这周末', '2026-11-07'],
  ['上周末', '2026-10-31'],
  ['下下周一', '2026-11-16'],
  ['10月8号夜里两点', '2026-10-08'],
  ['2025年12月30日', '2025-12-30'],
  ['上个月底', '2026-10-31'],
  ['下个月初', '2026-12-01'],
  ['半个月前', '2026-10-19'],
  ['两个星期以前', '2026-10-20'],
  ['明早8点', '2026-11-04'],
  ['大前天', '2026-10-31'],
  ['后天上午9:30', '2026-11-05'],
  ['每天早上六点', undefined],
  ['半夜两点', undefined],
]
it.each(DAYS)('%s means %s', (words, day) => {
  expect(timesIn(forMatching(words), NOW)[0]).toEqual({ words, ...(day ? { day } : {}) })
})
