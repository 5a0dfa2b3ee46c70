import ExcelJS from 'exceljs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

const WEST = '150402010'
const EAST = '150402004'
const DISTRICT = '150402'

let api: Api
let resident: Browser
let west: Browser
let code: string
beforeEach(async () => {
  api = await makeApi()
  await api.staff('west', 'townClerk', WEST)
  await api.staff('east', 'townClerk', EAST)
  await api.staff('desk', 'districtDispatcher', DISTRICT)
  await api.staff('worker', 'gridWorker', `${WEST}001001`)
  resident = api.browser()
  code = await api.grievance(resident)
  west = await api.desk('west')
  expect((await west.post(`/api/staff/cases/${code}/steps/grab`, {})).statusCode).toBe(200)
})
afterEach(() => api.close())

const end = async () => {
  const body = { result: '电梯修好了', facts: '换了制动器', basis: '物业服务合同', ticks: [1, 2, 3, 4, 5] }
  expect((await west.post(`/api/staff/cases/${code}/steps/answer`, body)).statusCode).toBe(200)
  await resident.say(`评价 ${code} 解决了，满意`)
}
const month = async (who: Browser, more = '') => (await who.get(`/api/staff/assessment${more}`)).json()
const ofCase = async (who: Browser) => (await who.get(`/api/staff/cases/${code}/assessment`)).json().rows

it('the monthly table: own units for a town, all for the district, none for a grid worker', async () => {
  await end()
  const own = await month(west)
  expect(own).toMatchObject({ month: '2026-11', months: ['2026-11'], asked: [] })
  expect(own.units).toEqual([
    expect.objectContaining({
      ...{ key: WEST, name: '西城街道', cases: 1, orders: 1 },
      contacted: { n: 1, of: 1, percent: null },
      redone: { n: 0, of: 1, percent: null },
      upheld: { n: 0, of: 0, percent: null },
    }),
  ])
  expect(own.categories).toEqual([expect.objectContaining({ key: 'lift', name: '电梯', cases: 1 })])
  expect(await month(await api.desk('desk'))).toMatchObject({ units: [{ key: WEST }], total: { cases: 1 } })
  expect((await month(await api.desk('east'))).units).toEqual([])
  expect((await (await api.desk('worker')).get('/api/staff/assessment')).statusCode).toBe(403)
  expect((await month(west, '?month=2026-10')).units).toEqual([])
  expect((await west.get('/api/staff/assessment?month=gone')).statusCode).toBe(400)
})

it('the cases behind a number', async () => {
  await end()
  const behind = async (who: Browser, query: string) =>
    (await who.get(`/api/staff/assessment/cases?month=2026-11&${query}`)).json().rows
  expect(await behind(west, 'what=contacted&value=1')).toMatchObject([{ code, order: null, value: 1 }])
  expect(await behind(west, 'what=contacted&value=0')).toEqual([])
  expect(await behind(west, `what=orders&unit=${WEST}`)).toMatchObject([{ code, order: 'grab' }])
  expect(await behind(west, 'what=cases&category=water')).toEqual([])
  expect(await behind(await api.desk('east'), 'what=cases')).toEqual([])
  expect((await west.get('/api/staff/assessment/cases?month=2026-11&what=points')).statusCode).toBe(400)
})

it('a workbook with a sheet by unit and one by category', async () => {
  await end()
  const answer = await west.get('/api/staff/assessment.xlsx?month=2026-11')
  expect(answer.headers['content-type']).toContain('spreadsheetml')
  expect(answer.headers['content-disposition']).toBe('attachment; filename="assessment-2026-11.xlsx"')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(answer.rawPayload as unknown as ExcelJS.Buffer)
  expect(book.worksheets.map(sheet => sheet.name)).toEqual(['按单位', '按类别'])
  const sheet = book.worksheets[0]!
  expect(sheet.getCell('A4').value).toBe('西城街道')
  expect([sheet.getCell('B4').value, sheet.getCell('D4').value, sheet.getCell('E4').value]).toEqual([1, 1, 1])
  expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', printTitlesRow: '1:3' })
  expect((await (await api.desk('worker')).get('/api/staff/assessment.xlsx')).statusCode).toBe(403)
})

it('asked for by the town, put right by the district, seen on the case', async () => {
  api.pass(10 * 86_400_000)
  west = await api.desk('west')
  await end()
  const [mine] = await ofCase(west)
  expect(mine).toMatchObject({ order: null, mayAsk: true, mayReview: false, asked: false })
  expect(mine.measures).toContainEqual({ key: 'answered', computed: 0, value: 0, reviewed: false })
  const asked = await west.post(`/api/staff/assessments/${mine.id}/ask`, { reason: '雪灾停工三天' })
  expect(asked.json().rows[0]).toMatchObject({ asked: true, mayAsk: false })
  const again = await west.post(`/api/staff/assessments/${mine.id}/ask`, { reason: '雪灾停工三天' })
  expect([again.statusCode, again.json().error.message]).toEqual([
    409,
    '已经申请过一次复核，请看区里的答复。',
  ])
  const desk = await api.desk('desk')
  expect((await month(desk)).asked).toMatchObject([{ case: code, unit: '西城街道', reason: '雪灾停工三天' }])
  expect((await month(west)).asked).toEqual([])
  const url = `/api/staff/assessments/${mine.id}/review`
  expect((await west.post(url, { reason: '自己改', values: { answered: 1 } })).statusCode).toBe(403)
  expect((await desk.post(url, { reason: '', values: {} })).statusCode).toBe(400)
  const put = await desk.post(url, { reason: '停工属实', values: { answered: 1 } })
  expect(put.json().rows[0].measures).toContainEqual({
    key: 'answered',
    computed: 0,
    value: 1,
    reviewed: true,
  })
  expect((await month(desk)).units[0].answered).toEqual({ n: 1, of: 1, percent: null })
  expect((await ofCase(west))[0].said.map((line: { kind: string }) => line.kind)).toEqual([
    'asked',
    'reviewed',
  ])
  expect((await (await api.desk('east')).get(`/api/staff/cases/${code}/assessment`)).statusCode).toBe(404)
})

it('nothing of it on the resident’s page', async () => {
  await end()
  const page = JSON.stringify((await resident.get(`/api/resident/cases/${code}`)).json())
  expect(page).not.toMatch(/考评|assess|contacted"/)
})

it('templates of a case: the best fitting first, filled as far as it is known, and not sent with a blank', async () => {
  const told = async (verb: string) =>
    (await west.get(`/api/staff/cases/${code}/templates?verb=${verb}`)).json().templates as {
      key: string
      fits: string
      fields: Record<string, string>
    }[]
  const answers = await told('answer')
  expect(answers[0]).toMatchObject({ key: 'liftFixed', fits: 'category' })
  expect(answers[0]!.fields.result).toMatch(/^红山郡.*的电梯已经修好，____起/)
  expect(answers.map(one => one.key)).not.toContain('heatingWarm')
  expect(answers.map(one => one.key)).not.toContain('liftRedo')
  expect(answers.at(-1)!.fits).toBe('any')
  const interim = (await told('message')).find(one => one.key === 'interimReport')!
  expect(interim.fields.text).toMatch(/目前____。西城街道最晚 11月\d+日 .* 答复您/)
  expect(await told('grab')).toEqual([])
  const body = { ...answers[0]!.fields, ticks: [1, 2, 3, 4, 5] }
  const sent = await west.post(`/api/staff/cases/${code}/steps/answer`, body)
  expect([sent.statusCode, sent.json().error.details[0]]).toEqual([
    422,
    { field: 'result', why: '还有 ____ 没有填，请填上或删掉' },
  ])
  const refused = await west.post(`/api/staff/cases/${code}/steps/answer`, {
    ...{ result: '修好了', facts: '换了件', basis: '合同', ticks: [1, 2, 3, 4, 5] },
  })
  expect(refused.statusCode).toBe(200)
  await resident.say(`评价 ${code} 没解决`)
  await resident.say('1')
  expect((await told('answer')).slice(0, 3).map(one => [one.key, one.fits])).toEqual([
    ['liftRedo', 'both'],
    ['liftFixed', 'category'],
    ['redoDone', 'state'],
  ])
})
