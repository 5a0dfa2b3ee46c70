import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { readCorrections, type Sets } from '../../scripts/routing/data.ts'
import { tasksFrom } from '../../scripts/routing/lessons.ts'
import { learningWish } from '../../src/actions/learning/examples.ts'
import type { LearningExample, LearningView } from '../../src/api/schemas-learning.ts'
import { correctionsCommand } from '../../src/cli/corrections.ts'
import { mayOffice, type Office } from '../../src/rules/people/may.ts'
import { STAFF_ROLES } from '../../src/rules/people/roles.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { caseByCode } from '../../src/store/cases.ts'
import type * as wire from '../../wire/learning.ts'
import { ANSWER, DISTRICT, WEST } from '../actions/staff.ts'
import { SECRET } from '../house.ts'
import { textOf } from './every-route.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let west: Browser
let desk: Browser
beforeEach(async () => {
  api = await makeApi()
  await api.staff('west', 'townClerk', WEST)
  await api.staff('disp', 'districtDispatcher', DISTRICT)
  west = await api.desk('west')
  desk = await api.desk('disp')
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  expect(await brokenAudit(api.house.store.read)).toBeNull()
  await api.close()
})

const LEARNING = '/api/staff/learning'
const step = (who: Browser, code: string, verb: string, body: object = {}) =>
  who.post(`/api/staff/cases/${code}/steps/${verb}`, body)
const view = async (who = desk): Promise<LearningView> => (await who.get(LEARNING)).json()
const examples = async (state = 'waiting'): Promise<LearningExample[]> =>
  (await desk.get(`${LEARNING}/examples?state=${state}`)).json().rows
const only = async (state = 'waiting') => {
  const rows = await examples(state)
  expect(rows).toHaveLength(1)
  return rows[0]!
}
const decide = (one: LearningExample, verb: 'approve' | 'discard', more: object = {}) =>
  desk.post(`${LEARNING}/examples/${one.id}/${verb}`, {
    version: one.version,
    ...(verb === 'approve' ? { text: one.text, label: one.settled } : {}),
    ...more,
  })

/** Personal details told with the matter; none may be seen in what is learnt. */
const TOLD =
  '我叫欧阳若兰，红山郡3号楼2单元1701，路灯坏了三天没人修，邻居张建国昨晚摔了，电话138 1234 5678，身份证不给，车蒙D12345'
const PLANTED = [
  ...[
    '欧阳',
    '若兰',
    '红山郡',
    '3号楼',
    '1701',
    '张建国',
    '138',
    '1234',
    '5678',
    '13812345678',
    'd12345',
    'D12345',
  ],
  '昨晚',
]

async function filed(one: Browser, words = TOLD): Promise<string> {
  await one.post('/api/resident/session', {})
  let said = await one.say(words)
  for (let turn = 0; turn < 4 && !/HS-\d{8}-\d{4}/.test(said); turn++) said = await one.say('1')
  return /HS-\d{8}-\d{4}/.exec(said)![0]
}
async function answered(code: string): Promise<void> {
  expect((await step(west, code, 'grab')).statusCode).toBe(200)
  expect((await step(west, code, 'answer', ANSWER)).statusCode).toBe(200)
}
/** A resident whose matter was solved and who is asked; answers with the words of the question. */
async function asked(one: Browser): Promise<{ code: string; said: string }> {
  const code = await filed(one)
  await answered(code)
  return { code, said: await one.say('解决了，满意') }
}

describe('consent', () => {
  it('is asked for once, after a matter was solved, and a yes makes its masked words an example', async () => {
    const one = api.browser()
    const { code, said } = await asked(one)
    expect(said).toContain('能不能让我学一学')
    expect(await examples()).toEqual([])
    expect(await one.say('可以')).toContain('记下了')
    // So many details beside the matter: it was asked back about, and the person took the street light.
    expect(await only()).toMatchObject({
      ...{ case: code, asked: true, chosen: '路灯', proposed: 'dept:公安', settled: 'dept:城市管理' },
    })
    const { consents } = (await one.get('/api/resident/export')).json()
    expect(consents.filter((row: { purpose: string }) => row.purpose === 'learning')).toMatchObject([
      { version: '2026-11-23', given: 1, at: api.house.now(), withdrawnAt: null },
    ])
    // A second matter: not asked again, and its words are an example from the first.
    const again = await filed(one, '红山郡5号楼楼道垃圾没人清理，电话13812345678')
    await answered(again)
    expect(await one.say(`评价 ${again} 解决了，满意`)).not.toContain('学一学')
    expect((await examples()).map(row => row.case)).toEqual([code, again])
  })

  it('a no, or no answer at all, keeps no words and is never asked about again', async () => {
    for (const word of ['不用了', '你好']) {
      const one = api.browser()
      await asked(one)
      await one.say(word)
      const code = await filed(one, '红山郡5号楼楼道垃圾没人清理，电话13812345678')
      await answered(code)
      expect(await one.say(`评价 ${code} 解决了，满意`)).not.toContain('学一学')
    }
    const { n } = (await api.house.store.read.sql.get<{ n: number }>(
      'SELECT COUNT(*) AS "n" FROM "Example"',
    ))!
    expect(n).toBe(0)
  })

  it('is taken back in the chat and on the page, which deletes every example, approved ones too', async () => {
    for (const how of ['chat', 'page']) {
      const one = api.browser()
      await asked(one)
      await one.say('1')
      await decide(await only(), 'approve')
      expect((await one.get('/api/resident/learning')).json()).toEqual({ on: true, examples: 1 })
      if (how === 'chat') expect(await one.say('别用我的话')).toContain('已经删掉')
      else
        expect((await one.post('/api/resident/learning', { on: false })).json()).toEqual({
          on: false,
          examples: 0,
        })
      expect([await examples(), await examples('approved')]).toEqual([[], []])
      expect((await one.get('/api/resident/learning')).json()).toEqual({ on: false, examples: 0 })
    }
  })

  it.each([
    ['hidden', '红山郡的路灯坏了三天没人修，别让物业知道是我，电话13812345678'],
    ['an accusation', '红山郡社区书记受贿贪污，我要举报，电话13812345678'],
    ['a family', '老公要离婚，抚养费不给，我在红山郡，电话13812345678'],
  ])('never becomes an example, even where consent stands: %s', async (_, words) => {
    const one = api.browser()
    await one.post('/api/resident/session', {})
    await one.post('/api/resident/learning', { on: true })
    await filed(one, words)
    const { n } = (await api.house.store.read.sql.get<{ n: number }>(
      'SELECT COUNT(*) AS "n" FROM "Example"',
    ))!
    expect(n).toBe(0)
  })

  it('goes with the person: erased, nothing can be opened or listed', async () => {
    const one = api.browser()
    await asked(one)
    await one.say('1')
    await decide(await only(), 'approve')
    for (const word of ['删除我的资料', '确认删除']) await one.say(word)
    expect([await examples(), await examples('approved')]).toEqual([[], []])
  })

  it('two records of one person become one: examples move under its key, and a no said in either wins', async () => {
    for (const other of [true, false]) {
      const [phone, computer] = [api.browser(), api.browser()]
      const { recoveryCode } = (await computer.post('/api/resident/session', {})).json()
      await asked(phone)
      await phone.say('1')
      if (!other) await computer.post('/api/resident/learning', { on: false })
      await phone.post('/api/resident/recover', { code: recoveryCode })
      expect((await phone.get('/api/resident/learning')).json()).toEqual({
        on: other,
        examples: other ? 1 : 0,
      })
      if (other) expect((await only()).text).toContain('路灯坏了')
      await phone.post('/api/resident/learning', { on: false })
    }
  })
})

describe('the page', () => {
  it('counts what was proposed, asked back and corrected, by class and month', async () => {
    const one = api.browser()
    const light = await filed(one, '红山郡3号楼旁边的路灯坏了三天没人修，电话13812345678')
    await one.say('我想反映一个情况，希望你们重视一下，情况很严重')
    for (const word of ['红山郡', '2', '不留', '1']) await one.say(word)
    const months = await view()
    expect(months.months).toHaveLength(12)
    expect(months.months.at(-1)).toBe('2026-11')
    expect(months.total).toEqual({ proposed: 2, asked: 1, corrected: 1, right: 1 })
    const proposal = await api.house.store.read.sql.all(
      'SELECT "asked", "chosen" FROM "Proposal" ORDER BY "asked"',
    )
    expect(proposal).toEqual([
      { asked: 0, chosen: null },
      { asked: 1, chosen: 'sanitation' },
    ])
    // The office passes it to the housing department: the ledger says so, nobody has to.
    expect((await step(desk, light, 'dispatch', { unit: 'D01' })).statusCode).toBe(200)
    expect((await view()).moves).toContainEqual({
      ...{ month: '2026-11', from: 'dept:城市管理', to: 'dept:城乡建设', n: 1 },
    })
    expect((await view()).total).toEqual({ proposed: 2, asked: 1, corrected: 2, right: 0 })
  })

  it('is for the district: the dispatcher decides, the leader and the auditor see figures, a town nothing', async () => {
    const may = (office: Office) => STAFF_ROLES.filter(role => mayOffice(role, office))
    expect(may('seeLearning')).toEqual(['districtDispatcher', 'districtLeader', 'auditor'])
    expect(may('teach')).toEqual(['districtDispatcher'])
    expect((await west.get(LEARNING)).statusCode).toBe(403)
    expect((await west.get(`${LEARNING}.xlsx`)).statusCode).toBe(403)
    expect((await west.get(`${LEARNING}/examples`)).statusCode).toBe(403)
    expect((await api.browser().get(LEARNING)).statusCode).toBe(401)
    expect((await view()).teaches).toBe(true)
    const one = api.browser()
    await asked(one)
    await one.say('1')
    const row = await only()
    expect(
      (
        await west.post(`${LEARNING}/examples/${row.id}/approve`, {
          version: 1,
          text: row.text,
          label: 'none',
        })
      ).statusCode,
    ).toBe(403)
    expect((await desk.post(`${LEARNING}/examples/nobody/discard`, { version: 1 })).statusCode).toBe(404)
    expect((await decide(row, 'approve', { label: 'dept:天上' })).statusCode).toBe(400)
  })

  it('lets a clerk take out what is left, gives the label, and keeps who and when', async () => {
    const one = api.browser()
    await asked(one)
    await one.say('1')
    const row = await only()
    const wrong = await decide(row, 'approve', { text: '我叫王建国' })
    expect([wrong.statusCode, wrong.json().error.message]).toEqual([
      409,
      expect.stringContaining('没有可以学的'),
    ])
    const done = await decide(row, 'approve', {
      text: '路灯坏了三天没人修，找电工13900001111和李大勇',
      label: 'dept:供水供电供热燃气',
    })
    expect(done.json()).toEqual({ waiting: 0, approved: 1 })
    const kept = await only('approved')
    expect(kept).toMatchObject({
      ...{ settled: 'dept:供水供电供热燃气', decidedBy: '姓名disp', decidedAt: api.house.now(), version: 2 },
    })
    expect(kept.text).toContain('没人修')
    for (const words of ['13900001111', '李大勇']) expect(kept.text).not.toContain(words)
    expect((await view()).total).toMatchObject({ corrected: 1, right: 0 })
    // Somebody who read it before is told who was faster.
    const late = await decide(row, 'discard')
    expect([late.statusCode, late.json().error.code, late.json().error.details]).toEqual([
      409,
      'conflict',
      [{ field: 'by', why: '姓名disp' }],
    ])
    expect((await decide(kept, 'discard')).json()).toEqual({ waiting: 0, approved: 0 })
    const lines = await api.house.store.read.sql.all<{ what: string; field: string }>(
      `SELECT "what", "field" FROM "Audit" WHERE "what" LIKE '%Example' ORDER BY "seq"`,
    )
    expect(lines).toEqual([
      { what: 'approveExample', field: row.id },
      { what: 'discardExample', field: row.id },
    ])
    const { textEnc } = (await api.house.store.read.sql.get<{ textEnc: null }>(
      'SELECT "textEnc" FROM "Example"',
    ))!
    expect(textEnc).toBeNull()
  })

  it('shows nothing while the case is open: where it ends is not known yet', async () => {
    const one = api.browser()
    await one.post('/api/resident/session', {})
    await one.post('/api/resident/learning', { on: true })
    const code = await filed(one)
    expect(await examples()).toEqual([])
    expect(
      await learningWish(api.house.store.read, (await caseByCode(api.house.store.read, code))!.personId!),
    ).toBe(true)
    await answered(code)
    expect((await only()).case).toBe(code)
  })

  it('speaks the shapes of the contract', () => {
    expectTypeOf<LearningView>().toEqualTypeOf<wire.LearningView>()
    expectTypeOf<LearningExample>().toEqualTypeOf<wire.LearningExample>()
  })
})

describe('huiyin corrections', () => {
  /** What the command prints, over the ledger of this test. */
  async function printed(...args: string[]): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-corrections-'))
    vi.stubEnv('DATABASE_URL', api.url)
    vi.stubEnv('SECRET_KEY', SECRET)
    vi.stubEnv('DATA_DIR', folder)
    let out = ''
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(part => {
      out += String(part)
      return true
    })
    const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      expect(await correctionsCommand(args)).toBe(0)
    } finally {
      write.mockRestore()
      quiet.mockRestore()
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true, force: true })
    }
    return out
  }

  it('writes what was approved, and nothing else, as the trainer reads it; nothing personal is left anywhere on the way', async () => {
    const one = api.browser()
    await asked(one)
    await one.say('1')
    const row = await only()
    expect(await printed()).toBe('')
    await decide(row, 'approve', { label: 'dept:公安' })
    const out = await printed()
    const file = join(tmpdir(), `huiyin-corrections-${process.pid}.jsonl`)
    writeFileSync(file, out)
    const read = readCorrections(file)
    rmSync(file)
    expect(read).toEqual([{ text: expect.stringContaining('路灯坏了'), route: 'dept:公安' }])
    const empty = new Proxy({}, { get: () => [] }) as Sets
    const lessons = tasksFrom(empty, [], read, () => true).find(({ name }) => name === 'route')!.lessons
    expect(lessons).toEqual([{ text: read[0]!.text, class: 'dept:公安', trust: 3 }])
    const seen = [
      out,
      JSON.stringify(row),
      JSON.stringify(await examples('approved')),
      JSON.stringify(await view()),
      textOf((await desk.get(`${LEARNING}.xlsx`)).rawPayload),
    ].join('\n')
    for (const words of PLANTED) expect(seen.includes(words) ? words : '').toBe('')
  })

  it('counts both days it is given, in the zone of the district, and the audit knows', async () => {
    const one = api.browser()
    await asked(one)
    await one.say('1')
    // 23:30 on the 4th in Chifeng.
    api.at('2026-11-04T15:30:00.000Z')
    desk = await api.desk('disp')
    await decide(await only(), 'approve')
    expect(await printed('--from', '2026-11-04', '--to', '2026-11-04')).not.toBe('')
    expect(await printed('--from', '2026-11-05')).toBe('')
    expect(await printed('--to', '2026-11-03')).toBe('')
    await expect(printed('--from', '2026-02-31')).rejects.toThrow('YYYY-MM-DD')
    const { n } = (await api.house.store.read.sql.get<{ n: number }>(
      `SELECT COUNT(*) AS "n" FROM "Audit" WHERE "what" = 'exportExamples'`,
    ))!
    expect(n).toBe(3)
  })
})
