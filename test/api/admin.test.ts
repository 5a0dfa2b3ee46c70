import { unzipSync, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStanding } from '../../src/admin/standing.ts'
import { fromFolder } from '../../src/app.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import type { AdminBook, AdminPreview, AdminProgress } from '../../wire/admin.ts'
import { type Api, type Browser, makeApi, PASSWORD } from './house.ts'

const DISTRICT = '150402'
const ADMIN = '/api/staff/admin'
let api: Api
let admin: Browser

beforeEach(async () => {
  api = await makeApi()
  admin = await signedIn('root', 'administrator')
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  expect(await brokenAudit(api.house.store.read)).toBeNull()
  await api.close()
})

/** Somebody of a privileged role, as if the second factor were set up. */
async function signedIn(login: string, role: 'administrator' | 'districtLeader'): Promise<Browser> {
  await api.staff(login, role, DISTRICT)
  const browser = await api.desk(login)
  await api.house.store.write(async tx =>
    tx.sql.run(
      `UPDATE "Staff" SET "otpEnc" = x'00', "otpConfirmedAt" = ? WHERE "login" = ?`,
      api.house.now(),
      login,
    ),
  )
  return browser
}

const book = async (key: string, who = admin): Promise<AdminBook> =>
  (await who.get(`${ADMIN}/books/${key}`)).json()
const rowOf = async (key: string, id: string) => (await book(key)).list.find(row => row.id === id)!

/** Saves a row with some fields changed, as the page does. */
async function save(key: string, id: string | null, fields: Record<string, unknown>, more: object = {}) {
  const known = id === null ? null : await rowOf(key, id)
  const row = { ...known?.row, ...fields }
  return admin.post(`${ADMIN}/books/${key}`, { id, mark: known?.mark ?? null, row, ...more })
}
const drop = async (key: string, id: string) =>
  admin.post(`${ADMIN}/books/${key}`, { id, mark: (await rowOf(key, id)).mark, row: null })

describe('the books', () => {
  it('are listed with their counts, and each is drawn from its schema in both languages', async () => {
    const { groups } = (await admin.get(`${ADMIN}/books`)).json()
    const keys = groups.flatMap((group: { books: { key: string }[] }) => group.books.map(({ key }) => key))
    expect(keys).toHaveLength(17)
    for (const key of keys)
      for (const language of ['zh-CN', 'en']) {
        const told: AdminBook = (
          await admin.get(`${ADMIN}/books/${key}`, { headers: { 'accept-language': language } })
        ).json()
        const labels = JSON.stringify([told.label, told.lead, told.columns, told.fields])
        expect([
          key,
          language,
          /\{\{(?!code|office|place|title|due|today)|books:|field\./.exec(labels)?.[0],
        ]).toEqual([key, language, undefined])
        if (language === 'en') {
          const words = JSON.stringify([
            told.label,
            told.lead,
            told.columns,
            told.fields.map(({ label }) => label),
          ])
          expect([key, /[\u4e00-\u9fff]/.exec(words)?.[0]]).toEqual([key, undefined])
        }
      }
  })

  it('are read by leaders, who change nothing, and by nobody else', async () => {
    const chief = await signedIn('chief', 'districtLeader')
    const told = await book('staff', chief)
    expect([told.may, JSON.stringify(told).includes('phone":"')]).toEqual(['read', false])
    const body = { id: null, mark: null, row: { date: '2027-01-01', kind: 'off' } }
    expect((await chief.post(`${ADMIN}/books/holidays`, body)).statusCode).toBe(403)
    expect((await chief.get(`${ADMIN}/export`)).statusCode).toBe(403)
    await api.staff('clerk', 'townClerk', '150402010')
    const clerk = await api.desk('clerk')
    for (const path of ['books', 'books/units', 'changes'])
      expect((await clerk.get(`${ADMIN}/${path}`)).statusCode).toBe(403)
  })
})

describe('a change', () => {
  it('counts at once, in this process and in others, and is told with who, when, before and after', async () => {
    const other = await openStanding(api.house.store, fromFolder('config/hongshan'))
    const saved = await save('hotlines', '12345', { name: '便民热线' }, { reason: '改名' })
    expect(saved.json()).toEqual({ no: 1, id: '12345' })
    const district = (await api.browser().get('/api/resident/district')).json()
    expect(JSON.stringify(district)).toContain('便民热线')
    expect(await other.refresh()).toBe(true)
    expect(other.district.hotlines.find(({ number }) => number === '12345')?.name).toBe('便民热线')
    const { changes } = (await admin.get(`${ADMIN}/changes?book=hotlines`)).json()
    expect(changes).toMatchObject([
      { no: 1, by: '姓名root', how: 'edit', books: ['热线'], changed: 1, reason: '改名', undoneBy: null },
    ])
    const whole = (await admin.get(`${ADMIN}/changes/1`)).json()
    expect(whole.differences).toEqual([
      {
        ...{ book: '热线', title: '12345 便民热线', what: 'changed' },
        fields: [{ label: '名称', before: '政务服务便民热线', after: '便民热线' }],
      },
    ])
    expect((await admin.get(`${ADMIN}/changes?book=units`)).json().changes).toEqual([])
  })

  it('is refused beside its field in the language of who asks, and nothing is kept', async () => {
    const zh = await save('roster', '150402||00:00|24:00', { person: 'nobody' })
    expect([zh.statusCode, zh.json().error.details]).toEqual([
      422,
      [{ field: 'person', why: '没有账号 nobody' }],
    ])
    const en = await admin.post(
      `${ADMIN}/books/categories`,
      {
        id: null,
        mark: null,
        row: { key: 'x1', name: '', nameEn: 'X', route: null, class: 'odd', hints: [] },
      },
      { headers: { 'accept-language': 'en' } },
    )
    expect(en.json().error.details).toEqual([
      {
        field: 'key',
        why: 'Key is not written as it should be: English letters, beginning with a small one',
      },
      { field: 'name', why: 'Name is empty' },
      { field: 'class', why: 'Please choose: Usual class' },
    ])
    const gone = await drop('departments', 'D01')
    const whys = gone.json().error.details.map(({ why }: { why: string }) => why)
    expect(whys).toContainEqual(expect.stringMatching(/^人员“.*”的“单位”：没有单位 D01$/))
    expect(api.standing.no).toBe(0)
  })

  it('of a row somebody else changed meanwhile is refused kindly', async () => {
    const seen = await rowOf('categories', 'lift')
    await save('categories', 'lift', { nameEn: 'Lifts' })
    const row = { ...seen.row, name: '电梯和扶梯' }
    const late = await admin.post(`${ADMIN}/books/categories`, { id: 'lift', mark: seen.mark, row })
    expect([late.statusCode, late.json().error]).toMatchObject([
      409,
      { code: 'conflict', details: [{ field: 'by', why: '姓名root' }] },
    ])
    expect(late.json().error.message).toContain('您写的都还在')
  })

  it('can be taken back, once, unless a later one stands on it', async () => {
    await save('categories', 'lift', { name: '电梯和扶梯' })
    await save('categories', 'lift', { nameEn: 'Lifts' })
    const early = await admin.post(`${ADMIN}/changes/1/undo`, {})
    expect([early.statusCode, early.json().error.message]).toEqual([
      409,
      expect.stringContaining('后来又改过'),
    ])
    expect((await admin.post(`${ADMIN}/changes/2/undo`, {})).json()).toMatchObject({ no: 3 })
    expect((await admin.post(`${ADMIN}/changes/1/undo`, { reason: '改错了' })).json()).toMatchObject({
      no: 4,
    })
    expect((await rowOf('categories', 'lift')).row).toMatchObject({ name: '电梯', nameEn: 'Lift' })
    expect((await admin.post(`${ADMIN}/changes/1/undo`, {})).json().error.message).toContain('第 4 次')
    expect((await admin.post(`${ADMIN}/changes/4/undo`, {})).json()).toMatchObject({ no: 5 })
    expect((await rowOf('categories', 'lift')).row).toMatchObject({ name: '电梯和扶梯' })
  })
})

it('days of a row read as a person says them', async () => {
  const week = { weekdays: [1, 2, 3, 4, 5] }
  const some = { weekdays: [1, 3, 6] }
  const shown = async (fields: object) => {
    const [first] = (await book('roster')).list
    expect((await save('roster', first!.id, { ...fields, from: '07:00' })).statusCode).toBe(200)
    return (await book('roster')).list[0]!.shown.weekdays
  }
  expect([await shown(week), await shown(some)]).toEqual(['周一至周五', '周一、周三、周六'])
})

describe('units', () => {
  it('with open cases stay, and can be closed to new ones: those go to the next above', async () => {
    const code = await api.grievance(api.browser())
    const { staff, estates, units } = api.house.district
    const free = [...units.values()].find(
      unit =>
        unit.kind === 'community' &&
        !staff.some(one => one.unit.startsWith(unit.code)) &&
        !estates.some(one => one.community === unit.code),
    )!
    await api.house.store.write(async tx =>
      tx.sql.run('UPDATE "Case" SET "holderUnitId" = ? WHERE "code" = ?', free.code, code),
    )
    for (const { id } of (await book('grids')).list.filter(row => row.id.startsWith(free.code)))
      expect((await drop('grids', id)).statusCode).toBe(200)
    const refused = await drop('units', free.code)
    expect([refused.statusCode, refused.json().error.message]).toEqual([
      409,
      `“${free.name}”不能删，还有1 件在办事项。可以勾选“不再接新的”，等办完再删`,
    ])
    expect((await save('units', '150402010', { closed: true })).statusCode).toBe(200)
    const told = await api.grievance(api.browser())
    const row = await api.house.store.read.sql.get<{ holderUnitId: string }>(
      'SELECT "holderUnitId" FROM "Case" WHERE "code" = ?',
      told,
    )
    expect(row?.holderUnitId).toBe(DISTRICT)
    const listed = (await admin.get('/api/staff/units')).json()
    expect(listed.units.find((unit: { id: string }) => unit.id === '150402010')).toMatchObject({
      closed: true,
    })
  })

  it('others stand in are not taken away, and it is said so', async () => {
    const refused = (await drop('units', '150402010')).json().error
    expect(refused.message).toMatch(/^不能删，还有 \d+ 处离不开它$/)
    expect(refused.details).not.toEqual([])
  })

  it('gone from the book are closed in the ledger, and come back with an undo', async () => {
    const standing = async () =>
      await api.house.store.read.sql.get('SELECT "closedAt" FROM "Unit" WHERE "id" = ?', '150402001001001')
    expect((await drop('grids', '150402001001001')).json()).toMatchObject({ no: 1 })
    expect(await standing()).toEqual({ closedAt: api.house.now() })
    await admin.post(`${ADMIN}/changes/1/undo`, {})
    expect(await standing()).toEqual({ closedAt: null })
  })
})

describe('staff', () => {
  const LI = { login: 'li', name: '李梅', role: 'townClerk', unit: '150402010' }

  it('are added, invited by a one-time link, given another role, and suspended', async () => {
    expect((await save('staff', null, LI)).json()).toEqual({ no: 1, id: 'li' })
    expect((await rowOf('staff', 'li')).account).toBe('waiting')
    const { link } = (await admin.post(`${ADMIN}/staff/li/invite`, {})).json()
    const li = api.browser()
    const token = link.split('/').at(-1)
    li.csrf = (await li.post('/api/staff/invite', { token, password: PASSWORD })).json().csrf
    expect((await li.get('/api/staff/me')).json()).toMatchObject({ name: '李梅', roles: ['townClerk'] })
    await save('staff', 'li', {
      role: 'gridHead',
      unit: '150402010003001',
      also: [{ role: 'gridHead', unit: '150402010003002' }],
    })
    expect((await li.get('/api/staff/me')).json()).toMatchObject({
      roles: ['gridHead'],
      unit: { id: '150402010003001' },
    })
    await save('staff', 'li', { suspended: true })
    expect((await li.get('/api/staff/me')).statusCode).toBe(401)
    expect((await admin.post(`${ADMIN}/staff/li/invite`, {})).statusCode).toBe(404)
    await save('staff', 'li', { suspended: false })
    expect((await rowOf('staff', 'li')).account).toBe('active')
    expect((await drop('staff', 'li')).statusCode).toBe(403)
    const undone = await admin.post(`${ADMIN}/changes/1/undo`, {})
    expect(undone.json().error.message).toContain('后来又改过')
  })

  it('nobody takes their own account away', async () => {
    const message = '不能停用自己或改自己的角色，请让另一位管理员来做'
    expect((await save('staff', 'root', { suspended: true })).json().error.message).toBe(message)
    expect((await save('staff', 'root', { role: 'auditor' })).json().error.message).toBe(message)
    expect((await save('staff', 'root', { name: '苏志强' })).statusCode).toBe(200)
  })

  it('made and never used may go again by an undo', async () => {
    await save('staff', null, LI)
    expect((await admin.post(`${ADMIN}/changes/1/undo`, {})).statusCode).toBe(200)
    expect((await book('staff')).list.find(row => row.id === 'li')).toBeUndefined()
  })
})

describe('notices', () => {
  const own = {
    key: 'resident.dispatched',
    zh: '{{code}} 已交给{{office}}。',
    en: '{{code}} went to {{office}}.',
  }

  it('are said in own words from then on, and reset', async () => {
    const said = () => api.words('zh-CN', 'notice:resident.dispatched', { code: 'HS-1', office: '街道' })
    const before = said()
    const row = await rowOf('notices', own.key)
    expect(row.notice).toMatchObject({ blanks: ['code', 'office'], own: false })
    const saved = await admin.post(`${ADMIN}/books/notices`, { id: own.key, mark: null, row: own })
    expect(saved.json()).toMatchObject({ no: 1 })
    expect(said()).toBe('HS-1 已交给街道。')
    expect((await drop('notices', own.key)).statusCode).toBe(200)
    expect(said()).toBe(before)
  })

  it('are called and headed in the language of who asks', async () => {
    const english: AdminBook = (
      await admin.get(`${ADMIN}/books/notices`, { headers: { 'accept-language': 'en' } })
    ).json()
    const heads = ({ columns }: AdminBook) => columns.map(({ label }) => label)
    expect([heads(english), heads(await book('notices'))]).toEqual([
      ['Notice', 'English', 'From'],
      ['通知', '中文', '来源'],
    ])
    expect(english.list.filter(({ title }) => /^[a-z]/.test(title))).toEqual([])
  })

  it('that carry nothing but a code are not in the book: their words stand with the provider', async () => {
    const { list } = await book('notices')
    expect(list.filter(({ row }) => /^\{\{\w+\}\}$/.test(String(row.zh)))).toEqual([])
  })

  it('are shown as they will be read', async () => {
    const shown = (await admin.post(`${ADMIN}/notices/preview`, own)).json()
    expect(shown).toMatchObject({
      text: 'HS-20261103-0042 已交给西城街道办事处。',
      sms: { parts: 1 },
      staff: false,
    })
    expect(shown.template).toContainEqual({ label: '编号', value: 'HS-20261103-0042' })
    const brief = { key: 'brief.dispatched', zh: '已派出', en: 'Sent on' }
    expect((await admin.post(`${ADMIN}/notices/preview`, brief)).json().sms.text).toContain('已派出')
    for (const { id, row } of (await book('notices')).list) {
      const asked = { key: id, zh: row.zh, en: row.en }
      const read = await admin.post(`${ADMIN}/notices/preview`, asked)
      expect([id, read.statusCode, /\{\{/.test(read.json().text)]).toEqual([id, 200, false])
    }
    const none = { key: 'resident.sang', zh: '', en: '' }
    expect((await admin.post(`${ADMIN}/notices/preview`, none)).statusCode).toBe(404)
  })
})

describe('the folder', () => {
  const out = async () => unzipSync((await admin.get(`${ADMIN}/export`)).rawPayload)
  const bring = async (files: Record<string, Uint8Array>, query: string) => {
    const answer = await admin.post(`${ADMIN}/import?${query}`, undefined, {
      payload: Buffer.from(zipSync(files)),
      headers: { 'content-type': 'application/octet-stream' },
    })
    if (answer.statusCode !== 200) return answer.json()
    const lines = answer.payload.trim().split('\n')
    return JSON.parse(lines.at(-1)!) as AdminProgress
  }
  const look = async (files: Record<string, Uint8Array>) =>
    ((await bring(files, 'try=1')) as { preview: AdminPreview }).preview
  const changed = (files: Record<string, Uint8Array>, name: string, from: string, to: string) => ({
    ...files,
    [name]: new TextEncoder().encode(new TextDecoder().decode(files[name]).replace(from, to)),
  })

  it('goes out and comes in without a difference, to the letter but for the accounts', async () => {
    const files = await out()
    const { texts } = fromFolder('config/hongshan')
    for (const [name, text] of texts)
      if (name !== 'staff.json')
        expect([name, new TextDecoder().decode(files[name]) === text]).toEqual([name, true])
    expect(await look(files)).toMatchObject({ same: true, faults: [] })
    expect(await out()).toEqual(files)
  })

  it('is shown before it is brought in, is one change, and can be taken back to the letter', async () => {
    const files = await out()
    const next = changed(
      changed(files, 'hotlines.json', '"报警"', '"公安报警"'),
      'privacy.json',
      '2026-11-01',
      '2026-12-01',
    )
    const preview = await look(next)
    expect(preview).toMatchObject({
      no: 0,
      changed: 1,
      books: [{ label: '热线', changed: 1 }],
      others: ['privacy.json'],
    })
    expect(await bring(next, 'no=0&reason=test')).toEqual({ t: 'done', no: 1 })
    expect(api.house.district.privacy.version).toBe('2026-12-01')
    expect(await bring(next, 'no=0')).toMatchObject({
      t: 'refused',
      message: expect.stringContaining('重新看一遍'),
    })
    expect((await admin.post(`${ADMIN}/changes/1/undo`, {})).statusCode).toBe(200)
    expect(await out()).toEqual(files)
  })

  it('with faults tells each by file and line, and nothing is taken', async () => {
    const bad = changed(await out(), 'roster.json', '"deputy": "west2"', '"deputy": "nobody"')
    const { faults } = await look(bad)
    expect(faults).toMatchObject([
      { file: 'roster.json', where: expect.stringContaining('值班表'), why: '没有账号 nobody' },
    ])
    expect(faults[0]!.line).toBeGreaterThan(3)
    expect(await bring(bad, '')).toMatchObject({ t: 'refused', details: [{ why: '没有账号 nobody' }] })
    expect(api.standing.no).toBe(0)
    expect(await bring({ 'other.txt': new Uint8Array(3) }, 'try=1')).toMatchObject({
      error: { code: 'badFile' },
    })
  })
})

it('a talk under way goes on with the district it finds', async () => {
  const one = api.browser()
  await one.post('/api/resident/session', {})
  await one.say('我要申请调解，物业纠纷')
  await save('panels', 'P01', { closed: true })
  const next = await one.say('物业费涨了两次，没有公示，跟物业谈了也没用')
  expect(next.length).toBeGreaterThan(10)
  expect(await one.say('帮助')).toContain('text')
})
