import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliver, type Pusher } from '../../scripts/wechat-fake/push.ts'
import { FakeRules } from '../../scripts/wechat-fake/rules.ts'
import { serveFake } from '../../scripts/wechat-fake/server.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { openStore, type Store } from '../../src/store/db.ts'
import { Desk } from './by-desk.ts'
import { chanceOf, pause } from './chance.ts'
import { makeService, type Service } from './service.ts'

/**
 * Residents by an official account in safe mode: answers lost on the way, pushes that come three times and once more much later, tokens that end in
 * the middle, clerks at work, and the process killed again and again. `CRASH_SEED` repeats the moments of an earlier run.
 */
const KILLS = Number(process.env.CRASH_KILLS ?? 5)
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
const ACCOUNT = {
  ...{ token: 'crashToken', appId: 'wxcrash0000000001', secret: 'crash-secret' },
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const RESIDENTS = 6
const MATTER = ['3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', '3', '1']

const dataDir = mkdtempSync(join(tmpdir(), 'huiyin-crash-'))
const rules = new FakeRules({ ...ACCOUNT })
const chance = chanceOf(SEED)
let service: Service
let store: Store
let desk: Desk
let fake: Awaited<ReturnType<typeof serveFake>>
/** What each resident was answered to their last word: their number stands in it. */
const receipts = new Map<string, string>()
let repeats = 0

/** Says one thing until WeChat got an answer through; a repeat long after must change nothing. */
async function say(pusher: Pusher, openid: string, id: string, words: string): Promise<void> {
  const fields = { MsgType: 'text', Content: words, MsgId: id }
  rules.acted(openid, 'message')
  for (;;) {
    const answer = await deliver(pusher, openid, fields, { lose: () => chance() < 0.15 })
    if (!answer) {
      await pause(200)
      continue
    }
    if (answer.words) rules.give({ openid, kind: 'passive', text: answer.words })
    break
  }
  if (chance() < 0.3) rules.state.tokenUntil = 0
}

async function resident(pusher: Pusher, openid: string): Promise<void> {
  for (const [n, words] of MATTER.entries()) {
    await say(pusher, openid, `${openid}-${n}`, words)
    // A push that overtook another, or was thought lost, comes once more: nobody sees an answer to it.
    if (n > 0 && chance() < 0.5) {
      await deliver(pusher, openid, { MsgType: 'text', Content: MATTER[n - 1]!, MsgId: `${openid}-${n - 1}` })
      repeats += 1
    }
  }
  const seen = () => rules.delivered.filter(one => one.openid === openid).map(one => one.text)
  while (!/HS-\d{8}-\d{4}/.test(seen().join('\n'))) await pause(100)
  receipts.set(openid, /HS-\d{8}-\d{4}/.exec(seen().join('\n'))![0])
}

beforeAll(
  async () => {
    fake = await serveFake(rules)
    service = await makeService(dataDir, {
      ...{ WECHAT_TOKEN: ACCOUNT.token, WECHAT_APP_ID: ACCOUNT.appId, WECHAT_APP_SECRET: ACCOUNT.secret },
      ...{ WECHAT_AES_KEY: ACCOUNT.aesKey, WECHAT_API_BASE: fake.base, WECHAT_TEMPLATES: 'progress=CRASH' },
    })
    process.stdout.write(`crash by WeChat: CRASH_SEED=${SEED} CRASH_KILLS=${KILLS}\n`)
    const link = await service.command('user', 'add', 'wang', '王一', 'townClerk', '150402010')
    await service.start()
    desk = await new Desk(service, '王一', chanceOf(SEED + 1)).enter(link)
    const pusher: Pusher = { ...ACCOUNT, callback: `http://127.0.0.1:${service.port}/wechat/callback` }
    let goHome = false
    const clerk = desk.work(() => goHome)
    const people = Array.from({ length: RESIDENTS }, (_, n) => resident(pusher, `oCrash${n}`))
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(300 + chance() * 900)
      await service.kill()
      await service.start()
    }
    await Promise.all(people)
    while (desk.done.filter(one => one.verb === 'answer').length < RESIDENTS) await pause(100)
    goHome = true
    await clerk
    store = await openStore({
      url: `file:${join(dataDir, 'huiyin.db')}`,
      secret: readFileSync(join(dataDir, 'secret.key'), 'utf8').trim(),
    })
    while (await busy()) await pause(200)
    await service.stop()
  },
  180_000 + KILLS * 20_000,
)

const count = async (sql: string) => Number((await store.read.sql.get<{ n: number }>(sql))?.n)
/** Something is still to be said. */
const busy = async () =>
  (await count(
    `SELECT (SELECT COUNT(*) FROM "Notice" WHERE "personId" IS NOT NULL AND "state" IN ('waiting', 'sending'))
          + (SELECT COUNT(*) FROM "Pushed" WHERE "state" IN ('waiting', 'saying')) AS "n"`,
  )) > 0

afterAll(async () => {
  await store?.close()
  await service?.kill()
  await fake?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

it('opens one case for each, and nobody hears an answer twice', async () => {
  expect(service.complaints).toEqual([])
  expect(new Set(receipts.values()).size).toBe(RESIDENTS)
  expect(await count('SELECT COUNT(*) AS "n" FROM "Case"')).toBe(RESIDENTS)
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Message" WHERE "sender" = 'me'`)).toBe(
    RESIDENTS * MATTER.length,
  )
})

it('says each thing the clerks said once, at most one more for each kill, in order, and lists what nobody can be sure of', async () => {
  const unknown = await count(`SELECT COUNT(*) AS "n" FROM "Notice" WHERE "state" = 'unknown'`)
  let twice = 0
  let missing = 0
  for (const [openid, code] of receipts) {
    const said = rules.delivered.filter(one => one.openid === openid).map(one => one.text)
    const marks = desk.done.filter(one => one.code === code && one.mark !== '').map(one => one.mark)
    const places = marks.map(mark => said.findIndex(text => text.includes(mark)))
    missing += places.filter(place => place < 0).length
    for (const mark of marks) twice += Math.max(0, said.filter(text => text.includes(mark)).length - 1)
    const found = places.filter(place => place >= 0)
    expect(found).toEqual([...found].sort((a, b) => a - b))
  }
  process.stdout.write(
    `crash by WeChat: ${JSON.stringify({ repeats, twice, missing, unknown, kills: KILLS })}\n`,
  )
  expect(twice).toBeLessThanOrEqual(KILLS)
  // What did not arrive as words is in the list, or went by its short form.
  const short = rules.delivered.filter(one => one.kind === 'template').length
  expect(missing).toBeLessThanOrEqual(unknown * 3 + short)
})

it('keeps its promises', async () => {
  expect((await brokenPromises(store.read)).broken).toEqual([])
})
