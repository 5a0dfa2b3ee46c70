import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countedLines, keptLines, publicMonths } from '../../src/actions/promises.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { sayable } from '../../src/rules/board/hide.ts'
import { partsOf } from '../papers/zip.ts'
import { type Api, type Browser, makeApi } from './house.ts'

const WEST = '150402010'
const EAST = '150402004'
const DISTRICT = '150402'
const PARTS = ['', '/next', '/flow', '/hands', '/places', '/grids', '/others', '/outlines', '.xlsx', '.docx']

let api: Api
const desks = new Map<string, Browser>()
beforeAll(async () => {
  api = await makeApi()
  await seedDemo(api.house, { info: () => undefined })
  for (const [login, role, unit] of [
    ...[
      ['west1', 'townClerk', WEST],
      ['east1', 'townClerk', EAST],
      ['homes', 'departmentClerk', 'D01'],
    ],
    ...[
      ['desk1', 'districtDispatcher', DISTRICT],
      ['watch1', 'auditor', DISTRICT],
    ],
    ...[
      ['head1', 'gridHead', `${WEST}003001`],
      ['panel1', 'panelSecretary', 'P01'],
      ['keeper1', 'administrator', DISTRICT],
    ],
  ] as const)
    await api.staff(login as string, role as 'townClerk', unit as string)
  for (const login of ['west1', 'east1', 'homes', 'desk1', 'head1', 'panel1'])
    desks.set(login, await api.desk(login))
}, 60_000)
afterAll(() => api.close())

const get = (who: string, path: string) => desks.get(who)!.get(`/api/staff/board${path}`)

it('opens to those who lead, and to nobody else', async () => {
  for (const part of PARTS) {
    for (const who of ['desk1', 'west1', 'homes'])
      expect([who, part, (await get(who, part)).statusCode]).toEqual([who, part, 200])
    for (const who of ['head1', 'panel1'])
      expect([who, part, (await get(who, part)).statusCode]).toEqual([who, part, 403])
    expect((await api.browser().get(`/api/staff/board${part}`)).statusCode).toBe(401)
  }
})

it('shows a town and a department their own alone; another is not found', async () => {
  const own = (await get('west1', '?month=2026-10')).json()
  expect(own).toMatchObject({ unit: WEST, of: '西城街道', units: [{ key: WEST }] })
  const seen = (await get('desk1', `?month=2026-10&unit=${WEST}`)).json()
  expect(own.total).toEqual(seen.total)
  expect(own.total.ended).toBeGreaterThan(0)
  expect((await get('homes', '')).json()).toMatchObject({ unit: 'D01', total: { received: null } })
  for (const part of PARTS.filter(part => part !== '/outlines'))
    for (const [who, unit] of [
      ['west1', EAST],
      ['west1', DISTRICT],
      ['homes', WEST],
      ['desk1', 'nowhere'],
    ] as const)
      expect([who, unit, part, (await get(who, `${part}?unit=${unit}`)).statusCode]).toEqual([
        who,
        unit,
        part,
        404,
      ])
  expect((await get('west1', `?unit=${WEST}003`)).json()).toMatchObject({ unit: `${WEST}003` })
  expect((await get('west1', '/others')).json()).toEqual({ mediation: null, care: null })
  const { mediation, care } = (await get('desk1', '/others')).json()
  expect(Object.keys(mediation).length + Object.keys(care).length).toBe(11)
  const [paired] = await api.house.store.read.sql.all<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Pairing" WHERE "endsOn" IS NULL',
  )
  expect([care.paired, care.met <= care.duties]).toEqual([Number(paired!.n), true])
  expect((await get('desk1', '?month=2026-13')).statusCode).toBe(400)
})

it('names nobody: no title, no words, no name, no phone', async () => {
  for (const part of PARTS.slice(0, 8)) {
    const said = (await get('desk1', part)).body
    expect(said).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)|"title":|"text":/)
  }
  const next = (await get('desk1', '/next')).json()
  expect(Object.keys(next.rows[0]).sort()).toEqual([
    'category',
    'class',
    'code',
    'due',
    'dueKind',
    'holder',
    'place',
  ])
})

it('opens at the desk the cases behind each number', async () => {
  const behind = async (who: string, query: object) => {
    const asked = new URLSearchParams({ limit: '200', ...query })
    return (await desks.get(who)!.get(`/api/staff/cases?${asked}`)).json().rows as { code: string }[]
  }
  for (const [who, scope] of [
    ['desk1', {}],
    ['desk1', { unit: WEST }],
    ['west1', { unit: WEST }],
  ] as const) {
    const next = (await get(who, `/next?${new URLSearchParams(scope)}`)).json()
    for (const { from, to, n } of next.bands) {
      const due = { ...(from ? { dueFrom: from } : {}), ...(to ? { dueUntil: to } : {}) }
      const rows = n > 0 || from || to ? await behind(who, { ...scope, ...due, owed: '1' }) : []
      expect([who, from, to, rows.length]).toEqual([who, from, to, n])
    }
  }
  const grids = (await get('desk1', '/grids')).json()
  const [fullest] = grids.rows
  expect((await behind('desk1', { place: fullest.code, owed: '1' })).length).toBe(fullest.open)
  const places = (await get('desk1', '/places')).json()
  const [row] = places.rows
  const week = places.weeks.findIndex((_: unknown, index: number) => row.counts[index] > 0)
  const { from, to } = places.weeks[week]
  const rows = await behind('desk1', { place: row.place, category: row.category, since: from, until: to })
  expect(rows.length).toBe(row.counts[week])
  expect((await desks.get('desk1')!.get('/api/staff/cases?dueFrom=yesterday')).statusCode).toBe(400)
})

it('as a workbook with a sheet for each table, and as a report in words', async () => {
  const told = (await get('desk1', '')).json()
  const answer = await get('desk1', '.xlsx')
  expect(answer.headers['content-disposition']).toBe('attachment; filename="board-2026-11.xlsx"')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(answer.rawPayload as unknown as ExcelJS.Buffer)
  expect(book.worksheets.map(sheet => sheet.name)).toEqual([
    ...['月', '各单位', '各类别', '接下来会断的', '谁交给谁', '时间花在谁手上', '哪里在变热', '网格地图'],
  ])
  const months = book.worksheets[0]!
  const last = months.getRow(3 + told.trend.length)
  expect([last.getCell(1).value, last.getCell(3).value]).toEqual(['2026-11', told.total.ended])
  const paper = await get('west1', '.docx')
  expect(paper.headers['content-disposition']).toBe(`attachment; filename="board-${WEST}-2026-11.docx"`)
  const words = partsOf(paper.rawPayload).get('word/document.xml')!
  expect(words).toContain('西城街道诉求办理月报')
  const own = (await get('west1', '')).json().total
  expect(words).toContain(`本月受理 ${own.received} 件，办结 ${own.ended} 件。`)
})

it('the outlines of every grid', async () => {
  const answer = await get('west1', '/outlines')
  expect(answer.json().features).toHaveLength(api.house.district.shapes.length)
})

it('the public page says of finished months what the ledger says, to everybody', async () => {
  const told = (await api.browser().get('/api/resident/promises')).json()
  expect(told.month).toBe('2026-10')
  expect(told.months.map((one: { month: string }) => one.month)).toEqual(
    expect.arrayContaining(['2026-10', '2026-09']),
  )
  expect(told.total.received).toBeGreaterThan(50)
  for (const gone of ['2026-11', '2025-01', 'x']) {
    const { statusCode } = await api.browser().get(`/api/resident/promises?month=${gone}`)
    expect([gone, statusCode]).toEqual([gone, gone === 'x' ? 400 : 404])
  }
  // The command counts the same from the ledger itself, case by case.
  const counted = sayable(await countedLines(api.house, '2026-10'))
  expect(new Map(told.rows.map((row: { key: string; received: number }) => [row.key, row.received]))).toEqual(
    new Map(counted.rows.map(({ key, line }) => [key, line.received])),
  )
  expect([told.total.received, told.total.answered.n]).toEqual([
    counted.total.received,
    counted.total.answered.n,
  ])
  for (const month of publicMonths(api.house))
    expect(await keptLines(api.house, month)).toEqual(await countedLines(api.house, month))
})
