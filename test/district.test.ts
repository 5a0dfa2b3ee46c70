import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import enBot from '../locales/en/bot.json' with { type: 'json' }
import english from '../locales/en/guide.json' with { type: 'json' }
import zhBot from '../locales/zh-CN/bot.json' with { type: 'json' }
import chinese from '../locales/zh-CN/guide.json' with { type: 'json' }
import { loadDistrict, unitOfRoute } from '../src/district.ts'
import { makeBook } from '../src/flows/book.ts'
import { emptyTalk, turn } from '../src/flows/engine.ts'
import { CATEGORIES } from '../src/flows/understand/words-categories.ts'
import { bookData } from '../src/load.ts'
import { STAFF_ROLES } from '../src/rules/people/roles.ts'
import { gridAt } from '../src/rules/place.ts'

const district = loadDistrict('config/hongshan')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A copy of the district with one file changed, and what loading it says. */
function refusal(file: string, change: (text: string) => string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'district-'))
  folders.push(folder)
  cpSync('config/hongshan', folder, { recursive: true })
  const before = readFileSync(join(folder, file), 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  if (after === null) rmSync(join(folder, file))
  else writeFileSync(join(folder, file), after)
  try {
    loadDistrict(folder)
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return 'accepted'
}

describe('the district of Hongshan', () => {
  it('has its towns, communities and 601 grids, each grid drawn', () => {
    const count = (kind: string) => [...district.units.values()].filter(unit => unit.kind === kind).length
    expect([count('town'), count('community'), count('grid'), count('department'), count('panel')]).toEqual([
      15, 91, 601, 14, 8,
    ])
    expect(district.grids.filter(grid => grid.kind === 'basic')).toHaveLength(417)
    expect(district.grids.filter(grid => grid.kind === 'exclusive')).toHaveLength(184)
    expect(district.grids.reduce((sum, grid) => sum + grid.workers, 0)).toBe(748)
    expect(district.units.get('150402010003')?.path).toBe('150402/150402010/150402010003')
  })

  it('has somebody for every role and a route for every category', () => {
    expect(new Set(district.staff.map(who => who.role))).toEqual(new Set(STAFF_ROLES))
    for (const { key, route } of CATEGORIES) {
      const category = district.categories.find(one => one.key === key)
      expect([key, category?.route]).toEqual([key, route])
      if (route) expect([route, unitOfRoute(district, route)]).not.toContain(null)
    }
    expect(unitOfRoute(district, 'panel:物业纠纷')).toBe('P01')
    expect(unitOfRoute(district, null)).toBeNull()
  })

  it('finds the grid of a position, and none outside the district', () => {
    for (const { code, ring } of district.shapes) {
      const corners = ring.slice(1)
      const mean = (pick: 0 | 1) => corners.reduce((sum, point) => sum + point[pick], 0) / corners.length
      expect(gridAt(district.shapes, mean(1), mean(0))).toBe(code)
    }
    expect(gridAt(district.shapes, 39.9, 116.4)).toBeUndefined()
  })

  it('has the seven errands of the report first, in its order', () => {
    expect(district.services.filter(({ source }) => source === 'report').map(({ name }) => name)).toEqual([
      '居民医疗保险缴纳',
      '就业培训',
      '心理咨询',
      '低保申报',
      '高龄津贴发放',
      '司法调解',
      '环境整治',
    ])
    expect(district.services.slice(0, 7).every(({ source }) => source === 'report')).toBe(true)
  })

  it('names every place for the conversation', () => {
    expect(district.places.estates).toContainEqual({ name: '红山郡', community: '150402010003' })
    expect(district.places.communities).toHaveLength(91)
  })
})

describe('the panels in talk', () => {
  const book = makeBook(bookData(district))
  const pages = { 'zh-CN': chinese.mediation.say, en: english.mediation.say } as const
  const rows = district.panels.flatMap(({ code, name, nameEn, mediates }) =>
    (['zh-CN', 'en'] as const).map(language => {
      const shown = language === 'en' ? nameEn : name
      return {
        code,
        language,
        mediates,
        says: pages[language][mediates ? 'mediate' : 'help'].replace('{{name}}', shown),
      }
    }),
  )

  it.each(rows)('$says', ({ code, language, says, mediates }) => {
    const talk = emptyTalk(language)
    const { talk: after } = turn(book, talk, { text: says }, { now: '2026-11-03T02:21:00.000Z' })
    const desk = book.desks.find(one => one.panel === code)?.key
    const [asked] = after.stack
    expect(asked).toMatchObject(
      mediates ? { flow: 'mediation', answers: { panel: code } } : { flow: 'help', answers: { desk } },
    )
    if (mediates) return
    const told = { what: '心里难受', desk, whom: 'me', way: 'here' }
    const [opened] = book.flows.help.finish(told, { book, facts: { now: '' }, soFar: told })
    expect(opened).toMatchObject({ do: 'openHelp', with: { unit: code, wishes: { desk, how: 'here' } } })
  })

  it('have the names of the words the bot speaks', () => {
    for (const { code, name, nameEn } of district.panels)
      expect([zhBot.panel[code as 'P01'], enBot.panel[code as 'P01']]).toEqual([name, nameEn])
  })
})

describe('a wrong file is refused with file, line and reason', () => {
  it.each([
    [
      'broken JSON',
      'units.json',
      (t: string) => t.replace('"towns": [', '"towns": [,'),
      /units\.json:3: not valid JSON/,
    ],
    ['a missing file', 'staff.json', () => null, /staff\.json:1: the file is missing/],
    [
      'a wrong type',
      'district.json',
      (t: string) => t.replace('"grabMinutes": 30', '"grabMinutes": "30"'),
      /district\.json:9: settings\.grabMinutes must be a whole number/,
    ],
    [
      'an unknown field',
      'district.json',
      (t: string) => t.replace('"prefix"', '"prefixx"'),
      /district\.json:\d+: prefixx is not a known field/,
    ],
    [
      'a bad code',
      'departments.json',
      (t: string) => t.replace('"D03"', '"D3"'),
      /departments\.json:\d+: departments\.2\.code must match/,
    ],
    [
      'a wrong route',
      'categories.json',
      (t: string) => t.replace('dept:交通运输', 'dept:航天'),
      /categories\.json:\d+: nobody serves the route dept:航天/,
    ],
    [
      'a log-in twice',
      'staff.json',
      (t: string) => t.replace('"dispatcher2"', '"dispatcher"'),
      /staff\.json:\d+: dispatcher stands here twice/,
    ],
    [
      'an unknown unit',
      'staff.json',
      (t: string) => t.replace('"unit": "D01"', '"unit": "D77"'),
      /staff\.json:\d+: unknown unit D77/,
    ],
    [
      'nobody of that name on duty',
      'roster.json',
      (t: string) => t.replace('"deputy": "west2"', '"deputy": "nobody"'),
      /roster\.json:\d+: no log-in nobody/,
    ],
    [
      'a day that does not exist',
      'calendar.json',
      (t: string) => t.replace('2026-10-07', '2026-02-30'),
      /calendar\.json:\d+: 2026-02-30 is no date/,
    ],
    [
      'a community of another town',
      'units.json',
      (t: string) => t.replace('150402001002', '150402009992'),
      /150402009992 does not begin with 150402001/,
    ],
    [
      'a grid too few',
      'district.json',
      (t: string) => t.replace('"basicGrids": 417', '"basicGrids": 418'),
      /grids\.json:3: 417 basic grids, but district\.json promises 418/,
    ],
    [
      'a list of the guide shorter in English',
      'services.json',
      (t: string) => t.replace('"bringEn": ["Identity card or household register", ', '"bringEn": ['),
      /services\.json:\d+: bring and bringEn of medicalInsurance differ in length/,
    ],
    [
      'an errand of the report behind the examples',
      'services.json',
      (t: string) => t.replace('"source": "report"', '"source": "example"'),
      /services\.json:\d+: environmentCleanUp is named in the report and must stand before the examples/,
    ],
    [
      'an errand checked on no day',
      'services.json',
      (t: string) => t.replace('"source": "report"', '"source": "report", "checked": "2026-02-30"'),
      /services\.json:\d+: 2026-02-30 is no date/,
    ],
    [
      'an errand nobody can bring anything to',
      'services.json',
      (t: string) => t.replace('"bring": ["不用带材料"]', '"bring": []'),
      /services\.json:\d+: services\.2\.bring must not have fewer than 1 items/,
    ],
    [
      'a hotline that closes before it opens',
      'hotlines.json',
      (t: string) => t.replace('"from": "08:00",', '"from": "21:00",'),
      /hotlines\.json:\d+: the hours 21:00–20:00 end before they begin/,
    ],
    [
      'a panel that works on no day',
      'panels.json',
      (t: string) => t.replace('"weekdays": [6]', '"weekdays": []'),
      /panels\.json:\d+: open on no day of the week/,
    ],
    [
      'an outline that is none',
      'grids.geojson',
      (t: string) => t.replace('"Polygon"', '"Point"'),
      /grids\.geojson:2: features\.0 must be a Polygon/,
    ],
  ])('%s', (_, file, change, reason) => {
    expect(refusal(file, change)).toMatch(reason)
  })

  it('points at the very line', () => {
    const text = readFileSync('config/hongshan/staff.json', 'utf8')
    const line = text.split('\n').findIndex(row => row.includes('"login": "west2"')) + 1
    const said = refusal('staff.json', all => all.replace('"login": "west2"', '"login": "West 2"'))
    expect(said).toContain(`staff.json:${line}: `)
  })
})
