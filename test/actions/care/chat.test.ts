import { expect, it } from 'vitest'
import { newLinkCode } from '../../../src/actions/care/visits.ts'
import { changeVolunteer } from '../../../src/store/care/volunteers.ts'
import { keyOf } from '../../../src/store/keys.ts'
import { linesOf } from '../../../src/store/talks.ts'
import { makeHouse } from '../../house.ts'
import { clerk, DISTRICT, WEST } from '../staff.ts'
import { PLANTED, paired } from './people.ts'

const ME = 'volunteer of 小禾'

it('a code links a volunteer once; a visit in one line meets its duty and asks the town for help by pseudonym alone', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const { volunteerId } = await paired(t, who, { linked: false })
  const made = await newLinkCode(t.house, who, volunteerId)
  if (!made.ok) throw new Error(made.why)
  expect(await t.say(ME, '绑定 YW-2222222222')).toContain('绑定码不对')
  expect(await t.say(ME, made.code)).toContain('小禾')
  expect(await t.say('somebody else', made.code)).toContain('绑定码不对')
  await t.say(ME, '昨天去看了小禾，缺学习用品，孩子挺好')
  await t.say(ME, '1')
  const done = await t.say(ME, '1')
  expect(done).toMatch(/记下了：小禾.*算上了 1 项/)
  expect(done).toMatch(/编号 HS-/)
  const { read } = t.house.store
  const [visit] = await read.sql.all<object>('SELECT "kind", "onDate", "done", "metWith" FROM "Visit"')
  expect(visit).toEqual({ kind: 'homeVisit', onDate: '2026-11-02', done: 1, metWith: 'child' })
  const [need] = await read.sql.all<{ kind: string; caseKind: string; hidden: number; holder: string }>(
    'SELECT n."kind", c."kind" AS "caseKind", c."hidden", c."holderUnitId" AS "holder" FROM "Need" n JOIN "Case" c ON c."id" = n."caseId"',
  )
  expect(need).toMatchObject({ kind: 'school', caseKind: 'errand', hidden: 1 })
  expect(done).not.toContain(PLANTED.name)
  expect(t.faults).toEqual([])
  await t.close()
})

it('the same message twice is one visit; a failed try counts for nothing and comes up again on its day', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const { volunteerId } = await paired(t, who)
  await t.say(ME, '今天去小禾家，没人在家')
  await t.say(ME, '2')
  await t.say(ME, '1', { id: 'once' })
  await t.say(ME, '1', { id: 'once' })
  const { sql } = t.house.store.read
  const visits = await sql.all<object>('SELECT "done", "againOn" FROM "Visit"')
  expect(visits).toEqual([{ done: 0, againOn: '2026-11-06' }])
  const row = await sql.get<{ remindOn: string }>(
    'SELECT "remindOn" FROM "Volunteer" WHERE "id" = ?',
    volunteerId,
  )
  expect(row!.remindOn).toBe('2026-11-06')
  await t.close()
})

it('“这周去不了” rests the reminders and tells the coordinator', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  await paired(t, who)
  await t.say(ME, '这周去不了')
  expect(await t.say(ME, '出差')).toContain('11月8日')
  const told = await t.house.store.read.sql.all<object>(
    `SELECT "notice", "recipient" FROM "Notice" WHERE "notice" LIKE 'coordinator.%'`,
  )
  expect(told).toEqual([{ notice: 'coordinator.away', recipient: `staff:${who.staffId}` }])
  await t.close()
})

it('a worrying sign calls the duty person at once, draws up the report with its clock, and hides who reported', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const duty = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  await paired(t, who)
  await paired(t, who, { pseudonym: '小满' })
  const said = await t.say(ME, '昨天去看小禾，胳膊上好几处淤青，问他不说')
  expect(said).toMatch(/110[\s\S]*值班人员[\s\S]*不追问/)
  const { sql } = t.house.store.read
  const [report] = await sql.all<Record<string, string>>(
    'SELECT r."signs", r."heardAt", r."dueAt", c."pseudonym" FROM "CareReport" r JOIN "Child" c ON c."id" = r."childId"',
  )
  expect(report).toEqual({
    signs: 'injuries',
    heardAt: '2026-11-03T02:21:00.000Z',
    dueAt: '2026-11-03T04:21:00.000Z',
    pseudonym: '小禾',
  })
  const [alert] = await sql.all<{ kinds: string; dutyStaffId: string }>(
    'SELECT "kinds", "dutyStaffId" FROM "Alert"',
  )
  expect(alert).toEqual({ kinds: 'minor_harmed', dutyStaffId: duty.staffId })
  const called = await sql.all<{ notice: string }>(`SELECT "notice" FROM "Notice" WHERE "urgent" = 1`)
  expect(called).toContainEqual({ notice: 'duty.danger' })
  await t.close()
})

it('without consent nothing but the emergency path works', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  await clerk(t, 'clerk', 'townClerk', WEST)
  const { childId } = await paired(t, who)
  await t.house.store.write(async tx => {
    await tx.sql.run('UPDATE "Child" SET "consentWithdrawnAt" = ? WHERE "id" = ?', t.house.now(), childId)
  })
  expect(await t.say(ME, '昨天去看了小禾，挺好')).not.toContain('孩子: 小禾')
  expect(await t.say(ME, '小禾身上好多伤，像是被打的')).toContain('110')
  const reports = await t.house.store.read.sql.all<object>('SELECT "childId" FROM "CareReport"')
  expect(reports).toEqual([{ childId }])
  await t.close()
})

it('somebody whose service ended is a volunteer no more', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const { volunteerId } = await paired(t, who)
  await t.house.store.write(tx => changeVolunteer(tx, volunteerId, { endedAt: t.house.now() }))
  expect(await t.say(ME, '明天提醒我')).not.toContain('明天上午再提醒')
  await t.close()
})

it('a real name is understood, and stored as the pseudonym alone: who takes the talk over reads no name', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const { personId } = await paired(t, who)
  expect(await t.say(ME, `昨天去看了${PLANTED.name}，禾禾挺好`)).toContain('昨天去看了小禾，小禾挺好')
  await t.say(ME, '1')
  const key = await keyOf(t.house.store.read, personId)
  const lines = await linesOf(t.house.store.read, personId, { limit: 50 })
  expect(key).not.toBe(null)
  expect(lines.length).toBeGreaterThan(3)
  expect(JSON.stringify(lines)).not.toContain('禾禾')
  expect(await t.say('somebody else', `昨天去看了${PLANTED.name}`)).not.toContain('小禾')
  await t.close()
})

it('the same conversation is a form for a volunteer, and nothing for anybody else', async () => {
  const t = await makeHouse()
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const { personId } = await paired(t, who)
  const key = (await keyOf(t.house.store.read, personId))!
  const seen = await t.forms.see({ personId, key, language: 'zh-CN' }, 'visit')
  if (seen.is !== 'form') throw new Error(seen.is)
  const names = seen.form.questions.map(({ key }) => key)
  expect(names).toEqual(expect.arrayContaining(['who', 'how', 'day', 'met', 'note']))
  expect(seen.form.questions[0]!.choices!.map(({ label }) => label)).toEqual(['小禾'])
  expect((await t.forms.see({ personId: '', language: 'zh-CN' }, 'visit')).is).toBe('nothing')
  await t.close()
})
