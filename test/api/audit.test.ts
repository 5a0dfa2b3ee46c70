import ExcelJS from 'exceljs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { flushReadings } from '../../src/actions/note-reading.ts'
import { verifyBook } from '../../src/notify/jobs/audit.ts'
import { AUDIT_GROUPS, AUDITED } from '../../src/rules/audit/kinds.ts'
import { OWN_ROW, READINGS } from '../../src/rules/audit/routes.ts'
import { addAudit } from '../../src/store/audit.ts'
import { sealAudit } from '../../src/store/audit-chain.ts'
import { everyRoute } from './every-route.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let auditor: Browser
let west: string
beforeEach(async () => {
  // Privileged roles of a demonstration need no one-time code.
  api = await makeApi({ env: { DEMO: '1' } })
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

async function house() {
  await api.staff('auditor', 'auditor', '150402', true)
  await api.staff('leader', 'districtLeader', '150402', true)
  await api.staff('desk', 'districtDispatcher', '150402')
  west = [...api.house.district.units.values()].find(unit => unit.name === '西城街道')!.code
  await api.staff('west', 'townClerk', west)
  auditor = await api.desk('auditor')
}

interface Line {
  what: string
  by: string | null
  does: string
  about: string
  case: string | null
  ok: boolean
  words: string | null
  id: string
  role: string | null
  unit: string | null
}
async function book(query = '', of = auditor): Promise<Line[]> {
  await flushReadings(api.house)
  const answer = await of.get(`/api/staff/audit?limit=200&${query}`)
  expect(answer.statusCode).toBe(200)
  return answer.json().rows
}
const said = (rows: Line[]) =>
  rows.map(({ by, what, about, ok }) => `${by ?? '-'} ${what} ${about}${ok ? '' : ' !'}`.trim())

it('writes down who read, searched, opened, did and took away what, and who was not let', async () => {
  await house()
  const code = await api.grievance(api.browser())
  const desk = await api.desk('desk')
  await desk.get(`/api/staff/cases/${code}`)
  await desk.get(`/api/staff/cases/${code}`)
  await desk.get('/api/staff/cases?list=all')
  await desk.get('/api/staff/cases?q=13800000000')
  await desk.post(`/api/staff/cases/${code}/reveal`, { field: 'phone', reason: '要打电话核实' })
  await desk.post(`/api/staff/cases/${code}/steps/note`, { text: '已联系物业' })
  await desk.get('/api/staff/board.xlsx')
  const wang = await api.desk('west')
  await wang.get('/api/staff/board/outlines')
  await wang.get('/api/staff/cases/HS-20260101-9999')
  await wang.post('/api/staff/notices/none/clear', { how: '打过电话了' })
  await api.browser().post('/api/staff/login', { login: 'desk', password: 'wrong' })
  await api.browser().post('/api/staff/login', { login: 'nobody here', password: 'wrong' })
  expect(said(await book()).sort()).toEqual(
    [
      '姓名auditor login',
      '姓名desk login',
      '姓名desk readCase',
      '姓名desk search',
      '姓名desk reveal 电话',
      '姓名desk step 内部备注',
      '姓名desk export 看板',
      '姓名desk loginFailed  !',
      '姓名west login',
      '姓名west readCase  !',
      '姓名west does 未送达 !',
      '- loginFailed  !',
    ].sort(),
  )
  expect((await book('group=open'))[0]).toMatchObject({
    ...{ by: '姓名desk', role: 'districtDispatcher', unit: '红山区', case: code, words: '要打电话核实' },
  })
  const rows = await api.house.store.read.sql.all<{ origin: string | null }>('SELECT "origin" FROM "Audit"')
  expect(rows.filter(({ origin }) => !/^127\.0\.0\.\* [\w-]{8}$/.test(origin ?? ''))).toEqual([])
})

it('finds by person, unit, case, kind, day, words of the reason, and what was refused, page by page', async () => {
  await house()
  const code = await api.grievance(api.browser())
  const desk = await api.desk('desk')
  for (const reason of ['核实 电话', '回访', '核实地址'])
    await desk.post(`/api/staff/cases/${code}/reveal`, { field: 'phone', reason })
  api.pass(86_400_000)
  auditor = await api.desk('auditor')
  const wang = await api.desk('west')
  await wang.get(`/api/staff/cases/${code}`)
  await wang.get('/api/staff/audit')
  const people = (await auditor.get('/api/staff/audit/people')).json().people as {
    id: string
    login: string
  }[]
  const id = (login: string) => people.find(one => one.login === login)!.id
  const west3 = ['姓名west login', '姓名west readAudit  !', '姓名west readCase']
  expect(said(await book(`person=${id('west')}`)).sort()).toEqual(west3)
  expect(said(await book(`unit=${west}`)).sort()).toEqual(west3)
  expect(said(await book('refused=1'))).toEqual(['姓名west readAudit  !'])
  expect(said(await book(`code=${code.toLowerCase()}`)).sort()).toEqual([
    '姓名desk reveal 电话',
    '姓名desk reveal 电话',
    '姓名desk reveal 电话',
    '姓名west readCase',
  ])
  expect((await book('since=2026-11-04')).some(row => row.what === 'reveal')).toBe(false)
  expect((await book('until=2026-11-03')).some(row => row.by === '姓名west')).toBe(false)
  const q = encodeURIComponent('核实')
  expect((await book(`q=${q}`)).map(row => row.words).sort()).toEqual(['核实 电话', '核实地址'])
  expect(await book(`q=${q}&person=${id('west')}`)).toEqual([])
  const seen: string[] = []
  interface Page {
    rows: Line[]
    next: string | null
  }
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await auditor.get(`/api/staff/audit?group=open&limit=2${cursor && `&cursor=${cursor}`}`)
    const page: Page = answer.json()
    seen.push(...page.rows.map(row => row.id))
    cursor = page.next
  }
  expect([seen.length, new Set(seen).size]).toEqual([3, 3])
  const unknown = await auditor.get('/api/staff/audit?code=HS-20200101-0001')
  expect(unknown.json().error.message).toContain('没有这个编号')
  expect((await auditor.get('/api/staff/audit?cursor=abc')).statusCode).toBe(400)
  expect((await auditor.get('/api/staff/audit?since=2026-02-30')).statusCode).toBe(400)
})

it('says who has seen a case, and opens a row to everything kept of it', async () => {
  await house()
  const code = await api.grievance(api.browser())
  const wang = await api.desk('west')
  await wang.get(`/api/staff/cases/${code}`)
  api.pass(600_000)
  await wang.get(`/api/staff/cases/${code}`)
  const [row] = await book(`code=${code}`)
  const told = (await auditor.get(`/api/staff/audit/readers?code=${code}`)).json()
  expect(told).toMatchObject({ case: code, readers: [{ name: '姓名west', role: 'townClerk', n: 2 }] })
  await sealAudit(api.house.store)
  const detail = (await auditor.get(`/api/staff/audit/rows/${row!.id}`)).json()
  expect(detail).toMatchObject({ login: 'west', case: code, does: '看诉求', ok: true })
  expect(detail.seq).toBeGreaterThan(0)
  expect(detail.hash).toMatch(/^[0-9a-f]{64}$/)
})

it('is for auditors and leaders; words about children are for the auditor alone', async () => {
  await house()
  const line = { staffId: null, what: 'openChild', field: 'child', detail: '孩子的事' } as const
  await api.house.store.write(tx => addAudit(tx, line, api.house.now()))
  expect((await book('what=openChild'))[0]!.words).toBe('孩子的事')
  expect((await book('what=openChild', await api.desk('leader')))[0]!.words).toBeNull()
  const wang = await api.desk('west')
  for (const path of ['', '/state', '/people', '/readers?code=HS', '/rows/1', '.csv', '.xlsx'])
    expect((await wang.get(`/api/staff/audit${path}`)).statusCode, path).toBe(403)
})

it('says of a job how much it did', async () => {
  await house()
  const line = { staffId: null, what: 'job', field: 'remind-offices', detail: '7' } as const
  await api.house.store.write(tx => addAudit(tx, line, api.house.now()))
  expect((await book()).find(({ what }) => what === 'job')?.words).toBe('处理了 7 件')
})

it('is taken away as CSV and as a workbook, and that stands in it too', async () => {
  await house()
  const desk = await api.desk('desk')
  const code = await api.grievance(api.browser())
  await desk.post(`/api/staff/cases/${code}/reveal`, { field: 'phone', reason: '=1+1\n"核实"' })
  const csv = await auditor.get(`/api/staff/audit.csv?code=${code}`)
  expect(csv.headers['x-rows']).toBe('1')
  const [head, row, end] = csv.body.replace('\uFEFF', '').split('\r\n')
  expect(head).toContain('"时间","谁","角色"')
  expect(row).toContain(`"${code}","已做","'=1+1 ""核实"""`)
  expect(end).toBe('')
  const sheet = await auditor.get('/api/staff/audit.xlsx')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(sheet.rawPayload as unknown as ArrayBuffer)
  expect(workbook.worksheets[0]!.getRow(2).getCell(1).value).toBe('时间')
  expect(workbook.worksheets[0]!.rowCount).toBeGreaterThan(3)
  const taken = await book('group=export')
  expect(taken.map(({ by, about, words }) => [by, about, words])).toEqual([
    ['姓名auditor', '审计记录', ''],
    ['姓名auditor', '审计记录', `code=${code}`],
  ])
})

it('is walked every night: a stroke with a pen is told to auditors and leaders, and to the log', async () => {
  await house()
  await api.desk('desk')
  expect(await verifyBook(api.house)).toBe(2)
  const whole = (await auditor.get('/api/staff/audit/state')).json()
  expect(whole).toMatchObject({ keepMonths: 36, verified: { rows: 2, broken: null } })
  await api.house.store.write(
    async tx => void (await tx.sql.run(`UPDATE "Audit" SET "at" = '2020' WHERE "seq" = 2`)),
  )
  await expect(verifyBook(api.house)).rejects.toThrow('row 2: changed')
  const told = await api.house.store.read.sql.all<{ n: number }>(
    `SELECT 1 AS "n" FROM "Notice" WHERE "notice" = 'auditor.broken'`,
  )
  expect(told).toHaveLength(2)
  expect((await auditor.get('/api/staff/audit/state')).json().verified).toMatchObject({ broken: '2' })
})

it('names routes that exist, and no others', () => {
  const paths = everyRoute(api.app).map(({ path }) => path.replace('/api/staff', ''))
  expect([...Object.keys(READINGS), ...OWN_ROW].filter(path => !paths.includes(path))).toEqual([])
})

it('has words in both languages for every kind, family and part of the service', () => {
  const words = (key: string) => api.words('en', `audit:${key}`)
  for (const kind of Object.keys(AUDITED)) expect(words(`what.${kind}`), kind).not.toContain('what.')
  for (const group of AUDIT_GROUPS) expect(words(`group.${group}`), group).not.toContain('group.')
  const areas = everyRoute(api.app)
    .filter(({ path, method }) => path.startsWith('/api/staff/') && method === 'POST')
    .map(({ path }) => path.split('/')[3]!)
    .filter(area => !OWN_ROW.includes(`/${area}`))
  for (const area of areas) expect(words(`area.${area}`), area).not.toContain('area.')
})
