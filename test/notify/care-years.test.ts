import { expect, it } from 'vitest'
import { remindCare } from '../../src/actions/care/remind.ts'
import { addDemoCare } from '../../src/demo/care.ts'
import { addDays } from '../../src/rules/care/dates.ts'
import { STAGES } from '../../src/rules/care/reminders.ts'
import { type NoticeRow, noticeBody } from '../../src/store/notices.ts'
import { clerk, DISTRICT } from '../actions/staff.ts'
import { makeHouse } from '../house.ts'

/** Pairings lived with; `CARE_PAIRINGS=300 npx vitest run test/notify/care-years.test.ts` for as many as a district has. */
const PAIRINGS = Number(process.env.CARE_PAIRINGS ?? 3)
const FESTIVALS = [
  ['2026-springFestival', '2026-02-17'],
  ['2026-dragonBoat', '2026-06-19'],
  ['2026-midAutumn', '2026-09-25'],
  // The Chinese calendar of Intl says 02-07.
  ['2027-springFestival', '2027-02-06'],
  ['2027-dragonBoat', '2027-06-09'],
  ['2027-midAutumn', '2027-09-15'],
]

it('two years in which nobody does anything: 25 a year, each stage once, the right days, nothing at night, nobody named', async () => {
  const t = await makeHouse()
  t.at('2025-12-30T01:00:00.000Z')
  await clerk(t, 'care', 'careCoordinator', DISTRICT)
  await addDemoCare(t.house, {
    count: PAIRINGS,
    startsOn: '2025-06-01',
    enteredAt: t.house.now(),
    apart: true,
  })
  for (let day = '2026-01-01'; day <= '2027-12-31'; day = addDays(day, 1)) {
    t.at(`${addDays(day, -1)}T18:00:00.000Z`)
    expect(await remindCare(t.house)).toBe(0)
    t.at(`${day}T01:00:00.000Z`)
    await remindCare(t.house)
  }
  const { read } = t.house.store
  const rows = await read.sql.all<NoticeRow>(
    `SELECT * FROM "Notice" WHERE "notice" LIKE '%.duty' ORDER BY "createdAt", "id"`,
  )
  const stages = new Map<string, string[]>()
  const dues = new Map<string, string>()
  for (const row of rows) {
    const [pairing = '', period = '', stage = ''] = row.cause.split('.')
    const { due, name } = await noticeBody(read, row)
    stages.set(`${pairing}.${period}`, [...(stages.get(`${pairing}.${period}`) ?? []), stage])
    dues.set(`${pairing}.${period}`, String(due))
    expect(name).toMatch(/号$/)
  }
  for (const year of ['2026', '2027'])
    expect([...dues.values()].filter(due => due.startsWith(year))).toHaveLength(25 * PAIRINGS)
  for (const [period, day] of FESTIVALS)
    expect([...dues].filter(([key]) => key.endsWith(period!)).map(([, due]) => due)).toEqual(
      Array.from({ length: PAIRINGS }, () => day),
    )
  for (const [key, said] of stages)
    if (dues.get(key)! >= '2026-01-20' && dues.get(key)! < '2027-12-20')
      expect([key, said]).toEqual([key, [...STAGES]])
  await t.close()
}, 600_000)
