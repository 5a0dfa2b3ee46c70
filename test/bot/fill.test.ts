import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import type { Bubble } from '../../src/bot/channel.ts'
import { type Filled, type FormHeard, makeForms } from '../../src/bot/fill.ts'
import { makeBook } from '../../src/flows/book.ts'
import { bookData } from '../../src/load.ts'
import { consentsOf } from '../../src/store/consents.ts'
import { personAt } from '../../src/store/persons.ts'
import { linesOf } from '../../src/store/talks.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
let moves = 0
beforeEach(async () => {
  t = await makeHouse()
})
afterEach(async () => {
  expect(t.faults).toEqual([])
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  await t.close()
})

type Move = FormHeard['move']
const heard = (who: string, move: Move, id = `${who}:f${++moves}`): FormHeard => ({
  channel: 'web',
  appId: '-',
  address: who,
  externalId: id,
  move,
})
const answer = (key: string, given: object, flow = 'grievance'): Move =>
  ({ flow, do: 'answer', key, ...given }) as Move

/** What the bot said to a move that was taken. */
async function move(who: string, step: Move, id?: string): Promise<string[]> {
  const done = await t.forms.fill(heard(who, step, id))
  return texts(done)
}
const texts = (done: Filled) => {
  if (done.is !== 'filled') throw new Error(`refused: ${JSON.stringify(done)}`)
  return done.replies.map(line => (JSON.parse(line.body) as Bubble).text)
}

const person = async (who: string) =>
  (await personAt(t.house.store.read, { channel: 'web', appId: '-', address: who }))!
async function conversation(who: string) {
  const { personId } = await person(who)
  const lines = await linesOf(t.house.store.read, personId, { after: 0, limit: 200 })
  return lines.map(({ sender, seq, body }) => ({ sender, seq, body: JSON.parse(body) as Bubble }))
}
const caseCount = async () =>
  Number((await t.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Case"'))?.n)

const WHAT = answer('what', { text: '红山郡3号楼路灯坏了三天没人修' })

it('keeps every move as a line of the person, in order, and no chatter', async () => {
  await move('wang', WHAT)
  await move('wang', answer('hidden', { value: 'yes' }))
  await move('wang', answer('phone', { value: '!skip' }))
  const [receipt] = await move('wang', { flow: 'grievance', do: 'send' })
  expect(receipt).toMatch(/^收到了，有人管了。编号 HS-20261103-0001/)
  const lines = await conversation('wang')
  expect(lines.map(line => `${line.seq} ${line.sender} ${line.body.text.slice(0, 20)}`)).toEqual([
    '1 me 什么事：红山郡3号楼路灯坏了三天没人修'.slice(0, 25),
    '2 me 您的信息：是',
    '3 me 您的电话：不留电话',
    '4 me 没错，交上去',
    expect.stringMatching(/^5 bot 收到了/),
  ])
})

it('records that the notice was shown, once', async () => {
  await move('wang', WHAT)
  await move('wang', answer('phone', { value: '!skip' }))
  const rows = await consentsOf(t.house.store.read, (await person('wang')).personId)
  expect(rows.map(({ purpose }) => purpose)).toEqual(['privacyNotice'])
  expect(await t.say('wang', '你好')).not.toContain('我是回音')
})

it('answers a repeat with what the first was answered, also when both come at once', async () => {
  await move('wang', WHAT)
  await move('wang', answer('phone', { value: '!skip' }))
  const send: Move = { flow: 'grievance', do: 'send' }
  const both = await Promise.all([move('wang', send, 'same'), move('wang', send, 'same')])
  expect(both[0]).toEqual(both[1])
  expect(await move('wang', send, 'same')).toEqual(both[0])
  expect(await caseCount()).toBe(1)
})

it('stores nothing of a move that is refused', async () => {
  await move('wang', WHAT)
  const before = await conversation('wang')
  const refused = await t.forms.fill(heard('wang', answer('phone', { text: '不知道呀' })))
  expect(refused).toMatchObject({ is: 'refused', key: 'phone', sentence: expect.stringContaining('11 位') })
  expect(await t.forms.fill(heard('wang', { flow: 'nothing', do: 'send' }))).toEqual({ is: 'unknown' })
  expect(await move('wang', { flow: 'status', do: 'leave' })).toEqual([])
  expect(await conversation('wang')).toEqual(before)
})

it('shows photos in the conversation once, however often the list is sent', async () => {
  const photo = (id: string) => ({ id, kind: 'image' as const, width: 40, height: 30 })
  await move('wang', WHAT)
  await move('wang', answer('files', { files: [photo('a'), photo('b')] }))
  await move('wang', answer('files', { files: [photo('b'), photo('c')] }))
  await move('wang', answer('files', { files: [] }))
  const lines = (await conversation('wang')).slice(1)
  expect(lines.map(({ body }) => [body.text, body.files?.map(({ id }) => id)])).toEqual([
    ['照片：2 张', ['a', 'b']],
    ['照片：2 张', ['c']],
    ['照片：没有', undefined],
  ])
})

it('orders moves of one person that come at once', async () => {
  await move('wang', WHAT)
  const many = [
    answer('phone', { text: '13800000000' }),
    answer('name', { text: '王明' }),
    answer('hidden', { value: 'no' }),
    answer('where', { text: '清河小区5号楼' }),
  ]
  await Promise.all([...many.map(step => move('wang', step)), t.say('wang', '进度')])
  const seen = await t.forms.see(await person('wang'), 'grievance')
  const questions = seen.is === 'form' ? seen.form.questions : []
  expect(questions.filter(({ answered }) => answered).map(({ key }) => key)).toEqual([
    ...['what', 'where', 'phone', 'name', 'hidden'],
  ])
  const seqs = (await conversation('wang')).map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.map((_, at) => at + 1))
})

it('works while a clerk has the conversation, and the bot says only what must be said', async () => {
  await move('wang', WHAT)
  const { personId } = await person('wang')
  await t.house.store.write(async tx =>
    tx.sql.run(`UPDATE "Conversation" SET "mode" = 'human' WHERE "personId" = ?`, personId),
  )
  expect(await t.say('wang', '你好')).toBe('')
  expect(await move('wang', answer('phone', { text: '13800000000' }))).toEqual([])
  expect((await move('wang', { flow: 'grievance', do: 'send' }))[0]).toContain('编号')
})

it('puts the person on the list of a clerk when a form asks for one', async () => {
  const said = await move('wang', { flow: 'human', do: 'send' })
  expect(said[0]).toContain('我去请工作人员来')
  const row = await t.house.store.read.sql.get('SELECT "mode" FROM "Conversation"')
  expect(row).toEqual({ mode: 'waiting' })
})

it('speaks the language the page was put to', async () => {
  await t.say('wang', '红山郡3号楼路灯坏了三天没人修')
  const { personId } = await person('wang')
  await t.house.store.write(async tx =>
    tx.sql.run(`UPDATE "Person" SET "language" = 'en' WHERE "id" = ?`, personId),
  )
  await move('wang', answer('phone', { value: '!skip' }))
  expect((await move('wang', { flow: 'grievance', do: 'send' }))[0]).toMatch(/^Received, and somebody has it/)
  expect((await conversation('wang')).at(-3)?.body.text).toBe('Your phone: No phone')
})

it('keeps the words and asks a clerk when our own code fails', async () => {
  const broken = {
    ...t.house,
    district: { ...t.house.district, settings: null },
  } as unknown as typeof t.house
  const faults: string[] = []
  const book = makeBook(bookData(t.house.district))
  const forms = makeForms({ house: broken, book, words: t.words, fault: what => void faults.push(what) })
  await forms.fill(heard('zhao', WHAT))
  await forms.fill(heard('zhao', answer('phone', { value: '!skip' })))
  const done = await forms.fill(heard('zhao', { flow: 'grievance', do: 'send' }, 'z-send'))
  expect(faults).toEqual(['fill'])
  expect(texts(done)[0]).toContain('工作人员')
  expect((await conversation('zhao')).at(-2)?.body.text).toBe('没错，交上去')
  expect(await caseCount()).toBe(0)
  expect(texts(await forms.fill(heard('zhao', { flow: 'grievance', do: 'send' }, 'z-send')))).toEqual(
    texts(done),
  )
  expect(await move('zhao', { flow: 'grievance', do: 'send' })).toEqual([
    expect.stringContaining('HS-20261103-0001'),
  ])
})
