import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Clerk, cutAgainAndAgain, differing } from '../../bench/clerks.ts'
import { and, LISTS, visible } from '../../src/store/inbox.ts'
import { pageOf } from '../../src/store/inbox-pages.ts'
import { membersOf } from '../../src/store/staff.ts'
import { type Api, makeApi, PASSWORD } from './house.ts'

let api: Api
beforeEach(async () => {
  api = await makeApi()
  await api.app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const CLERKS = 12
const CASES = 9
/** How often each line is cut. */
const CUTS = 4

/** Numbers that look random and are the same run after run. */
function dice(seed: number) {
  let at = seed
  return () => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return at / 2_147_483_648
  }
}

it('lines cut again and again while everybody works: no list lacks a row or shows an old one', {
  timeout: 120_000,
}, async () => {
  const { port } = api.app.server.address() as AddressInfo
  const west = [...api.house.district.units.values()].find(unit => unit.name === '西城街道')!.code
  const ids = new Map<string, string>()
  for (let n = 0; n < CLERKS; n++) {
    const [role, unit] =
      n % 3 === 0
        ? (['districtDispatcher', api.house.district.code] as const)
        : (['townClerk', west] as const)
    ids.set(`clerk${n}`, await api.staff(`clerk${n}`, role, unit))
  }
  for (let n = 0; n < CASES - 3; n++) await api.grievance(api.browser())
  const clerks = [...ids.keys()].map(
    login => new Clerk({ host: `127.0.0.1:${port}`, login, password: PASSWORD }),
  )
  await Promise.all(clerks.map(clerk => clerk.enter()))
  await Promise.all(clerks.map(clerk => clerk.connect()))
  await Promise.all(clerks.map(clerk => clerk.idle()))
  let done = false
  const any = dice(7)
  const work = async (clerk: Clerk) => {
    while (!done) {
      await new Promise(go => setTimeout(go, 100 + any() * 250))
      const row = clerk.rows[Math.floor(any() * clerk.rows.length)]
      if (row) await clerk.step(row.code, any() < 0.5 ? 'grab' : 'note', { text: '已联系物业' })
    }
  }
  const file = async () => {
    for (let n = 0; n < 3; n++) await api.grievance(api.browser())
  }
  const cutting = clerks.map(clerk => {
    let left = CUTS
    return cutAgainAndAgain(clerk, { until: () => left-- <= 0, most: 400, any })
  })
  const worked = Promise.all(clerks.map(work))
  await Promise.all([...cutting, file()])
  done = true
  await worked
  // And what happens while nobody has a line: no hint says it later.
  for (const clerk of clerks) clerk.cut()
  await api.grievance(api.browser())
  await Promise.all(clerks.map(clerk => clerk.connect()))
  for (const clerk of clerks) {
    const wrong = async () => {
      await clerk.idle()
      return differing(clerk.rows, await truth(ids.get(clerk.login)!))
    }
    await expect.poll(wrong, { timeout: 30_000 }).toEqual([])
    expect(clerk.faults).toBe(0)
  }
})

it('tells a desk of the cases it may see, and once more of one it no longer may', {
  timeout: 120_000,
}, async () => {
  const { port } = api.app.server.address() as AddressInfo
  const unit = (name: string) => [...api.house.district.units.values()].find(one => one.name === name)!.code
  const heard: string[] = []
  const enter = async (login: string, role: 'districtDispatcher' | 'townClerk', unitId: string) => {
    await api.staff(login, role, unitId)
    const hinted = (code: string) => heard.push(`${login} ${code}`)
    const clerk = new Clerk({ host: `127.0.0.1:${port}`, login, password: PASSWORD, hinted })
    await clerk.enter()
    await clerk.connect()
    return clerk
  }
  const desk = await enter('desk', 'districtDispatcher', api.house.district.code)
  const west = await enter('west', 'townClerk', unit('西城街道'))
  await enter('east', 'townClerk', unit('东城街道'))
  const code = await api.grievance(api.browser())
  const all = [`desk ${code}`, `west ${code}`]
  await expect.poll(() => [...new Set(heard)].sort(), { timeout: 30_000 }).toEqual(all)
  heard.length = 0
  await west.step(code, 'note', { text: '已联系物业' })
  await expect.poll(() => [...new Set(heard)].sort(), { timeout: 30_000 }).toEqual(all)
  heard.length = 0
  // It lies in another town now, and never had an order in the first.
  await api.house.store.write(async tx => {
    await tx.sql.run(
      'UPDATE "Case" SET "townId" = ?, "communityId" = NULL, "gridId" = NULL',
      unit('东城街道'),
    )
    await tx.sql.run('UPDATE "Case" SET "holderUnitId" = "townId"')
    await tx.sql.run('UPDATE "Order" SET "unitId" = ?', unit('东城街道'))
  })
  await desk.step(code, 'note', { text: '换了地方' })
  await expect
    .poll(() => [...new Set(heard)].sort())
    .toEqual([`desk ${code}`, `east ${code}`, `west ${code}`])
  for (const clerk of [desk, west]) clerk.cut()
})

/** The list as the ledger says it, past the service. */
async function truth(staffId: string) {
  const { store, district, now } = api.house
  const members = await membersOf(store.read, staffId)
  const looking = { members, staffId, district: district.code, now: now(), todayEnds: now(), soonEnds: now() }
  const list = LISTS.find(one => one.key === 'all')!
  const page = await pageOf(
    store,
    { where: and(list.where(looking), visible(members)), match: null, order: 'due' },
    {
      cursor: null,
      limit: 200,
    },
  )
  return page.rows.map(({ code, state, dueAt }) => ({ code, state, due: dueAt }))
}
