import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import type { StaffRole } from '../../src/rules/people/roles.ts'
import { DISTRICT, WEST } from '../actions/staff.ts'
import { Life, type Weather } from './life.ts'
import { GRIEVANCE, grievance, MEDIATION, mediation, VISITS, visits } from './lives.ts'

/** Whole lives by an official account in safe mode, in every weather: each is told each thing once, in order, and nothing is lost. */

const HOUR = 3_600_000
const SMS = {
  ...{ SMS_PROVIDER: 'tencent', SMS_SECRET_ID: 'AKID', SMS_SECRET_KEY: 'KEY', SMS_APP_ID: '1400006666' },
  ...{ SMS_SIGN: '红山回音', SMS_TEMPLATE: '449739' },
}
const FOLLOWERS = ['oWang', 'oLi', 'oHan', 'oFather']
/** Meetings of this day begin an hour after their last reminder: no outage then, it would outlive the reminder. */
const MEETING_DAY = '2026-11-09'

let down = { since: 0, until: 0 }

/** Two hours without an API, from the moment somebody is to be told something. */
async function outage(life: Life): Promise<void> {
  const now = Date.parse(life.town.house.now())
  const { state } = life.town.rules
  if (state.down && now < down.until) return
  state.down = false
  const due = await life.count(
    `SELECT COUNT(*) AS "n" FROM "Notice" WHERE "state" = 'waiting' AND "attempts" = 0`,
  )
  if (due === 0 || now < down.until || life.town.house.now().startsWith(MEETING_DAY)) return
  down = { since: now, until: now + 2 * HOUR }
  state.down = true
}

/** Everything sent once more, thrice at once, and the word on it as well. */
async function wordsThrice(life: Life): Promise<void> {
  for (const { openid, msgid } of life.town.rules.results.splice(0)) {
    const word = { MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID: msgid, Status: 'success' }
    await Promise.all([1, 2, 3].map(() => life.town.push(openid, word)))
  }
}

const thrice = async (_: Life, send: () => Promise<string>) => {
  const answers = await Promise.all([send(), send(), send()])
  expect(new Set(answers).size).toBe(1)
  return answers[0]!
}

/** The first two answers are lost on the way; then what was said before comes once more, long answered. */
const lost = async (life: Life, send: () => Promise<string>) => {
  const answers = [await send(), await send(), await send()]
  expect(new Set(answers).size).toBe(1)
  for (const old of life.sent.slice(-3, -1).reverse()) await old()
  return answers[0]!
}

const closed = (life: Life) => {
  for (const openid of FOLLOWERS) life.town.rules.follower(openid).until = 0
}
const refusing = (life: Life) => {
  closed(life)
  for (const openid of FOLLOWERS) life.town.rules.follower(openid).follows = false
}
let turns = 0
const tokens = async (life: Life) => {
  // A token is in hand, and ends before it is used.
  await life.town.channels.wechat!.account.client.call('/cgi-bin/menu/create', { json: {} })
  if (turns++ % 2) life.town.rules.state.token = 'another one'
  else life.town.rules.state.tokenUntil = 0
}

const BOTH = ['template', 'wechat']
/** Each weather, and the ways by which words then reach somebody whose phone we know, and somebody of whom we know none. */
const WEATHERS: Record<
  string,
  Weather & { ways: string[]; unknown?: string[]; sees?: (life: Life) => Promise<void> }
> = {
  fair: { ways: BOTH },
  'every push thrice at once': { ways: BOTH, bring: thrice, after: wordsThrice },
  'answers lost, old pushes again': { ways: BOTH, bring: lost },
  'no API for two hours, text messages at hand': {
    ways: BOTH,
    before: outage,
    env: SMS,
    sees: tried('noAnswer'),
  },
  'the token ends in the middle': { ways: BOTH, before: tokens, sees: refusedOnce },
  'windows shut early (45015)': { ways: ['template'], before: closed, sees: tried('45015') },
  'unfollowed (43004), text messages': { ways: ['sms'], unknown: ['givenUp'], before: refusing, env: SMS },
  'all refuse': { ways: ['givenUp'], before: refusing },
}

/** The weather was felt: a word had to be tried again, or another way. */
function tried(why: string) {
  return async (life: Life) =>
    expect(
      await life.count(`SELECT COUNT(*) AS "n" FROM "NoticeTry" WHERE "outcome" = '${why}'`),
    ).toBeGreaterThan(0)
}

/** A refused token costs one call more and one token more, and no word. */
async function refusedOnce(life: Life): Promise<void> {
  const { counts, state } = life.town.rules
  const calls =
    (counts['/cgi-bin/message/custom/send'] ?? 0) + (counts['/cgi-bin/message/template/send'] ?? 0)
  const words = (counts.custom ?? 0) + (counts.template ?? 0)
  expect(calls).toBeGreaterThan(words)
  expect(calls).toBeLessThanOrEqual(words + state.tokens)
  expect(await life.count(`SELECT COUNT(*) AS "n" FROM "NoticeTry" WHERE "outcome" <> 'sent'`)).toBe(0)
}

let life: Life
afterEach(async () => {
  expect(life.town.faults).toEqual([])
  expect((await brokenPromises(life.town.house.store.read)).broken).toEqual([])
  await life.town.close()
})
afterAll(() => nock.cleanAll())

async function begin(weather: Weather): Promise<void> {
  down = { since: 0, until: 0 }
  life = await Life.begin(weather)
  nock.cleanAll()
  nock('https://sms.tencentcloudapi.com')
    .persist()
    .post('/')
    .reply(200, (_, body) => {
      const { PhoneNumberSet: [phone = ''] = [], TemplateParamSet = [] } = body as Record<string, string[]>
      life.texts.push({ phone: phone.replace('+86', ''), text: TemplateParamSet.join(' | ') })
      return { Response: { SendStatusSet: [{ Code: 'Ok', SerialNo: String(life.texts.length) }] } }
    })
}

const cases = () => life.count('SELECT COUNT(*) AS "n" FROM "Case"')

/** What a member of staff is asked to say by telephone, by whom it is for. */
async function toCall(role: StaffRole, unit: string): Promise<string[]> {
  await life.town.staff('caller', role, unit)
  const { rows } = (await (await life.town.desk('caller')).get('/api/staff/notices?state=givenUp')).json()
  return (rows as { recipient: string; notice: string }[])
    .map(row => `${row.recipient} ${row.notice}`)
    .filter(row => !row.includes('undefined'))
    .sort()
}
const of = (who: string, keys: readonly string[]) =>
  keys.map(key => `${key.startsWith('resident.') ? '居民' : who} ${key}`).sort()

describe.each(Object.entries(WEATHERS))('%s', (_, { ways, unknown = ways, sees, ...weather }) => {
  const lostOf = (kinds: string[], who: string, keys: readonly string[]) =>
    kinds.includes('givenUp') ? of(who, keys) : []

  it('a grievance', async () => {
    await begin(weather)
    await grievance(life, 'oWang')
    expect(await life.told('oWang', '13800000000')).toEqual({ keys: GRIEVANCE, ways, wrong: [] })
    expect(await cases()).toBe(1)
    expect(await toCall('townClerk', WEST)).toEqual(lostOf(ways, '居民', GRIEVANCE))
    await sees?.(life)
  }, 60_000)

  it('a mediation', async () => {
    await begin(weather)
    await mediation(life, 'oWang', 'oLi')
    expect(await life.told('oWang', '13800000001')).toEqual({ keys: MEDIATION.applicant, ways, wrong: [] })
    expect(await life.told('oLi')).toEqual({ keys: MEDIATION.other, ways: unknown, wrong: [] })
    expect(await cases()).toBe(1)
    const lost = [
      ...lostOf(ways, '申请人', MEDIATION.applicant),
      ...lostOf(unknown, '另一方', MEDIATION.other),
    ]
    expect(await toCall('panelSecretary', 'P01')).toEqual(lost.sort())
    await sees?.(life)
  }, 60_000)

  it('visits of a volunteer', async () => {
    await begin(weather)
    const phone = await visits(life, 'oHan', 'oFather')
    expect(await life.told('oHan', phone)).toEqual({ keys: VISITS.volunteer, ways, wrong: [] })
    const { ways: reached, ...father } = await life.told('oFather')
    expect(father).toEqual({ keys: VISITS.parent, wrong: [] })
    expect(await cases()).toBe(1)
    const lost = [
      ...lostOf(ways, '义务家长 韩梅', VISITS.volunteer),
      ...lostOf(unknown, '小禾 的家长', VISITS.parent),
    ]
    expect(await toCall('careCoordinator', DISTRICT)).toEqual(lost.sort())
    await sees?.(life)
    expect(reached).toHaveLength(1)
  }, 60_000)
})

it('a reminder worth two hours does not outlive an outage of two: the panel is asked to call, and nothing comes too late', async () => {
  await begin({
    before: ({ town }) => {
      town.rules.state.down =
        town.house.now() >= '2026-11-09T00:00:00.000Z' && town.house.now() < '2026-11-09T02:30:00.000Z'
    },
  })
  await mediation(life, 'oWang', 'oLi')
  expect(await toCall('panelSecretary', 'P01')).toEqual([
    '另一方 side.remind2hours',
    '申请人 side.remind2hours',
  ])
  expect(await life.told('oLi')).toMatchObject({ wrong: [] })
}, 60_000)
