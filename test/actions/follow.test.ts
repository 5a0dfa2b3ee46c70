import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { followCase } from '../../src/actions/follow.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { type CaseRow, caseByCode, changeCase } from '../../src/store/cases.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { followersOf } from '../../src/store/follows.ts'
import { noticesOfCase } from '../../src/store/notices.ts'
import { knownBy } from '../../src/store/persons.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { ANSWER, clerk, fileLift, WEST } from './staff.ts'

const MANY = 12

/** Neighbours follow while the office works: every line has its number, everybody hears of the answer once. */
async function crowd(t: TestHouse) {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const code = await fileLift(t)
  const persons = await t.house.store.write(async tx => {
    const made: string[] = []
    for (let n = 0; n < MANY; n++)
      made.push(
        (await knownBy(tx, { channel: 'web', appId: '-', address: `near${n}` }, t.house.now())).personId,
      )
    return made
  })
  const follow = (personId: string, words: string | null) =>
    t.house.store.write(tx => followCase(t.house, tx, personId, { code, words }, t.house.now()), personId)
  const [grabbed, ...followed] = await Promise.all([
    moveCase(t.house, west, code, 'grab', {}),
    ...persons.map((person, n) => follow(person, n % 2 ? `第${n}位` : null)),
    moveCase(t.house, west, code, 'note', { text: '记一笔' }),
  ])
  expect([grabbed, ...followed].filter(one => !one.ok)).toEqual([])
  // The same wish twice is one, in another transaction as in the same.
  await Promise.all(persons.slice(0, 4).map(person => follow(person, null)))
  await moveCase(t.house, west, code, 'publish', { summary: '周五恢复运行' })
  expect((await moveCase(t.house, west, code, 'answer', ANSWER)).ok).toBe(true)
  const { read } = t.house.store
  const row = (await caseByCode(read, code))!
  expect(await followersOf(read, row.id)).toBe(MANY)
  const lines = await entriesOf(read, row.id)
  expect(lines.map(line => line.no)).toEqual(lines.map((_, index) => index + 1))
  expect(lines.filter(line => line.verb === 'neighbour')).toHaveLength(MANY / 2)
  // Nobody's name stands behind the words.
  expect(lines.filter(line => line.verb === 'neighbour' && (line.byId !== null || line.public))).toEqual([])
  const told = (await noticesOfCase(read, row.id)).filter(one => one.notice === 'follower.answered')
  expect(new Set(told.map(one => one.personId))).toEqual(new Set(persons))
  expect(told).toHaveLength(MANY)
  await moveCase(t.house, west, code, 'refuse', { reason: '不受理', rightChannel: '法院' })
  expect((await brokenPromises(read)).broken).toEqual([])
}

/** Whatever the talk believed: what ended, is urgent or one's own is never followed. */
async function never(t: TestHouse) {
  const code = await fileLift(t, 'cara')
  const row = (await caseByCode(t.house.store.read, code))!
  const other = await t.house.store.write(
    async tx => (await knownBy(tx, { channel: 'web', appId: '-', address: 'dora' }, t.house.now())).personId,
  )
  const tried = (personId: string, changes: Partial<CaseRow>) =>
    t.house.store.write(async tx => {
      await changeCase(tx, (await caseByCode(tx, code))!, changes, t.house.now())
      return (await followCase(t.house, tx, personId, { code, words: 'x' }, t.house.now())).ok
    }, personId)
  expect(await tried(row.personId!, {})).toBe(false)
  for (const changes of [
    { state: 'withdrawn' },
    { class: 'urgent' },
    { hidden: 1 },
    { category: 'wages' },
  ] as const) {
    const back = { state: row.state, class: row.class, hidden: 0, category: row.category }
    expect([changes, await tried(other, { ...back, ...changes })]).toEqual([changes, false])
  }
  expect(await followersOf(t.house.store.read, row.id)).toBe(0)
}

/** Two cases linked to each other at once would hang in a circle: one stands. */
async function bothWays(t: TestHouse) {
  const west = await clerk(t, 'west2', 'townClerk', WEST)
  const [a, b] = [await fileLift(t, 'anna'), await fileLift(t, 'bo')]
  const done = await Promise.all([
    moveCase(t.house, west, a, 'link', { same: b }),
    moveCase(t.house, west, b, 'link', { same: a }),
  ])
  expect(done.filter(one => one.ok)).toHaveLength(1)
}

describe('on SQLite', () => {
  let t: TestHouse
  beforeAll(async () => {
    t = await makeHouse()
  })
  afterAll(() => t.close())
  it('many follow at once', () => crowd(t))
  it('nothing is linked in a circle', () => bothWays(t))
  it('what may not be followed never is', () => never(t))
})

describe('on PostgreSQL', () => {
  let postgres: Awaited<ReturnType<typeof scratchPostgres>>
  let t: TestHouse
  beforeAll(async () => {
    postgres = await scratchPostgres()
    await postgres.create('follow')
    t = await makeHouse(postgres.url('follow'))
  }, 60_000)
  afterAll(async () => {
    await t.close()
    await postgres.stop()
  })
  it('many follow at once', () => crowd(t), 60_000)
  it('nothing is linked in a circle', () => bothWays(t), 60_000)
})
