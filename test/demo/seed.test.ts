import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { CASE_STATES } from '../../src/rules/cases/types.ts'
import { MEDIATION_STATES } from '../../src/rules/mediation/types.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
beforeAll(async () => {
  t = await makeHouse()
  await seedDemo(t.house, { info: () => undefined })
})
afterAll(() => t.close())

const rows = <T>(sql: string) => t.house.store.read.sql.all<T>(sql) as T[]

it('has cases in every state and every class', () => {
  const states = rows<{ state: string; n: number }>(
    `SELECT "state", COUNT(*) AS "n" FROM "Case" WHERE "kind" <> 'mediation' GROUP BY "state"`,
  )
  expect(new Set(states.map(row => row.state))).toEqual(new Set(CASE_STATES))
  expect(states.reduce((sum, row) => sum + row.n, 0)).toBeGreaterThan(280)
  expect(rows('SELECT DISTINCT "class" FROM "Case"').length).toBe(3)
})

it('has mediations in every state', () => {
  const states = rows<{ state: string }>(`SELECT DISTINCT "state" FROM "Case" WHERE "kind" = 'mediation'`)
  expect(new Set(states.map(row => row.state))).toEqual(new Set(MEDIATION_STATES))
})

it('keeps the promise: one holder, one running clock, a last word', async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
})

it('has no event after now, and serials by day without a double', () => {
  expect(rows<{ at: string }>('SELECT "at" FROM "Entry"').filter(row => row.at > t.house.now())).toEqual([])
  const codes = rows<{ code: string }>('SELECT "code" FROM "Case"').map(row => row.code)
  expect(new Set(codes).size).toBe(codes.length)
})

it('leaves something open on every list of care', () => {
  const count = (from: string) => rows<{ n: number }>(`SELECT COUNT(*) AS "n" FROM ${from}`)[0]!.n
  const left = {
    alone: count(`"Child" WHERE "id" NOT IN (SELECT "childId" FROM "Pairing")`),
    lapsed: count(
      `"Volunteer" WHERE "checkedAt" < '${Number(t.house.now().slice(0, 4)) - 1}-${t.house.now().slice(5, 10)}'`,
    ),
    needs: count(`"Need" WHERE "doneAt" IS NULL`),
    uncovered: count(`"Absence" WHERE "coverId" IS NULL`),
    drafts: count(`"Letter" WHERE "state" = 'draft' AND "byId" IS NOT NULL`),
  }
  expect(left).toEqual({ alone: 1, lapsed: 1, needs: 1, uncovered: 1, drafts: 1 })
})

it('is loaded once', async () => {
  const before = rows('SELECT "id" FROM "Case"').length
  await seedDemo(t.house, { info: () => undefined })
  expect(rows('SELECT "id" FROM "Case"').length).toBe(before)
})

it('gives every role a log-in', () => {
  const roles = rows<{ role: string }>('SELECT DISTINCT "role" FROM "Role"').map(row => row.role)
  expect(roles.length).toBeGreaterThanOrEqual(10)
})
