import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { slotsFor } from '../../src/actions/book-session.ts'
import { closeTime, reopenTime } from '../../src/actions/close-time.ts'
import type { House } from '../../src/actions/house.ts'
import { keepUnits } from '../../src/actions/keep-units.ts'
import { mediatedByCode } from '../../src/actions/mediation-look.ts'
import { moveMediation } from '../../src/actions/move-mediation.ts'
import type { Who } from '../../src/actions/rights.ts'
import { holdSlot } from '../../src/actions/use-mediation.ts'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder } from '../../src/load.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { onBoth } from '../store/databases.ts'
import { agreedToTalk, book, panelStaff, step } from './mediating.ts'

/** Monday 2026-11-09 in Chifeng. */
const NINE = '2026-11-09T01:00:00.000Z'
const TEN = '2026-11-09T02:00:00.000Z'
const AFTERNOON = '2026-11-09T07:00:00.000Z'
const MORNING = { startsAt: '2026-11-09T00:00:00.000Z', endsAt: '2026-11-09T04:00:00.000Z' }

const district = loadDistrict(districtFolder('hongshan'))

async function houseOn(store: House['store']): Promise<House & { at(instant: string): void }> {
  let now = '2026-11-03T02:21:00.000Z'
  const house = {
    store,
    shelf: openShelf(mkdtempSync(join(tmpdir(), 'huiyin-closed-'))),
    now: () => now,
    district,
    bubble: () => '{"text":""}',
    exampleOf: () => null,
    at: (instant: string) => void (now = instant),
  }
  await keepUnits(house)
  return house
}

async function startsOn(house: House, code: string, day: string): Promise<string[]> {
  const of = (await mediatedByCode(house.store.read, house.district, code))!
  return (await slotsFor(house, house.store.read, of, day, day)).map(slot => slot.startsAt)
}

const rows = async (house: House) =>
  Number((await house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Occupancy"'))?.n)

const close = (house: House, who: Who, resource: string, more: object = {}) =>
  closeTime(house, who, 'P01', { resource, reason: '年休假', ...MORNING, ...more })

onBoth('two sides and one calendar', ledger => {
  test('the other side waits for a hold that stands; its holder may choose again; the panel may take over', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    await panelStaff(house, 'mediator', 'mediator')
    const { code, applicant, other } = await agreedToTalk(house, secretary)
    const holds = (by: { personId: string } | { staff: Who }, startsAt: string) =>
      holdSlot(house, by, code, { startsAt })
    const first = await holds({ personId: applicant }, NINE)
    expect(first).toMatchObject({ ok: true })
    const waits = await holds({ personId: other }, TEN)
    expect(waits).toMatchObject({ ok: false, why: 'otherHolds', with: { until: '2026-11-03T02:26:00.000Z' } })
    expect(!waits.ok && (waits.with?.next as string[])).toHaveLength(3)
    // Its own hold is replaced, and only the new one becomes a booking.
    const second = await holds({ personId: applicant }, TEN)
    if (!first.ok || !second.ok) throw new Error('not held')
    const books = (session: string) =>
      moveMediation(house, { personId: applicant }, code, 'book', { session })
    expect(await books(first.session.id)).toMatchObject({ why: 'holdOver' })
    const byPanel = await holds({ staff: secretary }, NINE)
    expect(byPanel).toMatchObject({ ok: true })
    expect(await holds({ personId: applicant }, TEN)).toMatchObject({ why: 'otherHolds' })
    expect(await books(second.session.id)).toMatchObject({ why: 'holdOver' })
    house.at('2026-11-03T02:26:00.000Z')
    expect(await holds({ personId: other }, TEN)).toMatchObject({ ok: true })
  })

  test('both sides at the same moment: one holds, the other waits', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    await panelStaff(house, 'mediator', 'mediator')
    const { code, applicant, other } = await agreedToTalk(house, secretary)
    const both = await Promise.all(
      [applicant, other].map((personId, n) =>
        holdSlot(house, { personId }, code, { startsAt: [NINE, TEN][n]! }),
      ),
    )
    expect(both.map(one => (one.ok ? 'held' : one.why)).sort()).toEqual(['held', 'otherHolds'])
  })

  test('代约: the panel books for both, and writes down what they said', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    await panelStaff(house, 'mediator', 'mediator')
    const { code } = await agreedToTalk(house, secretary)
    const held = await holdSlot(house, { staff: secretary }, code, { startsAt: NINE })
    if (!held.ok) throw new Error(held.why)
    const session = held.session.id
    expect(await moveMediation(house, { staff: secretary }, code, 'book', { session })).toMatchObject({
      why: 'incomplete',
      details: [{ field: 'word', why: 'missing' }],
    })
    const word = '王小明电话里说可以；物业当面说可以'
    const { entry } = await step(house, { staff: secretary }, code, 'book', { session, word })
    expect(entry.body).toMatchObject({ grounds: word, newDue: NINE })
  })
})

onBoth('停约', ledger => {
  test('a mediator on leave, a room in repair, the whole panel: no slot, no hold, until it is opened again', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    const one = await panelStaff(house, 'one', 'mediator')
    const two = await panelStaff(house, 'two', 'mediator')
    const { code, applicant } = await agreedToTalk(house, secretary)
    const open = await startsOn(house, code, '2026-11-09')
    expect(open).toContain(NINE)
    const leave = await close(house, secretary, `mediator:${one.staffId}`)
    if (!leave.ok) throw new Error(leave.why)
    // The other mediator still has the hour, the one on leave has not.
    expect(await startsOn(house, code, '2026-11-09')).toEqual(open)
    const wish = { startsAt: NINE, mediator: one.staffId }
    expect(await holdSlot(house, { personId: applicant }, code, wish)).toMatchObject({ why: 'taken' })
    expect(await close(house, secretary, `mediator:${two.staffId}`)).toMatchObject({ ok: true })
    expect(await startsOn(house, code, '2026-11-09')).toEqual(open.filter(at => at >= MORNING.endsAt))
    expect(await reopenTime(house, secretary, leave.closures[0]!.id)).toEqual({ ok: true })
    expect(await reopenTime(house, secretary, leave.closures[0]!.id)).toMatchObject({ why: 'notFromHere' })
    expect(await startsOn(house, code, '2026-11-09')).toEqual(open)

    const rooms = await close(house, secretary, 'panel:P01')
    if (!rooms.ok) throw new Error(rooms.why)
    expect(rooms.closures).toHaveLength(house.district.panels.find(one => one.code === 'P01')!.rooms.length)
    expect(await startsOn(house, code, '2026-11-09')).toEqual(open.filter(at => at >= MORNING.endsAt))
    expect(await close(house, secretary, 'room:P01.0')).toMatchObject({ why: 'closedAlready' })
    for (const { id } of rooms.closures) await reopenTime(house, secretary, id)
    expect(await startsOn(house, code, '2026-11-09')).toEqual(open)
  })

  test('what is booked in it is moved first; nothing of a refused closing stays', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    const mediator = await panelStaff(house, 'mediator', 'mediator')
    const { code, applicant } = await agreedToTalk(house, secretary)
    await book(house, applicant, code, NINE)
    const before = await rows(house)
    for (const resource of [`mediator:${mediator.staffId}`, 'panel:P01'])
      expect(await close(house, secretary, resource)).toMatchObject({
        why: 'meetingsInIt',
        with: { meetings: [{ code, startsAt: NINE }] },
      })
    expect(await rows(house)).toBe(before)
    const held = await holdSlot(house, { personId: applicant }, code, { startsAt: AFTERNOON })
    if (!held.ok) throw new Error(held.why)
    await step(house, { personId: applicant }, code, 'rebook', { session: held.session.id })
    expect(await close(house, secretary, `mediator:${mediator.staffId}`)).toMatchObject({ ok: true })
  })

  test('closing and booking at the same moment: never both', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    const mediator = await panelStaff(house, 'mediator', 'mediator')
    const cases = []
    for (let n = 0; n < 6; n++) cases.push(await agreedToTalk(house, secretary))
    const wish = { startsAt: NINE, mediator: mediator.staffId }
    const [closed, ...held] = await Promise.all([
      close(house, secretary, `mediator:${mediator.staffId}`),
      ...cases.map(({ code, applicant }) => holdSlot(house, { personId: applicant }, code, wish)),
    ])
    expect([closed, ...held].filter(one => one!.ok)).toHaveLength(1)
  })

  test.each([
    ['another panel', 'panelSecretary', 'P02'],
    ['a mediator', 'mediator', 'P01'],
  ] as const)('%s closes nothing here', async (_, role, unit) => {
    const house = await houseOn((await ledger.fresh()).store)
    const who = await panelStaff(house, 'somebody', role, unit)
    expect(await close(house, who, 'panel:P01')).toMatchObject({ why: 'notYours' })
  })

  test.each([
    ['somebody else’s room', { resource: 'room:P02.0' }, { field: 'resource', why: 'notAChoice' }],
    ['nobody', { resource: 'mediator:nobody' }, { field: 'resource', why: 'notAChoice' }],
    ['an end before its beginning', { endsAt: MORNING.startsAt }, { field: 'to', why: 'notLater' }],
    [
      'what is over',
      { startsAt: '2026-11-02T00:00:00.000Z', endsAt: '2026-11-02T04:00:00.000Z' },
      { field: 'to', why: 'tooEarly' },
    ],
    ['three months', { endsAt: '2027-02-09T04:00:00.000Z' }, { field: 'to', why: 'tooLate' }],
  ])('%s is not closed', async (_, more, detail) => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    expect(await close(house, secretary, 'room:P01.0', more)).toMatchObject({
      why: 'incomplete',
      details: [detail],
    })
  })
})
