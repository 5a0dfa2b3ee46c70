import { describe, expect, it } from 'vitest'
import { oneOf, rating, skippable, words, yesOrNo } from '../../src/flows/answers.ts'
import { caseCode, date, personName, phone, place, queryCode } from '../../src/flows/answers-about.ts'
import { saidOf } from '../../src/flows/begin.ts'
import type { Answer, Scene } from '../../src/flows/flow.ts'
import { asWritten, forMatching, numberIn } from '../../src/flows/text.ts'
import { book, NOW } from './district.ts'

const scene = (soFar: Scene['soFar'] = {}): Scene => ({ book, facts: { now: NOW }, soFar })
const read = (answer: Answer<unknown>, text: string, soFar?: Scene['soFar']) => {
  const got = answer.read(saidOf(text), scene(soFar))
  return got.ok ? got.value : `!${got.why}`
}

// biome-ignore format: a table
const ROWS: readonly (readonly [string, Answer<unknown>, string, unknown])[] = [
  ['phone', phone, '13800000000', '13800000000'],
  ['phone', phone, '+86 138-0000-0000', '13800000000'],
  ['phone', phone, '１３８００００００００', '13800000000'],
  ['phone', phone, '打我这个138 0000 0000吧', '13800000000'],
  ['phone', phone, '0476-8221234', '0476-8221234'],
  ['phone', phone, '(0476)8221234', '0476-8221234'],
  ['phone', phone, '8221234', '0476-8221234'],
  ['phone', phone, '12800000000', '!notAPhone'],
  ['phone', phone, '138000000001', '!notAPhone'],
  ['phone', phone, '没有手机', '!noPhone'],
  ['words', words({ atLeast: 3, atMost: 10 }), '停水了', '停水了'],
  ['words', words({ atLeast: 3, atMost: 10 }), '停水', '!tooShort'],
  ['words', words({ atLeast: 3, atMost: 10 }), '！！！！', '!tooShort'],
  ['words', words({ atLeast: 3, atMost: 10 }), '一二三四五六七八九十一', '!tooLong'],
  ['words', words({ atLeast: 3, atMost: 10 }), 'Ｆｕｌｌ　停水', 'Ｆｕｌｌ　停水'],
  ['yes or no', yesOrNo(), '是的', true],
  ['yes or no', yesOrNo(), '没有', false],
  ['yes or no', yesOrNo(), '２', false],
  ['yes or no', yesOrNo(), '也许', '!notYesOrNo'],
  ['rating', rating, '不满意', 1],
  ['rating', rating, '一般', 2],
  ['rating', rating, '很满意', 3],
  ['rating', rating, '1', 3],
  ['code', caseCode, 'hs 20261103 0042', 'HS-20261103-0042'],
  ['code', caseCode, 'ＨＳ－20261103－00421', 'HS-20261103-00421'],
  ['code', caseCode, '0042', '!notACode'],
  ['query code', queryCode, '395 014', '395014'],
  ['query code', queryCode, '39501', '!notAQueryCode'],
  ['name', personName, '我叫王芳', '王芳'],
  ['name', personName, '李阿姨', '李阿姨'],
  ['name', personName, '13800000000', '!notAName'],
  ['date', date, '昨天', '2026-11-02'],
  ['date', date, '11月1日', '2026-11-01'],
  ['date', date, '上周三', '2026-10-28'],
  ['date', date, '三天前', '2026-10-31'],
  ['date', date, '12月30日', '2025-12-30'],
  ['date', date, '2月30日', '!notADate'],
  ['one of', oneOf('x', [{ value: 'a' }, { value: 'b' }]), '第二个', 'b'],
  ['one of', oneOf('x', [{ value: 'a' }, { value: 'b' }]), '3', '!notAChoice'],
  ['skippable', skippable(phone), '不想留', null],
]

it.each(ROWS)('%s %#', (_, answer, text, value) => expect(read(answer, text)).toEqual(value))

describe('places', () => {
  it('an estate gives its community and town, and keeps the words', () => {
    expect(read(place, '红山郡3号楼2单元')).toEqual({
      words: '红山郡3号楼2单元',
      townCode: '150402008',
      communityCode: '150402008001',
      estate: '红山郡',
    })
  })
  it('a building said earlier is not lost', () => {
    expect(read(place, '红山郡', { what: '3号楼电梯坏了' })).toMatchObject({ words: '红山郡 3号楼' })
  })
  it('the district alone is no place', () => {
    expect(read(place, '红山区')).toEqual({ words: '红山区' })
  })
  it('a community is known by its short name with 社区', () => {
    expect(read(place, '红山社区门口')).toMatchObject({ communityCode: '150402004002' })
  })
  it('two places of one name are asked about, unless the town settles it', () => {
    expect(read(place, '阳光花园')).toBe('!whichPlace')
    expect(read(place, '东城街道阳光花园')).toMatchObject({ communityCode: '150402004005' })
  })
  it('unknown words are kept as they are', () => {
    expect(read(place, '河边老榆树底下')).toEqual({ words: '河边老榆树底下' })
  })
})

it('numbers pick in every writing, and only numbers do', () => {
  const picks = ['1', '１', '①', '一', '第一个', '选1', '1.', '(1)', '1、']
  expect(picks.map(text => numberIn(forMatching(text))?.index)).toEqual(picks.map(() => 1))
  expect(['3号楼', '13800000000', '一共三户', '1单元'].map(text => numberIn(forMatching(text)))).toEqual(
    Array(4).fill(undefined),
  )
  expect(numberIn('2,我妈82了')).toEqual({ index: 2, rest: '我妈82了' })
})

it('what is written stays to the letter, without the invisible', () => {
  expect(asWritten(' Ａ\u0000Ｂ\u200b①\ud800 ')).toBe('ＡＢ①')
  expect(forMatching('Ａ\u0007Ｂ①')).toBe('ab1')
})
