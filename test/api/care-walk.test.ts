import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Who } from '../../src/actions/rights.ts'
import { plainText } from '../../src/bot/wording.ts'
import { STAFF_ROLES } from '../../src/rules/people/roles.ts'
import { type NoticeRow, noticeBody } from '../../src/store/notices.ts'
import { PLANTED, paired, VILLAGE } from '../actions/care/people.ts'
import { DISTRICT } from '../actions/staff.ts'
import { everyRoute, leastOf, textOf, type Way } from './every-route.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** Every route of the service as everybody there is, with a child planted in the ledger: it must come out nowhere but where it may. */

const CARE = '/api/staff/care'
const GROWN = { guardian: '萧奶奶', parent: '萧父', phone: '13911110000' }
/** Where each role sits; everybody else at the district. */
const SEATS: Readonly<Record<string, string>> = {
  townClerk: '150402100',
  childDirector: VILLAGE,
  communityClerk: VILLAGE,
}

type Somebody = (typeof STAFF_ROLES)[number] | 'nobody' | 'resident' | 'volunteer' | 'parent'
const DESK = ['careCoordinator'] as const
/** Who may open a record by its pseudonym when a child is in danger, with a logged reason. */
const IN_EMERGENCY = [...DESK, 'childDirector', 'townClerk', 'districtDispatcher', 'districtLeader'] as const
const SHEET = [PLANTED.name, PLANTED.birthDate, PLANTED.address, GROWN.guardian, GROWN.phone]
/** What may stand in an answer, and for whom; nothing else may, for nobody. */
const MAY: readonly { way: string; who: readonly Somebody[]; words: readonly string[] }[] = [
  { way: `POST ${CARE}/children/:id/open`, who: ['careCoordinator', 'childDirector'], words: all() },
  { way: `POST ${CARE}/emergency`, who: IN_EMERGENCY, words: all() },
  { way: `GET ${CARE}/reports/:id/sheet`, who: DESK, words: SHEET },
  { way: `GET ${CARE}/letters/:id/docx`, who: DESK, words: [GROWN.parent] },
  { way: `GET ${CARE}/children/:id/history`, who: DESK, words: [GROWN.guardian] },
]
function all() {
  return [...Object.values(PLANTED), ...Object.values(GROWN)]
}

/** What takes the child, the session or the account away is tried last. */
const LAST = /\/(?:end|remove|move|withdraw|logout|password|keep)$/

let api: Api
const lines: string[] = []
/** Ways that told what they may: the walk would see a name if one were there. */
const seen = new Set<string>()
const answered = new Map<number, number>()
const people = new Map<Somebody, Browser>()
const ids: Record<string, string> = {}
let shapes: Record<
  string,
  Record<string, { requestBody?: { content: Record<string, { schema: object }> } }>
> = {}

beforeAll(async () => {
  api = await makeApi({ logged: line => void lines.push(line) })
  await seatEverybody()
  await plant()
}, 60_000)
afterAll(() => api.close())

async function seatEverybody() {
  for (const role of STAFF_ROLES) {
    const login = `walk-${role.toLowerCase()}`
    await api.staff(login, role, SEATS[role] ?? DISTRICT)
    people.set(role, await api.desk(login))
  }
  // As if everybody's second factor were set up.
  await api.house.store.write(async tx =>
    tx.sql.run(`UPDATE "Staff" SET "otpEnc" = x'00', "otpConfirmedAt" = ?`, api.house.now()),
  )
  for (const one of ['nobody', 'resident', 'volunteer', 'parent'] as const) {
    const browser = api.browser()
    if (one !== 'nobody') await browser.post('/api/resident/session', {})
    people.set(one, browser)
  }
}

/** A child whose name, birth date, school and address are known, and whose name is written wherever somebody can write. */
async function plant() {
  const desk = people.get('careCoordinator')!
  const me: Who = {
    staffId: (await desk.get('/api/staff/me')).json().id,
    name: '',
    members: [{ id: '', role: 'careCoordinator', unit: DISTRICT, path: DISTRICT }],
  }
  const made = await paired(api, me, { linked: false })
  Object.assign(ids, { child: made.childId, volunteer: made.volunteerId, pairing: made.pairingId })
  const volunteer = people.get('volunteer')!
  await volunteer.say((await desk.post(`${CARE}/volunteers/${ids.volunteer}/code`, {})).json().code)
  await volunteer.say(`昨天去看了${PLANTED.name}，缺学习用品，禾禾挺好`)
  for (const answer of ['1', '1', '这周去不了', '出差']) await volunteer.say(answer)
  ids.carer = (await desk.get(`${CARE}/children/${ids.child}`)).json().carers[1].id
  const { code } = (await desk.post(`${CARE}/children/${ids.child}/carers/${ids.carer}/code`, {})).json()
  await people.get('parent')!.say(code)
  const text = `${PLANTED.name}一切都好，请放心。`
  const letter = { pairing: ids.pairing, period: '2026-autumnTerm', text }
  ids.letter = (await desk.post(`${CARE}/letters`, letter)).json().id
  await desk.post(`${CARE}/letters/${ids.letter}/approve`, {})
  await people.get('parent')!.say('看信')
  const words = `${PLANTED.name}身上好多淤青`
  ids.report = (await desk.post(`${CARE}/children/${ids.child}/worry`, { words })).json().report
  await volunteer.say(`${PLANTED.name}胳膊上有淤青`)
  ids.absence = (await desk.get(`${CARE}/absences`)).json().absences[0].id
  ids.need = (await desk.get(`${CARE}/needs`)).json().needs[0].id
  ids.code = (await desk.get(`${CARE}/needs`)).json().needs[0].case
  ids.danger = (await desk.get(`${CARE}/reports`)).json().reports[0].case
  shapes = (await desk.get('/api/openapi.json')).json().paths
}

/** The address of a way, with the things that stand in the ledger. */
function addressOf({ path }: Way, code: string): string {
  const [, noun = ''] = /\/(\w+?)s?\/:id/.exec(path) ?? []
  const id = ids[noun === 'children' ? 'child' : noun] ?? ids.child!
  return path
    .replace(':carer', ids.carer!)
    .replace(':id', id)
    .replace(':code', code)
    .replace(':flow', 'visit')
    .replace('*', '')
    .replace(/:\w+/g, 'x')
}

const bodyOf = ({ path }: Way): object => {
  const known = shapes[path.replace(/:(\w+)/g, '{$1}')]?.post?.requestBody?.content
  const schema = known?.['application/json']?.schema
  const own = path === `${CARE}/emergency` ? { pseudonym: '小禾' } : {}
  return leastOf(schema, {
    ...{ ...ids, ...own },
    ...{ unit: VILLAGE, cover: ids.volunteer!, who: ids.volunteer! },
  }) as object
}

/** Asks one way as one person; what of the child stood in the answer although it must not. */
async function leaks(way: Way, who: Somebody, code: string): Promise<string[]> {
  const browser = people.get(who)!
  const url = addressOf(way, code)
  // A client of their own for each, or the limit of requests a minute would answer in place of the routes.
  const more = { remoteAddress: `10.0.0.${[...people.keys()].indexOf(who)}` }
  const answer: LightMyRequestResponse =
    way.method === 'GET'
      ? await browser.get(url, more)
      : await browser.post(url, bodyOf(way), { method: way.method, ...more })
  const said = `${textOf(answer.rawPayload)}\n${JSON.stringify(answer.headers)}`
  if (way.path.startsWith('/api/staff/c')) expect([way.path, answer.statusCode]).not.toEqual([way.path, 429])
  answered.set(answer.statusCode, (answered.get(answer.statusCode) ?? 0) + 1)
  const may = MAY.find(one => one.way === `${way.method} ${way.path}` && one.who.includes(who))
  if (may?.words.every(word => said.includes(word))) seen.add(may.way)
  return all()
    .filter(word => said.includes(word) && !(answer.statusCode === 200 && may?.words.includes(word)))
    .map(word => `${who} ${way.method} ${way.path}: ${word}`)
}

describe('need to know', () => {
  it('who asks for a record without need gets none, an administrator not even in an emergency', async () => {
    const opened = async (who: Somebody, emergency: boolean) =>
      (await people.get(who)!.post(`${CARE}/children/${ids.child}/open`, { reason: '核对电话', emergency }))
        .statusCode
    for (const who of ['administrator', 'auditor'] as const)
      expect([await opened(who, false), await opened(who, true)]).toEqual([403, 403])
    for (const who of ['townClerk', 'districtDispatcher', 'districtLeader'] as const)
      expect(await opened(who, false)).toBe(403)
  })

  it('every route as everybody: nothing of a child but in the answers meant for it', async () => {
    const ways = everyRoute(api.app).filter(({ path }) => !path.startsWith('/ws/'))
    expect(ways.length).toBeGreaterThan(120)
    expect(ways.filter(({ path }) => path.startsWith(CARE)).length).toBeGreaterThan(45)
    const found: string[] = []
    // The coordinator last: who may do nothing is asked while all is still there.
    for (const way of ways.sort((a, b) => turn(a) - turn(b)))
      for (const who of [...people.keys()].sort((a, b) => order(a) - order(b)))
        for (const code of way.path.includes(':code') ? [ids.code!, ids.danger!] : [''])
          found.push(...(await leaks(way, who, code)))
    expect(found).toEqual([])
    expect([...seen].sort()).toEqual(MAY.map(({ way }) => way).sort())
    expect(answered.get(200)).toBeGreaterThan(250)
  }, 120_000)

  it('no line of the log, no notice and no line of a talk names the child, its carers, or who reported', async () => {
    expect(lines.length).toBeGreaterThan(1_000)
    expect(lines.filter(line => [...all(), '韩梅'].some(word => line.includes(word)))).toEqual([])
    const { read } = api.house.store
    const rows = await read.sql.all<NoticeRow>('SELECT * FROM "Notice"')
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) {
      const body = await noticeBody(read, row)
      const bubble = api.house.bubble(row.notice as Parameters<typeof api.house.bubble>[0], 'zh-CN', body)
      const said = `${row.cause} ${JSON.stringify(body)} ${plainText(JSON.parse(bubble))}`
      expect([row.notice, all().filter(word => said.includes(word))]).toEqual([row.notice, []])
    }
  })
})

/** First what only reads, last what takes away. */
const turn = ({ method, path }: Way): number =>
  method === 'GET' || path.endsWith('/emergency') ? 0 : LAST.test(path) ? 2 : 1
const order = (who: Somebody): number => (who === 'careCoordinator' ? 1 : 0)
