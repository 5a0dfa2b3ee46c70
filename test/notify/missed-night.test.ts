import { expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { catchUp } from '../../src/notify/timetable.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { ANSWER, clerk, DISTRICT, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse } from '../house.ts'

const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()

it('a night without the service: all that fell due happens once, in order, with true times', async () => {
  const t = await makeHouse()
  const { read } = t.house.store
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const dispatcher = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  await clerk(t, 'leader', 'districtLeader', DISTRICT)
  const inHand = async (who: string, day: string) => {
    t.at(at(`${day}T10:00`))
    const code = await fileLift(t, who)
    await moveCase(t.house, west, code, 'grab', {})
    await moveCase(t.house, west, code, 'contact', { how: 'phone', text: '打过' })
    return code
  }
  const notice = async () =>
    read.sql.all<{ id: string; notice: string; createdAt: string }>(
      'SELECT "id", "notice", "createdAt" FROM "Notice" ORDER BY rowid',
    )
  const rowOf = async (code: string) => (await caseByCode(read, code))!
  const clockOf = async (code: string, kind: string) =>
    (await deadlinesOf(read, (await rowOf(code)).id)).find(clock => clock.kind === kind)!

  // Answer due on Tuesday 3 November, closing time.
  const late = await inHand('late', '2026-10-27')
  // Waits for a part until that day.
  const paused = await inHand('paused', '2026-10-28')
  const why = { reason: '配件要从外地调', plan: '到货就换', resumeBy: '2026-11-03' }
  expect(await moveCase(t.house, dispatcher, paused, 'pause', why)).toMatchObject({ ok: true })
  // Answered on Thursday; the resident may speak until Tuesday, closing time.
  const silent = await inHand('silent', '2026-10-29')
  await moveCase(t.house, west, silent, 'answer', ANSWER)
  // Came in at ten to five; the town may grab it for half an hour.
  t.at(at('2026-11-03T16:50'))
  const fresh = await fileLift(t, 'fresh')

  const faults: unknown[] = []
  const start = async (now: string) => {
    t.at(at(now))
    const known = new Set((await notice()).map(one => one.id))
    await catchUp(t.house, (what, error) => void faults.push([what, error]))
    return (await notice()).filter(one => !known.has(one.id))
  }
  const before = (await start('2026-11-03T16:59')).map(one => one.notice)
  expect(before).toEqual(['unit.urged', 'resident.askRating', 'unit.digest', 'leader.digest'])

  const after = await start('2026-11-04T10:00')
  expect(after.map(one => one.notice)).toEqual([
    'resident.dispatched',
    'unit.dispatched',
    'unit.supervised',
    'district.supervised',
    'resident.late',
    'resident.resumed',
    'unit.resumed',
    'resident.closedSilent',
    'unit.digest',
  ])
  expect(new Set(after.map(one => one.createdAt))).toEqual(new Set([at('2026-11-04T10:00')]))
  expect(await start('2026-11-04T10:00')).toEqual([])

  expect(await clockOf(late, 'answer')).toMatchObject({ brokenAt: at('2026-11-03T17:30'), metAt: null })
  expect(await clockOf(fresh, 'sign')).toMatchObject({ startedAt: at('2026-11-04T10:00') })
  expect(await clockOf(paused, 'answer')).toMatchObject({ pausedAt: null, brokenAt: null })
  expect((await rowOf(silent)).state).toBe('closed')
  expect((await entriesOf(read, (await rowOf(paused)).id)).at(-1)).toMatchObject({
    verb: 'resume',
    byKind: 'clock',
    at: at('2026-11-04T10:00'),
  })
  expect(faults).toEqual([])
  expect((await brokenPromises(read)).broken).toEqual([])
  await t.close()
})
