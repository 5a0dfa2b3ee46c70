import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { linesOf } from '../../src/store/talks.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
beforeEach(async () => {
  t = await makeHouse()
})
afterEach(async () => {
  expect(t.faults).toEqual([])
  await t.close()
})

const LIFT = '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000'

it('opens a case from one sentence, one question and one summary', async () => {
  const asked = await t.say('wang', LIFT)
  expect(asked).toContain('1.')
  const summary = await t.say('wang', '3')
  expect(summary).toContain('红山郡')
  expect(summary).toContain('138****0000')
  const receipt = await t.say('wang', '1')
  expect(receipt).toMatch(/HS-20261103-0001/)
  expect(receipt).toContain('西城街道')
  expect(receipt).toContain('11月10日')
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
})

it('answers a repeat with what the first was answered, and does nothing twice', async () => {
  await t.say('wang', LIFT)
  await t.say('wang', '3')
  const first = await t.say('wang', '1', { id: 'same' })
  expect(await t.say('wang', '1', { id: 'same' })).toBe(first)
  const row = await t.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Case"')
  expect(row?.n).toBe(1)
})

it('numbers messages of a person without gaps, whatever runs beside', async () => {
  await Promise.all(['a', 'b', 'c'].flatMap(who => [1, 2, 3].map(n => t.say(who, `路灯坏了${n}天`))))
  const { personId } = await t.receive({
    channel: 'web',
    appId: '-',
    address: 'a',
    externalId: 'last',
    text: '菜单',
  })
  const seqs = (await linesOf(t.house.store.read, personId, { after: 0, limit: 500 })).map(line => line.seq)
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
})

it('keeps a message and asks a clerk when our own code fails', async () => {
  const broken = {
    ...t.house,
    district: { ...t.house.district, settings: null },
  } as unknown as typeof t.house
  const { makeReceive } = await import('../../src/bot/receive.ts')
  const { makeBook } = await import('../../src/flows/book.ts')
  const { bookData } = await import('../../src/load.ts')
  const faults: string[] = []
  const receive = makeReceive({
    house: broken,
    book: makeBook(bookData(t.house.district)),
    words: t.words,
    fault: what => void faults.push(what),
  })
  const say = (text: string, n: number) =>
    receive({ channel: 'web', appId: '-', address: 'zhao', externalId: `z${n}`, text })
  await say(LIFT, 1)
  await say('3', 2)
  const last = await say('1', 3)
  expect(faults).toEqual(['receive'])
  expect(last.replies[0]?.body).toContain('工作人员')
  const lines = await linesOf(t.house.store.read, last.personId, { after: 0, limit: 50 })
  expect(lines.filter(line => line.sender === 'me').map(line => JSON.parse(line.body).text)).toEqual([
    LIFT,
    '3',
    '1',
  ])
})

it('calls the duty holder on danger, before anything else', async () => {
  const said = await t.say('li', '我不想活了，药都准备好了')
  expect(said).toContain('12356')
  // Nobody has an account in this house: it must not be said that somebody was called.
  expect(said).toContain('值班表上没有人')
  expect(said).not.toContain('已经叫值班人员')
  const alerts = await t.house.store.read.sql.all<{ kinds: string; caseId: string }>(
    'SELECT "kinds", "caseId" FROM "Alert"',
  )
  expect(alerts.map(alert => alert.kinds)).toEqual(['self_harm'])
})

it('says nothing more to somebody whose data was just erased', async () => {
  await t.say('qi', LIFT)
  await t.say('qi', '删除我的资料')
  const said = await t.say('qi', '确认删除')
  expect(said).toContain('已经删除')
  expect(said).not.toContain('电梯')
  expect(await t.say('qi', '你好')).toContain('我是回音')
})
