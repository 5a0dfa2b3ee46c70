import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { remindCare } from '../../src/actions/care/remind.ts'
import { addDays } from '../../src/rules/care/dates.ts'
import { addAbsence } from '../../src/store/care/absences.ts'
import { changeVolunteer } from '../../src/store/care/volunteers.ts'
import { openStore, type Store } from '../../src/store/db.ts'
import { PLANTED, paired, visited } from '../actions/care/people.ts'
import { clerk, DISTRICT } from '../actions/staff.ts'
import { makeHouse, SECRET, type TestHouse } from '../house.ts'

let postgres: Awaited<ReturnType<typeof scratchPostgres>>
beforeAll(async () => {
  postgres = await scratchPostgres()
})
afterAll(() => postgres.stop())
let made = 0

const both = ['sqlite', 'postgresql'] as const
const open = async (kind: (typeof both)[number]) => {
  if (kind === 'sqlite') return makeHouse()
  const name = `care${++made}`
  await postgres.create(name)
  return makeHouse(postgres.url(name))
}

const morning = (day: string) => `${day}T01:00:00.000Z`

/** The outbox as lines: `2026-06-09 volunteer.duty 2026-dragonBoat early`. */
async function outbox(t: TestHouse) {
  const rows = await t.house.store.read.sql.all<{ notice: string; cause: string; createdAt: string }>(
    `SELECT "notice", "cause", "createdAt" FROM "Notice" WHERE "notice" LIKE '%.duty' OR "notice" = 'coordinator.relay' ORDER BY "createdAt", "cause"`,
  )
  return rows.map(row => ({
    day: row.createdAt.slice(0, 10),
    what: `${row.notice} ${row.cause.split('.').slice(1).join(' ')}`,
  }))
}

/** A pairing lived through some weeks of spring 2026, one run a day but on the days left out. */
async function weeks(t: TestHouse, runs: (day: number) => boolean, each = remindCare) {
  t.at(morning('2025-12-20'))
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const ids = await paired(t, who, { startsOn: '2026-01-01' })
  for (let day = 0; day < 100; day++) {
    t.at(morning(addDays('2026-01-25', day)))
    if (runs(day)) await each(t.house)
  }
  return ids
}

/** A store whose process dies before the commit of a write: the first, or the one after it. */
function dying(store: Store, at: number): Store {
  let writes = 0
  return {
    ...store,
    write: (fn, lock) =>
      store.write(async tx => {
        const value = await fn(tx)
        if (writes++ === at) throw new Error('killed')
        return value
      }, lock),
  }
}

describe.each(both)('reminders (%s)', kind => {
  it('are the same with every third run missed, with two processes, and killed in the middle', async () => {
    const [whole, missed, twice, killed] = await Promise.all([open(kind), open(kind), open(kind), open(kind)])
    await weeks(whole, () => true)
    const said = (await outbox(whole)).map(({ what }) => what).sort()
    expect(said.length).toBeGreaterThan(20)
    expect(new Set(said).size).toBe(said.length)

    await weeks(missed, day => day % 3 !== 1)
    expect((await outbox(missed)).map(({ what }) => what).sort()).toEqual(said)

    // Two processes: both have made their plan before either writes. On one SQLite file the second waits at BEGIN IMMEDIATE, as in the queue.
    const other = kind === 'sqlite' ? null : await openStore({ url: twice.url, secret: SECRET })
    await weeks(
      twice,
      () => true,
      async house => {
        const counts = await Promise.all([
          remindCare(house),
          remindCare({ ...house, store: other ?? house.store }),
        ])
        return counts[0]! + counts[1]!
      },
    )
    await other?.close()
    expect((await outbox(twice)).map(({ what }) => what).sort()).toEqual(said)

    let runs = 0
    await weeks(
      killed,
      () => true,
      async house => {
        await remindCare({ ...house, store: dying(house.store, runs++ % 2) }).catch(() => 0)
        return remindCare(house)
      },
    )
    expect((await outbox(killed)).map(({ what }) => what).sort()).toEqual(said)
    for (const t of [whole, missed, twice, killed]) await t.close()
  }, 120_000)
})

describe('who hears what', () => {
  it('one message a day for all a volunteer’s children, and no child is named', async () => {
    const t = await open('sqlite')
    const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
    t.at(morning('2026-02-01'))
    const { volunteerId, personId } = await paired(t, who)
    await paired(t, who, { pseudonym: '小满', volunteerId })
    t.at(morning('2026-02-08'))
    expect(await remindCare(t.house)).toBe(2)
    expect(await remindCare(t.house)).toBe(0)
    const rows = await t.house.store.read.sql.all<{ state: string; channel: string }>(
      `SELECT "state", "channel" FROM "Notice" WHERE "recipient" = ? AND "notice" = 'volunteer.duty' ORDER BY "channel"`,
      `person:${personId}`,
    )
    expect(rows).toEqual([
      { state: 'sent', channel: 'bundle' },
      { state: 'sent', channel: 'web' },
    ])
    const lines = await t.house.store.read.sql.all<{ n: number }>(
      `SELECT COUNT(*) AS "n" FROM "Message" WHERE "personId" = ? AND "sender" = 'notice'`,
      personId,
    )
    // One of the second pairing, one of all that is due.
    expect(lines[0]!.n).toBe(2)
    const { replies } = await t.receive({
      channel: 'web',
      appId: '-',
      address: 'volunteer of 小禾',
      externalId: 'x',
      text: '你好',
    })
    expect(JSON.stringify(replies)).not.toContain(PLANTED.name)
    await t.close()
  })

  it('nothing at night, nothing for a child without consent, nothing for what was done', async () => {
    const t = await open('sqlite')
    const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
    t.at(morning('2026-02-01'))
    const ids = await paired(t, who)
    t.at('2026-02-08T14:00:00.000Z')
    expect(await remindCare(t.house)).toBe(0)
    t.at('2026-02-08T23:00:00.000Z')
    expect(await remindCare(t.house)).toBe(0)
    t.at(morning('2026-02-09'))
    await visited(t, { id: ids.pairingId, childId: ids.childId }, { onDate: '2026-02-08', kind: 'homeVisit' })
    expect(await remindCare(t.house)).toBe(0)
    await t.house.store.write(
      tx => tx.sql.run('UPDATE "Child" SET "consentWithdrawnAt" = ?', t.house.now()) as Promise<number>,
    )
    t.at(morning('2026-04-08'))
    expect(await remindCare(t.house)).toBe(0)
    await t.close()
  })

  it('the one who covers hears it while the volunteer is away; nobody but the coordinator where nobody covers', async () => {
    const t = await open('sqlite')
    const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
    t.at(morning('2026-02-01'))
    const first = await paired(t, who)
    const second = await paired(t, who, { pseudonym: '小满' })
    const away = (volunteerId: string, coverId: string | null) =>
      t.house.store.write(tx =>
        addAbsence(
          tx,
          {
            who: `volunteer:${volunteerId}`,
            fromDate: '2026-02-05',
            toDate: '2026-02-15',
            coverId,
            reason: '出差',
          },
          t.house.now(),
        ),
      )
    await away(first.volunteerId, second.volunteerId)
    t.at(morning('2026-02-08'))
    await remindCare(t.house)
    const to = await t.house.store.read.sql.all<{ recipient: string }>(
      'SELECT DISTINCT "recipient" FROM "Notice"',
    )
    expect(to).toEqual([{ recipient: `person:${second.personId}` }])
    await away(second.volunteerId, null)
    t.at(morning('2026-02-14'))
    expect(await remindCare(t.house)).toBe(0)
    t.at(morning('2026-02-21'))
    await remindCare(t.house)
    expect((await outbox(t)).filter(({ day }) => day === '2026-02-21').map(({ what }) => what)).toContain(
      'coordinator.duty 2026-springFestival coordinator',
    )
    await t.close()
  })

  it('without a chat the coordinator is asked to call', async () => {
    const t = await open('sqlite')
    const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
    t.at(morning('2026-02-01'))
    await paired(t, who, { linked: false })
    t.at(morning('2026-02-08'))
    await remindCare(t.house)
    expect((await outbox(t)).map(({ what }) => what)).toEqual(['coordinator.relay 2026-springFestival early'])
    await t.close()
  })

  it('“remind me tomorrow” says what is open once more, once', async () => {
    const t = await open('sqlite')
    const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
    t.at(morning('2026-02-01'))
    const { volunteerId } = await paired(t, who)
    t.at(morning('2026-02-08'))
    await remindCare(t.house)
    await t.house.store.write(tx => changeVolunteer(tx, volunteerId, { remindOn: '2026-02-09' }))
    expect(await remindCare(t.house)).toBe(0)
    t.at(morning('2026-02-09'))
    expect([await remindCare(t.house), await remindCare(t.house)]).toEqual([1, 0])
    expect((await outbox(t)).at(-1)!.what).toBe('volunteer.duty 2026-springFestival again20260209')
    await t.close()
  })
})
