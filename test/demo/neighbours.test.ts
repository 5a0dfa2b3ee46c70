import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_RECOVERY, seedDemo } from '../../src/demo/seed.ts'
import { isPublic } from '../../src/rules/cases/alike.ts'
import { caseById } from '../../src/store/cases.ts'
import { followsOf } from '../../src/store/follows.ts'
import { personByRecovery } from '../../src/store/persons.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
beforeAll(async () => {
  t = await makeHouse()
  await seedDemo(t.house, { info: () => undefined })
})
afterAll(() => t.close())

it('shows followed cases with words for neighbours, and one linked pair', async () => {
  const rows = (await t.house.store.read.sql.all<{ caseId: string; ownCaseId: string | null }>(
    'SELECT "caseId", "ownCaseId" FROM "Follow"',
  )) as { caseId: string; ownCaseId: string | null }[]
  expect(rows.filter(row => row.ownCaseId)).toHaveLength(1)
  expect(rows.length).toBeGreaterThanOrEqual(6)
  const mains = await Promise.all(rows.map(row => caseById(t.house.store.read, row.caseId)))
  for (const main of mains) expect(isPublic(main!)).toBe(true)
  expect(mains.filter(main => main!.publicSummary).length).toBeGreaterThanOrEqual(5)
  const known = (await personByRecovery(t.house.store.read, DEMO_RECOVERY))!
  expect(await followsOf(t.house.store.read, known)).not.toEqual([])
})
