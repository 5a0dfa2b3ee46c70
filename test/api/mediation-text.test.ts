import nock from 'nock'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMediation } from '../../src/actions/open-mediation.ts'
import { runOutbox } from '../../src/notify/outbox.ts'
import { APPLICATION } from '../actions/mediating.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** The invitation of the other side as a text message: the code alone, once, and a person calls where it does not arrive. */

const SMS = {
  SMS_PROVIDER: 'tencent',
  SMS_SECRET_ID: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  SMS_SECRET_KEY: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  SMS_APP_ID: '1400006666',
  SMS_SIGN: '红山回音',
  SMS_TEMPLATE: '449739',
}
const INVITES = { ...SMS, SMS_INVITE_TEMPLATE: '449740' }

let api: Api
let secretary: Browser
let code: string
afterEach(async () => {
  nock.cleanAll()
  await api.close()
})

async function open(env: Record<string, string>, application = APPLICATION) {
  api = await makeApi({ env })
  await api.staff('sec', 'panelSecretary', 'P01')
  secretary = await api.desk('sec')
  const browser = api.browser()
  await browser.post('/api/resident/session', {})
  const { id } = (await api.house.store.read.sql.get<{ id: string }>('SELECT "id" FROM "Person"'))!
  const opened = await api.house.store.write(tx =>
    openMediation(api.house, tx, id, application, api.house.now()),
  )
  code = opened.row.code
  await secretary.post(desk('/steps/admit'), {})
}
beforeEach(() => nock.disableNetConnect())

const desk = (path: string) => `/api/staff/mediations/${code}${path}`
const letter = async () => (await secretary.post(desk('/letter'), {})).json()
const send = (letterCode: string) => secretary.post(desk('/letter/text'), { letterCode })
const run = () => runOutbox(api.house, api.channels.senders, () => 0)
const rows = () =>
  api.house.store.read.sql.all<{ recipient: string; state: string; channel: string | null }>(
    `SELECT "recipient", "state", "channel" FROM "Notice" WHERE "notice" = 'invited.mediation'`,
  )
const answers = (answer: object, told: object[]) =>
  nock('https://sms.tencentcloudapi.com')
    .post('/', body => {
      told.push(body)
      return true
    })
    .reply(200, { Response: answer })

test('the code goes to the phone that was told, by its own template, once', async () => {
  await open(INVITES)
  const { letterCode, textTo } = await letter()
  expect(textTo).toBe('139****0002')
  expect((await send(letterCode)).statusCode).toBe(204)
  expect((await send(letterCode.toLowerCase())).statusCode).toBe(204)
  const told: object[] = []
  answers({ SendStatusSet: [{ Code: 'Ok', SerialNo: 'S1' }] }, told)
  await run()
  expect(told).toEqual([
    expect.objectContaining({
      PhoneNumberSet: ['+8613900000002'],
      TemplateId: '449740',
      TemplateParamSet: [letterCode],
    }),
  ])
  expect(JSON.stringify(told)).not.toContain(code)
  expect(await rows()).toEqual([
    { recipient: expect.stringMatching(/^party:/), state: 'sent', channel: 'sms' },
  ])
})

test('a newer letter, and who has come by it, end the older code', async () => {
  await open(INVITES)
  const first = await letter()
  const second = await letter()
  const old = await send(first.letterCode)
  expect([old.statusCode, old.json().error.message]).toEqual([409, expect.stringContaining('作废')])
  const other = api.browser()
  await other.post('/api/resident/session', {})
  await other.post('/api/resident/invitations', { token: second.letterCode })
  expect((await send(second.letterCode)).statusCode).toBe(409)
  expect(await rows()).toEqual([])
})

test('who comes before the text was sent gets none', async () => {
  await open(INVITES)
  const { letterCode } = await letter()
  await send(letterCode)
  const other = api.browser()
  await other.post('/api/resident/session', {})
  await other.post('/api/resident/invitations', { token: letterCode })
  await run()
  expect(await rows()).toEqual([expect.objectContaining({ state: 'cleared', channel: null })])
})

test('where it cannot arrive the panel is asked to call', async () => {
  await open(INVITES)
  const { letterCode } = await letter()
  await send(letterCode)
  answers({ SendStatusSet: [{ Code: 'InvalidParameterValue.IncorrectPhoneNumber' }] }, [])
  await run()
  expect((await rows())[0]).toMatchObject({ state: 'givenUp' })
  const line = await api.house.store.read.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Entry" WHERE "verb" = 'unreached'`,
  )
  expect(line?.n).toBe(1)
})

test('without a template of its own there is no such offer', async () => {
  await open(SMS)
  const { letterCode, textTo } = await letter()
  expect([textTo, (await send(letterCode)).statusCode]).toEqual([undefined, 404])
})
