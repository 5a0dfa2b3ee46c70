import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { expect, test } from 'vitest'
import type { House } from '../../src/actions/house.ts'
import { keepUnits } from '../../src/actions/keep-units.ts'
import { moveMediation } from '../../src/actions/move-mediation.ts'
import { holdSlot } from '../../src/actions/use-mediation.ts'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder } from '../../src/load.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { onBoth } from '../store/databases.ts'
import { agreedToTalk, panelStaff, person } from './mediating.ts'

const district = loadDistrict(districtFolder('hongshan'))
/** Monday 2026-11-09, 09:00 in Chifeng. */
const NINE = '2026-11-09T01:00:00.000Z'

async function houseOn(store: House['store']): Promise<House & { at(instant: string): void }> {
  let now = '2026-11-03T02:21:00.000Z'
  const house = {
    store,
    shelf: openShelf(mkdtempSync(path(tmpdir(), 'huiyin-race-'))),
    now: () => now,
    district,
    bubble: () => '{"text":""}',
    exampleOf: () => null,
    at: (instant: string) => void (now = instant),
  }
  await keepUnits(house)
  return house
}

/** Rows of the table that decides, each with how many meetings say they have it. */
async function doubles(house: House): Promise<number> {
  const sessions = await house.store.read.sql.all<{
    mediatorId: string
    roomId: string
    startsAt: string
    endsAt: string
  }>(`SELECT "mediatorId", "roomId", "startsAt", "endsAt" FROM "Session" WHERE "state" IN ('held', 'booked')`)
  let found = 0
  for (const [i, a] of sessions.entries())
    for (const b of sessions.slice(i + 1))
      if (
        a.startsAt < b.endsAt &&
        b.startsAt < a.endsAt &&
        (a.mediatorId === b.mediatorId || a.roomId === b.roomId)
      )
        found++
  return found
}

const nextOf = (told: Record<string, unknown> | undefined) => (told?.next ?? []) as string[]

const hour = (minutes: number) => new Date(Date.parse(NINE) + minutes * 60_000).toISOString()

onBoth('bookings at the same time', ledger => {
  for (const many of [2, 20, 200])
    test(`${many} want the same slot of one mediator: one has it, the others get the next three`, async () => {
      const house = await houseOn((await ledger.fresh()).store)
      const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
      const mediator = await panelStaff(house, 'mediator', 'mediator')
      const cases = []
      for (let n = 0; n < many; n++) cases.push(await agreedToTalk(house, secretary))
      // Half want nine o'clock, half a meeting that overlaps it.
      const answers = await Promise.all(
        cases.map(async ({ code, applicant }, n) => {
          const startsAt = hour(n % 2 === 0 ? 0 : 30)
          const held = await holdSlot(house, { personId: applicant }, code, {
            startsAt,
            mediator: mediator.staffId,
          })
          if (!held.ok) return held
          return moveMediation(house, { personId: applicant }, code, 'book', { session: held.session.id })
        }),
      )
      const booked = answers.filter(answer => answer.ok)
      const refused = answers.filter(answer => !answer.ok)
      expect(booked).toHaveLength(1)
      expect(refused.every(answer => answer.why === 'taken' && nextOf(answer.with).length === 3)).toBe(true)
      expect(refused.flatMap(answer => nextOf(answer.with))).not.toContain(NINE)
      expect(await doubles(house)).toBe(0)
      const rows = await house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Occupancy"')
      // An hour of mediator, room and two parties.
      expect(Number(rows?.n)).toBe(16)
    }, 120_000)

  test('one room, two mediators: one meeting; one person in two cases: one meeting', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    const two = [await panelStaff(house, 'one', 'mediator'), await panelStaff(house, 'two', 'mediator')]
    const firm = await person(house)
    const cases = [
      await agreedToTalk(house, secretary, { other: firm }),
      await agreedToTalk(house, secretary, { other: firm }),
      await agreedToTalk(house, secretary),
      await agreedToTalk(house, secretary),
    ]
    const wish = (n: number, mediator: number, room?: string) =>
      holdSlot(house, { personId: cases[n]!.applicant }, cases[n]!.code, {
        startsAt: hour(n < 2 ? 60 : 240 + 330),
        mediator: two[mediator]!.staffId,
        ...(room ? { room } : {}),
      })
    const sameParty = await Promise.all([wish(0, 0), wish(1, 1)])
    expect(sameParty.filter(one => one.ok)).toHaveLength(1)
    house.at('2026-11-03T02:22:00.000Z')
    const sameRoom = await Promise.all([
      holdSlot(house, { personId: cases[2]!.applicant }, cases[2]!.code, {
        startsAt: hour(330),
        mediator: two[0]!.staffId,
        room: 'P01.0',
      }),
      holdSlot(house, { personId: cases[3]!.applicant }, cases[3]!.code, {
        startsAt: hour(330),
        mediator: two[1]!.staffId,
        room: 'P01.0',
      }),
    ])
    expect(sameRoom.filter(one => one.ok)).toHaveLength(1)
    expect(await doubles(house)).toBe(0)
  })

  test('a hold is over after five minutes, for its holder and for everybody else', async () => {
    const house = await houseOn((await ledger.fresh()).store)
    const secretary = await panelStaff(house, 'secretary', 'panelSecretary')
    const mediator = await panelStaff(house, 'mediator', 'mediator')
    const first = await agreedToTalk(house, secretary)
    const second = await agreedToTalk(house, secretary)
    const wish = { startsAt: NINE, mediator: mediator.staffId }
    const held = await holdSlot(house, { personId: first.applicant }, first.code, wish)
    if (!held.ok) throw new Error(held.why)
    house.at('2026-11-03T02:25:59.000Z')
    expect(await holdSlot(house, { personId: second.applicant }, second.code, wish)).toMatchObject({
      why: 'taken',
    })
    house.at('2026-11-03T02:26:00.000Z')
    expect(await holdSlot(house, { personId: second.applicant }, second.code, wish)).toMatchObject({
      ok: true,
    })
    const late = { session: held.session.id }
    expect(await moveMediation(house, { personId: first.applicant }, first.code, 'book', late)).toMatchObject(
      {
        why: 'holdOver',
      },
    )
  })
})
