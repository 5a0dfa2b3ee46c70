import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askAgain } from '../../src/actions/ask-again.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { newChatCode, unlinkOwnChat } from '../../src/actions/staff-chat.ts'
import { stepInChat } from '../../src/actions/unit-orders.ts'
import { closeAnswered, dispatchUngrabbed } from '../../src/notify/jobs/cases.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { filesOfCase } from '../../src/store/files.ts'
import { recordsOf } from '../../src/store/grid-records.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { GRID, GRID2, linked, personOf, sendPhotos, toldTo } from './linked.ts'
import { clerk, fileLift, WEST } from './staff.ts'

let t: TestHouse
beforeEach(async () => {
  t = await makeHouse()
})
afterEach(async () => {
  expect(t.faults).toEqual([])
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  expect(await brokenAudit(t.house.store.read)).toBeNull()
  await t.close()
})

const codeIn = (said: string) => /HS-\d{8}-\d{4}/.exec(said)![0]
const caseOf = async (code: string) => (await caseByCode(t.house.store.read, code))!
const records = (under: string) =>
  recordsOf(t.house.store.read, { under: [under], from: '2026-01-01', to: '2027-12-31' }, 50)
const audited = (what: string) =>
  t.house.store.read.sql.all<{ staffId: string }>('SELECT "staffId" FROM "Audit" WHERE "what" = ?', what)

describe('linking a chat', () => {
  it('knows the member from the code on, and no other', async () => {
    const worker = await linked(t, 'guo')
    expect(worker.said).toContain('绑好了')
    expect(await t.say('guo', '网格')).toContain('巡查上报')
    expect(await t.say('wang', '我的工单')).not.toContain('工单')
    expect(await audited('linkChat')).toEqual([{ staffId: worker.staffId }])
  })

  it('uses a code once, for ten minutes, and only the last one', async () => {
    const { staffId } = await clerk(t, 'guo', 'gridWorker', GRID)
    const first = await newChatCode(t.house, staffId)
    const second = await newChatCode(t.house, staffId)
    expect(await t.say('a', `绑定${first.code}`)).toContain('不对')
    t.pass(10 * 60_000)
    expect(await t.say('a', `绑定 ${second.code}`)).toContain('10 分钟')
    const third = await newChatCode(t.house, staffId)
    const spaced = `${third.code.slice(0, 4)} ${third.code.slice(4)}`
    expect(await t.say('a', `绑定：${spaced}`)).toContain('绑好了')
    expect(await t.say('b', `绑定 ${third.code}`)).toContain('不对')
  })

  it('keeps no code in clear, and locks who guesses', async () => {
    const { staffId } = await clerk(t, 'guo', 'gridWorker', GRID)
    const { code } = await newChatCode(t.house, staffId)
    const row = await t.house.store.read.sql.get<{ codeHash: string }>('SELECT "codeHash" FROM "StaffChat"')
    expect(row!.codeHash).not.toContain(code)
    const wrong = code === '11111111' ? '22222222' : '11111111'
    for (let n = 0; n < 5; n++) expect(await t.say('thief', `绑定 ${wrong}`)).toContain('不对')
    expect(await t.say('thief', `绑定 ${code}`)).toContain('次数太多')
    expect(await t.say('guo', `绑定 ${code}`)).toContain('绑好了')
  })

  it('belongs to one account at a time, and moves with the account', async () => {
    await linked(t, 'guo')
    const other = await clerk(t, 'deng', 'gridHead', GRID)
    const { code } = await newChatCode(t.house, other.staffId)
    expect(await t.say('guo', `绑定 ${code}`)).toContain('解除绑定')
    expect(await t.say('new', `link ${code}`)).toContain('Linked')
    const again = await newChatCode(t.house, other.staffId)
    await t.say('third', `绑定 ${again.code}`)
    expect(await t.say('new', 'grid')).toContain('no longer linked')
    expect(await t.say('third', '我的网格')).toContain('在办 0 件')
  })

  it('ends in the chat, at the desk, with the account, and when the person is erased', async () => {
    const ends: [string, (staffId: string) => Promise<unknown>][] = [
      ['a', () => t.say('a', '解除绑定')],
      ['b', staffId => unlinkOwnChat(t.house, staffId)],
      [
        'c',
        staffId =>
          t.house.store.write(async tx => {
            await tx.sql.run('UPDATE "Staff" SET "endedAt" = ? WHERE "id" = ?', t.house.now(), staffId)
          }),
      ],
    ]
    for (const [who, end] of ends) {
      const { staffId } = await linked(t, who)
      await t.say(who, '巡查上报')
      await end(staffId)
      const said = await t.say(who, '井盖响了三天没人修，红山郡3号楼')
      expect(said).not.toContain('当场处理')
      if (who !== 'a') expect(said).toContain('已经结束')
      expect(await t.say(who, '我的工单')).not.toContain('单位')
    }
    expect(await audited('unlinkChat')).toHaveLength(2)
  })

  it('brings no case to who sees none, nor to who needs a second factor', async () => {
    const code = await fileLift(t)
    await t.house.store.write(async tx => {
      await tx.sql.run('UPDATE "Case" SET "holderUnitId" = ?, "state" = ?', '150402', 'working')
    })
    for (const role of ['administrator', 'auditor', 'districtLeader'] as const) {
      await linked(t, role, role, '150402')
      expect(await t.say(role, '我的工单')).toContain('没有要办的工单')
    }
    await linked(t, 'desk', 'districtDispatcher', '150402')
    expect(await t.say('desk', '我的工单')).toContain(code)
  })

  it('leaves the person a resident', async () => {
    await linked(t, 'guo')
    const code = await fileLift(t, 'guo')
    expect((await caseOf(code)).kind).toBe('grievance')
    const strangers = await fileLift(t, 'wang')
    expect(await t.say('guo', '查进度')).not.toContain(strangers)
  })
})

describe('a report of a patrol', () => {
  const report = async (who = 'guo') => {
    await t.say(who, '巡查发现3号楼楼道堆满纸箱')
    await sendPhotos(t, who, 2)
    await t.say(who, '3号楼一单元')
    let said = await t.say(who, '2')
    if (!said.includes('请看一遍')) said = await t.say(who, '2')
    return t.say(who, '没错')
  }

  it('goes the way of every matter, and its reporter hears of it', async () => {
    const worker = await linked(t, 'guo')
    const said = await report()
    const code = codeIn(said)
    const row = await caseOf(code)
    expect(row).toMatchObject({
      kind: 'gridReport',
      state: 'received',
      gridId: GRID,
      townId: WEST,
      holderUnitId: WEST,
    })
    expect(await filesOfCase(t.house.store.read, row.id)).toHaveLength(2)
    const [first] = await entriesOf(t.house.store.read, row.id)
    expect(first).toMatchObject({ verb: 'open', byKind: 'staff', byId: worker.staffId, unitId: GRID })
    expect(await records(GRID)).toMatchObject([{ duty: 'hazard', code, staffId: worker.staffId }])

    t.pass(3 * 3_600_000)
    await dispatchUngrabbed(t.house)
    const west = await clerk(t, 'west', 'townClerk', WEST)
    expect((await moveCase(t.house, west, code, 'sign', {})).ok).toBe(true)
    const answer = { result: '清走了', facts: '已清', basis: '消防法', ticks: [1, 2, 3] }
    expect((await moveCase(t.house, west, code, 'answer', answer)).ok).toBe(true)
    expect((await toldTo(t, 'guo')).join()).toContain('清走了')
    // The reporter is not who did it: their word counts as any resident's.
    expect(await t.say('guo', '1')).toContain('记下了')
    expect((await caseOf(code)).state).toBe('closed')
  })

  it('settled on the spot stands answered in the grid’s own hand, and is not judged by who did it', async () => {
    const worker = await linked(t, 'guo')
    await t.say('guo', '巡查发现4号楼单元门口路面结冰，当场处理了')
    await t.say('guo', '红山郡4号楼二单元门口')
    await t.say('guo', '把冰铲了')
    await sendPhotos(t, 'guo', 1)
    const code = codeIn(await t.say('guo', '1'))
    const row = await caseOf(code)
    expect(row).toMatchObject({ state: 'answered', holderUnitId: GRID, holderStaffId: worker.staffId })
    const entries = await entriesOf(t.house.store.read, row.id)
    expect(entries.map(({ verb }) => verb)).toEqual(['open', 'answer'])
    expect(entries[1]!.body).toMatchObject({ result: '把冰铲了', files: [expect.any(String)] })
    const clocks = await deadlinesOf(t.house.store.read, row.id)
    expect(clocks.filter(one => !one.metAt && !one.endedAt).map(({ kind }) => kind)).toEqual(['callBack'])
    expect(await t.say('guo', `评价 ${code} 满意`)).not.toContain('记下了')
    expect((await caseOf(code)).state).toBe('answered')

    t.pass(2 * 86_400_000)
    expect(await askAgain(t.house)).toBe(0)
    t.pass(5 * 86_400_000)
    await closeAnswered(t.house)
    expect((await caseOf(code)).state).toBe('closed')
    const assessed = await t.house.store.read.sql.all('SELECT 1 FROM "Assessment" WHERE "caseId" = ?', row.id)
    expect(assessed.length).toBeGreaterThan(0)
  })

  it('settled but wrong is sent back by the district', async () => {
    await linked(t, 'guo')
    await t.say('guo', '巡查发现4号楼单元门口路面结冰，当场处理了')
    await t.say('guo', '红山郡4号楼二单元门口')
    await t.say('guo', '把冰铲了')
    await sendPhotos(t, 'guo', 1)
    const code = codeIn(await t.say('guo', '1'))
    const dispatcher = await clerk(t, 'd', 'districtDispatcher', '150402')
    const back = { satisfied: '1', reason: '还是滑' }
    expect((await moveCase(t.house, dispatcher, code, 'rateUnsolved', back)).ok).toBe(true)
    expect(await caseOf(code)).toMatchObject({ state: 'redo', holderUnitId: GRID })
    expect(await t.say('guo', '我的工单')).toContain(code)
  })

  it('nobody files for a grid that is not theirs, nor unlinked', async () => {
    await linked(t, 'guo')
    await t.say('guo', '巡查上报')
    await t.say('guo', '楼道里堆了很多纸箱子')
    await t.say('guo', '3号楼一单元')
    const person = await personOf(t, 'guo')
    await t.house.store.write(async tx => {
      await tx.sql.run('UPDATE "Role" SET "unitId" = ?', WEST)
    })
    let said = await t.say('guo', '2')
    if (!said.includes('没错')) said = await t.say('guo', '2')
    expect(await t.say('guo', '没错')).toContain('不归您管')
    const filed = await t.house.store.read.sql.all('SELECT 1 FROM "Case" WHERE "personId" = ?', person)
    expect(filed).toEqual([])
  })

  it('a worker answers nothing but what their grid reported and holds', async () => {
    const guo = await linked(t, 'guo')
    const code = await fileLift(t)
    await t.house.store.write(async tx => {
      await tx.sql.run('UPDATE "Case" SET "holderUnitId" = ?, "state" = ?', GRID, 'working')
    })
    const answer = { result: '修好了', facts: '换了件', basis: '合同', ticks: [1, 2, 3] }
    expect(await moveCase(t.house, guo, code, 'answer', answer)).toMatchObject({ why: 'notYours' })
    expect((await caseOf(code)).state).toBe('working')
  })

  it('danger in a report goes the danger way first', async () => {
    await linked(t, 'guo')
    await t.say('guo', '巡查上报')
    expect(await t.say('guo', '5号楼着火了，楼道里都是烟')).toMatch(/^请马上打 119/)
  })
})

describe('orders in the chat', () => {
  /** The town splits the lift of 红山郡 to a grid. */
  async function splitTo(grid: string) {
    const west = await clerk(t, `w${grid}`, 'townClerk', WEST)
    await t.say('wang', '红山郡3号楼前的垃圾堆了三天没人清')
    let said = await t.say('wang', '不留电话')
    if (!said.includes('看一遍')) said = await t.say('wang', '不留电话')
    const code = codeIn(await t.say('wang', '没错'))
    expect((await moveCase(t.house, west, code, 'grab', {})).ok).toBe(true)
    const form = { below: grid, task: '到现场看看，清走垃圾' }
    expect(await moveCase(t.house, west, code, 'split', form)).toMatchObject({ ok: true })
    return { code, west }
  }

  it('tells the worker, is accepted, and done with a picture that hangs on the case', async () => {
    await linked(t, 'guo')
    const { code, west } = await splitTo(GRID)
    expect(await toldTo(t, 'guo')).toEqual([`${code} 请本单位协办，请签收并反馈。`])
    const opened = await t.say('guo', '我的工单')
    expect(opened).toContain('到现场看看')
    expect(opened).not.toMatch(/1\d{10}/)
    expect(await t.say('guo', '接单')).toContain('接下了')
    await t.say('guo', '我的工单')
    await t.say('guo', '办结')
    await t.say('guo', '垃圾清走了')
    expect(await t.say('guo', '发过了')).toContain('没收到照片')
    expect(await sendPhotos(t, 'guo', 1)).toContain('交上去了')
    const row = await caseOf(code)
    const report = (await entriesOf(t.house.store.read, row.id)).find(({ verb }) => verb === 'report')!
    expect(report.body.files).toHaveLength(1)
    expect((await filesOfCase(t.house.store.read, row.id)).map(({ id }) => id)).toEqual(report.body.files)
    // The resident's own page shows what the resident brought.
    expect(await filesOfCase(t.house.store.read, row.id, row.personId)).toEqual([])
    expect(await t.say('guo', '我的工单')).toContain('没有要办的工单')
    expect(await moveCase(t.house, west, code, 'recall', { part: 'x', grounds: '收回' })).toMatchObject({
      ok: false,
    })
  })

  it('shows each their own grid’s, and nothing to whoever is not linked', async () => {
    await linked(t, 'guo')
    await linked(t, 'bai', 'gridWorker', GRID2)
    const { code } = await splitTo(GRID)
    expect(await t.say('bai', '我的工单')).toContain('没有要办的工单')
    expect(await toldTo(t, 'bai')).toEqual([])
    expect(await t.say('stranger', '我的工单')).not.toContain(code)
    expect(await t.say('guo', '我的工单')).toContain(code)
  })

  it('says so when a colleague was faster, and to whom', async () => {
    await linked(t, 'guo')
    const deng = await linked(t, 'deng', 'gridHead')
    const { code } = await splitTo(GRID)
    await t.say('guo', '我的工单')
    expect((await moveCase(t.house, deng, code, 'accept', {})).ok).toBe(true)
    // The list is as it stands now: what the number meant is no longer there.
    expect(await t.say('guo', '1')).not.toContain('接下了')
    const late = { code, verb: 'accept', form: {}, files: [] } as const
    const person = await personOf(t, 'guo')
    const refused = await t.house.store.write(tx => stepInChat(t.house, tx, person, late))
    expect(refused).toMatchObject({ ok: false, why: 'faster', with: { by: 's-deng' } })
  })

  it('is refused what the table refuses at the desk', async () => {
    await linked(t, 'bai', 'gridWorker', GRID2)
    await linked(t, 'guo')
    const { code } = await splitTo(GRID)
    const step = async (
      who: string,
      verb: 'accept' | 'report' | 'contact',
      form = {},
      files: { id: string }[] = [],
    ) =>
      t.house.store.write(async tx =>
        stepInChat(t.house, tx, await personOf(t, who), { code, verb, form, files }),
      )
    expect(await step('bai', 'accept')).toMatchObject({ ok: false, why: 'notFound' })
    expect(await step('wang', 'accept')).toMatchObject({ ok: false, why: 'notLinked' })
    const lost = [{ id: 'never-arrived' }]
    expect(await step('guo', 'report', { result: '好了' }, lost)).toMatchObject({
      ok: false,
      why: 'photoLost',
    })
    expect(await step('guo', 'contact', { how: 'phone', text: '打过电话' })).toMatchObject({ ok: false })
    const verbs = (await entriesOf(t.house.store.read, (await caseOf(code)).id)).map(({ verb }) => verb)
    expect(verbs.at(-1)).toBe('split')
    // Nobody is made to take a photo.
    expect(await step('guo', 'report', { result: '好了' })).toMatchObject({ ok: true })
  })

  it('objects with a proposal', async () => {
    await linked(t, 'guo')
    const { code } = await splitTo(GRID)
    await t.say('guo', '我的工单')
    await t.say('guo', '提异议')
    expect(await t.say('guo', '垃圾清运归城管，不归网格')).toContain('该由哪个单位')
    expect(await t.say('guo', '1')).toContain('由区里裁定')
    expect((await entriesOf(t.house.store.read, (await caseOf(code)).id)).at(-1)!.verb).toBe('object')
  })

  it('a head signs in the chat for what they reported themselves', async () => {
    await linked(t, 'deng', 'gridHead')
    await t.say('deng', '巡查发现3号楼楼道堆满纸箱')
    await t.say('deng', '3号楼一单元')
    let said = await t.say('deng', '2')
    if (!said.includes('请看一遍')) said = await t.say('deng', '2')
    const code = codeIn(await t.say('deng', '没错'))
    const dispatcher = await clerk(t, 'd', 'districtDispatcher', '150402')
    expect((await moveCase(t.house, dispatcher, code, 'dispatch', { unit: GRID })).ok).toBe(true)
    expect(await t.say('deng', '我的工单')).toContain('签收')
    // What its reporter hears of it belongs into this very turn: the reply says it.
    expect(await t.say('deng', '签收')).toContain('签收了')
    expect((await caseOf(code)).state).toBe('working')
    await t.say('deng', '我的工单')
    await t.say('deng', '联系了居民')
    await t.say('deng', '上门')
    expect(await t.say('deng', '和三户都说好了')).toContain('已经联系过居民')
  })

  it('a line to a worker in their own turn does not get in the way of the reply', async () => {
    await linked(t, 'guo')
    const { code } = await splitTo(GRID)
    // The worker is also the resident who speaks: what goes to their grid is not said into their own turn.
    await t.house.store.write(async tx => {
      const guo = await personOf(t, 'guo')
      await tx.sql.run(
        'UPDATE "Case" SET "personId" = ?, "holderUnitId" = ? WHERE "code" = ?',
        guo,
        GRID,
        code,
      )
    })
    expect(await t.say('guo', `补充 ${code} 又堆了一些`)).toBeTruthy()
    await t.say('guo', '又堆了一些新的垃圾')
    expect(t.faults).toEqual([])
  })
})

describe('the seven duties', () => {
  it('each ends in a record of one’s own grid, sealed', async () => {
    await linked(t, 'guo')
    for (const [duty, ...lines] of [
      ['信息采报', '新搬来一户', '2单元', '跳过'],
      ['定期走访', '王奶奶身体还好', '1号楼', '跳过'],
      ['民意收集', '想装充电桩', '跳过', '2', '跳过'],
      ['矛盾化解', '劝开了两家', '南门', '化解了', '跳过'],
      ['隐患排查', '没有', '查了消防栓', '跳过', '跳过'],
      ['政策宣传', '讲了医保', '广场', '跳过'],
      ['工作报告', '今天的'],
    ] as const) {
      await t.say('guo', duty)
      let said = ''
      for (const line of lines) said = await t.say('guo', line)
      expect(said, duty).toMatch(/记下了|交了/)
    }
    const all = await records(GRID)
    expect(all.map(({ duty }) => duty)).toEqual(
      ['collect', 'visit', 'opinion', 'conflict', 'hazard', 'policy', 'report'].reverse(),
    )
    expect(JSON.parse(all[0]!.what)).toEqual({
      span: 'day',
      counts: { collect: 1, visit: 1, opinion: 1, conflict: 1, hazard: 1, policy: 1 },
    })
    const raw = await t.house.store.read.sql.all<{ textEnc: Uint8Array }>(
      'SELECT "textEnc" FROM "GridRecord"',
    )
    for (const { textEnc } of raw) expect(Buffer.from(textEnc).toString()).not.toContain('医保')
  })

  it('a conflict not settled becomes a case with its record', async () => {
    await linked(t, 'guo')
    for (const line of ['矛盾化解', '楼上漏水，两家吵架', '红山郡3号楼', '没有', '报上去'])
      await t.say('guo', line)
    const code = codeIn(await t.say('guo', '没错'))
    expect(await records(GRID)).toMatchObject([{ duty: 'conflict', code }])
  })

  it('a head sees their own grids', async () => {
    await linked(t, 'guo')
    await linked(t, 'deng', 'gridHead')
    for (const line of ['政策宣传', '讲了医保', '广场', '跳过']) await t.say('guo', line)
    const said = await t.say('deng', '我的网格')
    expect(said).toContain('网格员 1 名')
    expect(said).toContain('政策宣传：1 次')
    expect(await t.say('guo', '我的网格')).toContain('给网格长看')
  })
})
