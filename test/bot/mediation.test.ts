import { afterEach, beforeEach, expect, test } from 'vitest'
import { remindMeetings } from '../../src/actions/mediation-clock.ts'
import { mediatedByCode } from '../../src/actions/mediation-look.ts'
import { moveMediation } from '../../src/actions/move-mediation.ts'
import { safetyOf } from '../../src/store/mediations.ts'
import { whispersOf } from '../../src/store/parties.ts'
import { book, join, panelStaff, step } from '../actions/mediating.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
beforeEach(async () => {
  t = await makeHouse()
})
afterEach(() => t.close())

const idOf = async (code: string) =>
  (await t.house.store.read.sql.get<{ id: string; personId: string }>(
    'SELECT "id", "personId" FROM "Case" WHERE "code" = ?',
    code,
  ))!

/** Applies in the chat; answers with the code. */
async function applied(safe = '1', accepted = '1'): Promise<string> {
  for (const text of [
    '我要申请物业纠纷调解',
    '物业三年没有公布公共收益',
    safe,
    '3',
    '红山郡3号楼',
    '跳过',
    accepted,
    '红山物业公司',
    '没有',
    '跳过',
    '13800000001',
  ])
    await t.say('wang', text)
  const receipt = await t.say('wang', '1')
  expect(receipt).toMatch(/交上去了。编号 HS-/)
  return /HS-\d{8}-\d{4}/.exec(receipt)![0]
}

test('applied in the chat: a mediation of its panel, both sides, the safety answer sealed', async () => {
  const code = await applied('2')
  const of = (await mediatedByCode(t.house.store.read, t.house.district, code))!
  expect([of.row.kind, of.row.state, of.row.holderUnitId, of.parties.length]).toEqual([
    'mediation',
    'applied',
    'P01',
    2,
  ])
  expect(await safetyOf(t.house.store.read, of.row.id)).toBe('private')
  const plain = await t.house.store.read.sql.all<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Entry" WHERE "caseId" = ?',
    of.row.id,
  )
  expect(Number(plain[0]?.n)).toBe(1)
  expect(await t.say('wang', '进度')).toContain('等待受理')
})

test.each([
  ['我想找人调解', '是什么纠纷'],
  ['我要申请劳动争议调解', '劳动争议纠纷的专项组织'],
  ['请医疗的调解组织帮忙调解', '是什么纠纷'],
  ['I want mediation', 'What is the dispute'],
])('begins in words, and asks what it is about: %s', async (text, asks) => {
  const said = await t.say('li', text)
  expect(said).toContain(asks)
  expect(said).toMatch(/不收费|free/)
  expect(said).not.toMatch(/^[a-z.A-Z]+$/m)
})

test('what a court has is told plainly at once', async () => {
  await applied('1', '1')
  const told = []
  for (const text of [
    '我要申请物业纠纷调解',
    '物业告我欠费',
    '1',
    '1',
    '红山郡',
    '跳过',
    '2',
    '红山物业公司',
    '没有',
    '跳过',
    '13800000001',
    '1',
  ])
    told.push(await t.say('li', text))
  expect(told.join('\n')).toContain('依法不能再受理')
})

test('more words go to the mediator alone; taking it back ends it', async () => {
  const code = await applied()
  await t.say('wang', `补充 ${code}`)
  await t.say('wang', '对方还欠我押金，这个别跟他说')
  await t.say('wang', '1')
  const { id } = await idOf(code)
  expect((await whispersOf(t.house.store.read, id)).map(one => one.text)).toEqual([
    '对方还欠我押金，这个别跟他说',
  ])
  await t.say('wang', `撤回 ${code}`)
  await t.say('wang', '3')
  await t.say('wang', '1')
  expect((await mediatedByCode(t.house.store.read, t.house.district, code))?.row.state).toBe('withdrawn')
})

/** Applied for, willing, booked for Monday at nine; `firm` is the other party. */
async function bookedInChat() {
  const secretary = await panelStaff(t.house, 'sec', 'panelSecretary')
  await panelStaff(t.house, 'med', 'mediator')
  const code = await applied()
  const { personId } = await idOf(code)
  await step(t.house, { staff: secretary }, code, 'admit')
  await t.say('firm', '你好')
  const firm = (await t.house.store.read.sql.get<{ personId: string }>(
    'SELECT "personId" FROM "Conversation" ORDER BY "personId" DESC LIMIT 1',
  ))!
  await join(t.house, secretary, code, firm.personId)
  await step(t.house, { personId: firm.personId }, code, 'consent')
  await book(t.house, personId, code, '2026-11-09T01:00:00.000Z')
  return { code, firm }
}

const answers = async (code: string) => {
  const of = (await mediatedByCode(t.house.store.read, t.house.district, code))!
  const booked = of.sessions.find(one => one.state === 'booked')
  return [booked?.applicantSays, booked?.otherSays]
}

test('a bare number answers the reminder that was said last, and nothing else', async () => {
  const { code } = await bookedInChat()
  // Before the reminder a number is no answer to it.
  await t.say('wang', '1')
  expect(await answers(code)).toEqual([null, null])
  t.at('2026-11-06T01:30:00.000Z')
  expect(await remindMeetings(t.house)).toBe(1)
  expect(await t.say('wang', '1')).toContain('到时见')
  expect(await t.say('firm', '２')).toContain('选一个新的时间')
  expect(await answers(code)).toEqual(['coming', 'move'])
  // Answered is answered: the next number is about something else.
  expect(await t.say('wang', '2')).not.toContain('选一个新的时间')
  expect(await answers(code)).toEqual(['coming', 'move'])
  // A later reminder asks anew; what was asked in between is put again.
  await t.say('wang', '3号楼电梯坏了两周，物业不管')
  t.at('2026-11-08T01:30:00.000Z')
  expect(await remindMeetings(t.house)).toBe(1)
  const said = await t.say('wang', '2')
  expect(said).toContain('选一个新的时间')
  expect(said).toContain('这件事在哪里')
  expect(await answers(code)).toEqual(['move', 'move'])
  // The meeting is over: nothing is left to answer.
  t.at('2026-11-09T04:00:00.000Z')
  await t.say('firm', '1')
  expect(await answers(code)).toEqual(['move', 'move'])
})

test('能到 and 要改期 answer the reminder of the next meeting', async () => {
  expect(await t.say('wang', '能到')).toContain('没有约好的调解')
  const { code, firm } = await bookedInChat()
  expect(await t.say('wang', '能到')).toContain('到时见')
  expect(await t.say('firm', '要改期')).toContain('选一个新的时间')
  const of = (await mediatedByCode(t.house.store.read, t.house.district, code))!
  expect(of.sessions.find(one => one.state === 'booked')).toMatchObject({
    applicantSays: 'coming',
    otherSays: 'move',
  })
  expect(await moveMediation(t.house, { personId: firm.personId }, code, 'unbook', {})).toMatchObject({
    ok: true,
  })
})
