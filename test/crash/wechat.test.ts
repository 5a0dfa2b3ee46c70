import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliver, type Pusher } from '../../scripts/wechat-fake/push.ts'
import { FakeRules } from '../../scripts/wechat-fake/rules.ts'
import { serveFake } from '../../scripts/wechat-fake/server.ts'
import { newLinkCode } from '../../src/actions/care/visits.ts'
import type { House } from '../../src/actions/house.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { noticeBubble } from '../../src/bot/wording.ts'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder, wordFiles } from '../../src/load.ts'
import { openStore } from '../../src/store/db.ts'
import { personAt } from '../../src/store/persons.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { makeWords } from '../../src/words.ts'
import { paired } from '../actions/care/people.ts'
import { clerk, DISTRICT } from '../actions/staff.ts'
import type { TestHouse } from '../house.ts'
import { Desk } from './by-desk.ts'
import { Caller } from './caller.ts'
import { chanceOf, pause } from './chance.ts'
import { countPhone } from './phones.ts'
import { makeService, type Service } from './service.ts'

/**
 * People by an official account in safe mode: grievances, mediations of two sides, reports of visits; answers lost on the way, pushes that come three
 * times and once more much later, tokens that end in the middle, staff at work, and the process killed again and again. They go on with new matters
 * until the last kill. `CRASH_WECHAT=50` kills often, `CRASH_SEED` repeats the moments of an earlier run.
 */
const KILLS = Number(process.env.CRASH_WECHAT ?? process.env.CRASH_KILLS ?? 4)
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
const ACCOUNT = {
  ...{ token: 'crashToken', appId: 'wxcrash0000000001', secret: 'crash-secret' },
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const RESIDENTS = 4
const COUPLES = 2
const CHILDREN = ['小禾', '小满']
const LIFT = ['3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', '3', '1']
const QUARREL = [
  ...['我要调解，物业公司三年没公布公共收益，我电话13800000001', '1', '3', '红山郡3号楼', '跳过'],
  ...['没有', '红山物业公司', '1', '以后再给', '1'],
]
const VISIT = ['昨天去看过了，孩子挺好', '1']
const CODE = /HS-\d{8}-\d{4}/

const dataDir = mkdtempSync(join(tmpdir(), 'huiyin-crash-'))
const rules = new FakeRules({ ...ACCOUNT })
const chance = chanceOf(SEED)
let service: Service
let house: House
let desk: Desk
let panel: Caller
let pusher: Pusher
let fake: Awaited<ReturnType<typeof serveFake>>
/** What everybody said, by the ids their messages had. */
const said = new Map<string, string[]>()
/** Numbers of the cases people were told of. */
const told = { lifts: [] as string[], quarrels: [] as string[], visits: 0 }
let over = false
let again = 0

/** Says one thing until WeChat got an answer through; a repeat long after must change nothing. */
async function say(openid: string, words: string): Promise<void> {
  const mine = said.get(openid) ?? []
  said.set(openid, mine)
  const MsgId = `${openid}-${mine.length}`
  mine.push(`${ACCOUNT.appId}:${MsgId}`)
  rules.acted(openid, 'message')
  const fields = { MsgType: 'text', Content: words, MsgId }
  let answer = null
  while (!answer) {
    answer = await deliver(pusher, openid, fields, { lose: () => chance() < 0.15 })
    if (!answer) await pause(200)
  }
  if (answer.words) rules.give({ openid, kind: 'passive', text: answer.words })
  if (chance() < 0.3) rules.state.tokenUntil = 0
  // What was thought lost comes once more, when the next is long said: nobody sees an answer to it.
  if (chance() < 0.3) {
    await deliver(pusher, openid, fields)
    again += 1
  }
}

const seen = (openid: string) =>
  rules.delivered
    .filter(one => one.openid === openid)
    .map(one => one.text)
    .join('\n')

async function codeOf(openid: string): Promise<string> {
  while (!CODE.test(seen(openid))) await pause(100)
  return CODE.exec(seen(openid))![0]
}

async function grievance(openid: string): Promise<void> {
  for (const words of LIFT) await say(openid, words)
  told.lifts.push(await codeOf(openid))
}

/** Asked for in the chat, admitted by the panel, consented to on the page of the invitation; words to each side alone; no agreement. */
async function mediation(openid: string): Promise<void> {
  const other = `${openid}B`
  for (const words of QUARREL) await say(openid, words)
  const code = await codeOf(openid)
  told.quarrels.push(code)
  const at = `/api/staff/mediations/${code}`
  const state =
    (...states: string[]) =>
    (shown: string) =>
      states.includes((JSON.parse(shown) as { state: string }).state)
  const step = (verb: string, form: object, ...then: string[]) =>
    panel.press(`${at}/steps/${verb}`, form, at, state(...then))
  await step('admit', {}, 'inviting')
  await say(other, '你好')
  const side = await new Caller(service).enterByWechat(other)
  const { letterCode } = JSON.parse(await panel.press(`${at}/letter`, {}, at, () => false)) as {
    letterCode: string
  }
  const own = '/api/resident/mediations'
  await side.press(`${own.replace('mediations', 'invitations')}`, { token: letterCode }, own, shown =>
    shown.includes(code),
  )
  await side.press(`${own}/${code}/steps/consent`, {}, `${own}/${code}`, state('booking'))
  for (const whom of ['applicant', 'other'])
    for (const words of [`单独告诉${whom}第一句`, `单独告诉${whom}第二句`])
      await panel.press(`${at}/words`, { side: whom, text: words }, at, shown => shown.includes(words))
  await step('fail', { reason: '分歧太大，谈不拢', routes: ['court', 'legalAid'] }, 'failed')
  side.close()
}

async function visit(openid: string): Promise<void> {
  for (const words of VISIT) await say(openid, words)
  told.visits += 1
}

/** One after another until the last kill: each of a grievance or a mediation by somebody new. */
async function onAndOn(n: number, life: (openid: string) => Promise<void>, name: string, isNew = true) {
  let round = 0
  do await life(`o${name}${n}${isNew ? `r${round++}` : ''}`)
  while (!over)
}

/** Volunteers with a child each, and the codes that link their chats, written while no process runs. */
async function planted(): Promise<string[]> {
  const { store } = house
  const t = { house } as TestHouse
  const who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  const codes = []
  for (const pseudonym of CHILDREN) {
    const { volunteerId } = await paired(t, who, { pseudonym, linked: false })
    const made = await newLinkCode(house, who, volunteerId)
    if (made.ok) codes.push(made.code)
  }
  await store.close()
  return codes
}

/** The ledger as we look at it from outside. */
async function look(): Promise<void> {
  const district = loadDistrict(districtFolder('hongshan'))
  const words = makeWords(wordFiles(), district.zone)
  const store = await openStore({
    url: `file:${join(dataDir, 'huiyin.db')}`,
    secret: readFileSync(join(dataDir, 'secret.key'), 'utf8').trim(),
  })
  house = {
    ...{ store, district, shelf: openShelf(join(dataDir, 'files')), now: () => new Date().toISOString() },
    bubble: (notice, language, body) => JSON.stringify(noticeBubble(words, language, notice, body)),
    exampleOf: () => null,
  }
}

async function lived(codes: readonly string[]): Promise<void> {
  for (const [n, code] of codes.entries()) await say(`oHan${n}`, code)
  const many = (count: number, life: (openid: string) => Promise<void>, name: string, isNew = true) =>
    Array.from({ length: count }, (_, n) => onAndOn(n, life, name, isNew))
  const people = [
    ...many(RESIDENTS, grievance, 'Wang'),
    ...many(COUPLES, mediation, 'Li'),
    ...many(codes.length, visit, 'Han', false),
  ]
  const all = Promise.all(people)
  for (let kill = 0; kill < KILLS; kill++) {
    await Promise.race([pause(300 + chance() * 900), all])
    await service.kill()
    await service.start()
  }
  over = true
  await all
}

beforeAll(
  async () => {
    fake = await serveFake(rules)
    service = await makeService(dataDir, {
      ...{ WECHAT_TOKEN: ACCOUNT.token, WECHAT_APP_ID: ACCOUNT.appId, WECHAT_APP_SECRET: ACCOUNT.secret },
      ...{ WECHAT_AES_KEY: ACCOUNT.aesKey, WECHAT_API_BASE: fake.base, WECHAT_TEMPLATES: 'progress=CRASH' },
      PUBLIC_URL: 'https://crash.example.cn',
    })
    pusher = { ...ACCOUNT, callback: `http://127.0.0.1:${service.port}/wechat/callback` }
    process.stdout.write(`crash by WeChat: CRASH_SEED=${SEED} CRASH_WECHAT=${KILLS}\n`)
    const link = await service.command('user', 'add', 'wang', '王一', 'townClerk', '150402010')
    const linkOfPanel = await service.command('user', 'add', 'sec', '钱一', 'panelSecretary', 'P01')
    await look()
    const codes = await planted()
    await service.start()
    desk = await new Desk(service, '王一', chanceOf(SEED + 1)).enter(link)
    panel = await new Caller(service).enter(linkOfPanel)
    let goHome = false
    const clerkAtWork = desk.work(() => goHome)
    await lived(codes)
    while (desk.done.filter(one => one.verb === 'answer').length < told.lifts.length) await pause(100)
    goHome = true
    await clerkAtWork
    panel.close()
    await look()
    while (await busy()) await pause(200)
    await service.stop()
  },
  180_000 + KILLS * 20_000,
)

const count = async (sql: string) => Number((await house.store.read.sql.get<{ n: number }>(sql))?.n)
/** Something is still to be said; what waits for the morning is said tomorrow. */
const busy = async () =>
  (await count(
    `SELECT (SELECT COUNT(*) FROM "Notice" WHERE "personId" IS NOT NULL AND ("state" = 'sending' OR "state" = 'waiting' AND "dueAt" <= '${new Date().toISOString()}'))
          + (SELECT COUNT(*) FROM "Pushed" WHERE "state" IN ('waiting', 'saying')) AS "n"`,
  )) > 0

afterAll(async () => {
  await house?.store.close()
  await service?.kill()
  await fake?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

it('opens one case for each matter, hears each message once, and writes each visit once', async () => {
  expect(service.complaints).toEqual([])
  const codes = [...told.lifts, ...told.quarrels]
  expect(new Set(codes).size).toBe(codes.length)
  expect(await count('SELECT COUNT(*) AS "n" FROM "Case"')).toBe(codes.length)
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Case" WHERE "state" = 'failed'`)).toBe(
    told.quarrels.length,
  )
  const messages = [...said.values()].flat().length
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Message" WHERE "sender" = 'me'`)).toBe(messages)
  expect(await count('SELECT COUNT(*) AS "n" FROM "Visit"')).toBe(told.visits)
})

it('every phone shows every answer and every notice once, in order; at most one more for each kill; what nobody can be sure of is listed', async () => {
  const sum = { repeats: 0, listed: 0, lost: [] as string[], strange: [] as string[] }
  for (const [openid, ids] of said) {
    const { personId } = (await personAt(house.store.read, {
      channel: 'wechat',
      appId: ACCOUNT.appId,
      address: openid,
    }))!
    const phone = rules.delivered.filter(one => one.openid === openid)
    const { lost, strange, repeats, listed } = await countPhone(house, phone, { personId, ids })
    sum.repeats += repeats
    sum.listed += listed
    sum.lost.push(...lost.filter(one => !one.endsWith(' waiting')).map(one => `${openid} ${one}`))
    sum.strange.push(...strange.map(one => `${openid} ${one}`))
  }
  const unknown = await count(`SELECT COUNT(*) AS "n" FROM "Notice" WHERE "state" = 'unknown'`)
  const notices = rules.delivered.filter(one => one.kind !== 'passive').length
  const figures = {
    kills: KILLS,
    people: said.size,
    cases: told.lifts.length + told.quarrels.length,
    visits: told.visits,
  }
  process.stdout.write(
    `crash by WeChat: ${JSON.stringify({ ...figures, again, notices, unknown, ...sum })}\n`,
  )
  expect(sum.lost).toEqual([])
  expect(sum.strange).toEqual([])
  expect(sum.repeats).toBeLessThanOrEqual(KILLS)
})

it('keeps its promises', async () => {
  expect((await brokenPromises(house.store.read)).broken).toEqual([])
})
