import { describe, expect, it } from 'vitest'
import { type Finder, locate } from '../../../web/resident/place/locate.ts'
import { search } from '../../../web/resident/place/search.ts'
import { levelOf, placeWords, spotsOf } from '../../../web/resident/place/spots.ts'
import type { Places } from '../../../web/resident/shapes.ts'

const PLACES: Places = {
  towns: [
    { code: '1', name: '西城街道', py: 'xichengjiedao xcjd' },
    { code: '2', name: '红庙子镇', py: 'hongmiaozizhen hmzz' },
  ],
  communities: [
    { code: '11', name: '红山郡社区', town: '1', py: 'hongshanjunshequ hsjsq' },
    { code: '12', name: '清河社区', town: '1', py: 'qingheshequ qhsq' },
    { code: '21', name: '东山村', town: '2', py: 'dongshancun dsc' },
  ],
  estates: [
    { name: '红山郡', community: '11', py: 'hongshanjun hsj' },
    { name: '清河小区', community: '12', py: 'qinghexiaoqu qhxq' },
    { name: '清河湾', community: '11', py: 'qinghewan qhw' },
    { name: '阳光5号院', community: '12', py: 'yangguang5haoyuan yg5hy' },
  ],
  grids: [
    { code: '111', name: '红山郡社区第1网格', community: '11', py: 'hongshanjunshequdi1wangge hsjsqd1wg' },
    { code: '121', name: '清河社区第1网格', community: '12', py: 'qingheshequdi1wangge qhsqd1wg' },
  ],
}
const spots = spotsOf(PLACES)
const names = (typed: string): string[] => search(spots, typed).map(({ spot }) => spot.name)

describe('a place is found by what people type', () => {
  it.each([
    ['its name', '红山郡', '红山郡'],
    ['the beginning of it', '红山', '红山郡'],
    ['a part of it', '阳光', '阳光5号院'],
    ['with the ending people add', '红山郡小区', '红山郡'],
    ['without the ending it has', '清河', '清河小区'],
    ['its whole name when it has a building in it', '阳光5号院', '阳光5号院'],
    ['letters left out between', '红郡', '红山郡'],
    ['pinyin', 'hongshanjun', '红山郡'],
    ['the beginning of the pinyin', 'qinghew', '清河湾'],
    ['pinyin in syllables', 'hong shan jun', '红山郡'],
    ['initials', 'hsj', '红山郡'],
    ['initials in capitals', 'HSJ', '红山郡'],
    ['wide letters', 'ｈｓｊ', '红山郡'],
    ['the community by its whole name', '清河社区', '清河社区'],
    ['a village', 'dsc', '东山村'],
    ['a grid', '清河 第1网格', '清河社区第1网格'],
    ['the town and a part', '西城 清河湾', '清河湾'],
  ])('%s: %s → %s', (_, typed, first) => {
    expect(names(typed)[0]).toBe(first)
  })

  it.each([
    ['红山郡3号楼', '红山郡', '3号楼'],
    ['红山郡 3号楼2单元', '红山郡', '3号楼2单元'],
    ['清河小区12栋', '清河小区', '12栋'],
    ['hsj 3号楼', '红山郡', '3号楼'],
    ['红山郡B座', '红山郡', 'b座'],
  ])('the building behind the name stays: %s', (typed, name, rest) => {
    expect(search(spots, typed)[0]).toMatchObject({ spot: { name }, rest })
  })

  it('what lives in a place comes after the place, grids last', () => {
    expect(names('红山郡')).toEqual(['红山郡', '红山郡社区', '红山郡社区第1网格', '清河湾'])
  })

  it.each(['', '  ', '上海外滩', 'zzzz'])('nothing for %j', typed => {
    expect(names(typed)).toEqual([])
  })
})

it.each([
  ['红山郡', '西城街道 红山郡社区 红山郡'],
  ['清河社区第1网格', '西城街道 清河社区第1网格'],
  ['清河湾', '西城街道 红山郡社区 清河湾'],
  ['西城街道', '西城街道'],
])('%s is told as %s', (name, words) => {
  expect(placeWords(spots.find(spot => spot.name === name)!)).toBe(words)
})

it.each([
  ['towns first', undefined, undefined, [], ['西城街道', '红庙子镇']],
  ['then its communities', '1', undefined, ['西城街道'], ['红山郡社区', '清河社区']],
  [
    'then estates and grids',
    '1',
    '11',
    ['西城街道', '红山郡社区'],
    ['红山郡', '清河湾', '红山郡社区第1网格'],
  ],
  ['an unknown town begins anew', '9', '11', [], ['西城街道', '红庙子镇']],
] as const)('step by step: %s', (_, town, community, path, choices) => {
  const level = levelOf(spots, town, community)
  expect(level.path.map(({ name }) => name)).toEqual(path)
  expect(level.choices.map(({ name }) => name)).toEqual(choices)
})

it('an estate belongs to its community, which is its unit', () => {
  expect(search(spots, '红山郡')[0]?.spot.unit).toBe('11')
})

describe('the phone finds itself', () => {
  const phone = (answer: number | { latitude: number; longitude: number }): Finder => ({
    getCurrentPosition: (found, failed) =>
      typeof answer === 'number' ? failed({ code: answer }) : found({ coords: answer }),
  })

  it.each([
    ['refused', 1, 'denied'],
    ['nowhere', 2, 'failed'],
    ['too slow', 3, 'late'],
    ['anything new', 9, 'failed'],
  ] as const)('%s', async (_, code, why) => {
    expect(await locate(phone(code))).toEqual({ ok: false, why })
  })
  it('or says where', async () => {
    expect(await locate(phone({ latitude: 42.2, longitude: 118.9 }))).toEqual({
      ok: true,
      position: { lat: 42.2, lng: 118.9 },
    })
  })
  it('or cannot at all', async () => {
    expect(await locate(undefined)).toEqual({ ok: false, why: 'none' })
  })
})
