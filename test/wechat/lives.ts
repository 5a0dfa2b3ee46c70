import { newCarerCode } from '../../src/actions/care/carers.ts'
import { approveLetter } from '../../src/actions/care/letters.ts'
import { newLinkCode } from '../../src/actions/care/visits.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { carersOf } from '../../src/store/care/carers.ts'
import { lettersOf } from '../../src/store/care/letters.ts'
import { volunteerName } from '../../src/store/care/volunteers.ts'
import { paired } from '../actions/care/people.ts'
import { AGREEMENT, panelStaff, RECORD, step } from '../actions/mediating.ts'
import { ANSWER, clerk, DISTRICT, WEST } from '../actions/staff.ts'
import type { Life } from './life.ts'

/** Whole lives of matters, told as what their people do. Each answers with the number of its case. */

const codeIn = (text: string) => /HS-\d{8}-\d{4}/.exec(text)?.[0] ?? text

/** A lift: told in the chat, taken up, asked about, answered, not solved, answered again, solved. */
export async function grievance(life: Life, me: string): Promise<string> {
  const { house } = life.town
  const west = await clerk(life.town, `west of ${me}`, 'townClerk', WEST)
  await life.say(me, '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await life.say(me, '3')
  const code = codeIn(await life.say(me, '1'))
  const desk = async (verb: Parameters<typeof moveCase>[3], form: object = {}) => {
    const done = await moveCase(house, west, code, verb, form as Record<string, unknown>)
    if (!done.ok) throw new Error(`${verb}: ${JSON.stringify(done)}`)
  }
  await life.until('2026-11-03T02:31:00.000Z')
  await desk('grab')
  await life.until('2026-11-04T02:00:00.000Z')
  await desk('message', { text: '师傅明天上午到' })
  await life.until('2026-11-06T02:00:00.000Z')
  await desk('answer', ANSWER)
  await life.until('2026-11-06T08:00:00.000Z')
  await life.say(me, '没解决')
  await life.say(me, '还是不动')
  await life.until('2026-11-09T02:00:00.000Z')
  await desk('answer', { ...ANSWER, result: '换了新的主板' })
  await life.until('2026-11-09T09:00:00.000Z')
  await life.say(me, '解决了，满意')
  await life.until('2026-11-12T09:00:00.000Z')
  return code
}

export const GRIEVANCE = ['resident.taken', 'resident.message', 'resident.answered', 'resident.answered']

const MONDAY = '2026-11-09T01:00:00.000Z'

/** A mediation: asked for in the chat, consented to on the page of the invitation, held, agreed, kept, visited, filed. */
export async function mediation(life: Life, me: string, other: string): Promise<string> {
  const { town } = life
  const { house } = town
  const secretary = { staff: await panelStaff(house, 'sec', 'panelSecretary') }
  const mediator = { staff: await panelStaff(house, 'med', 'mediator') }
  for (const words of ['我要调解，物业公司三年没公布公共收益，我电话13800000001', '1', '3', '红山郡3号楼'])
    await life.say(me, words)
  for (const words of ['跳过', '没有', '红山物业公司', '1', '以后再给']) await life.say(me, words)
  const code = codeIn(await life.say(me, '1'))
  const side = `/mediations/${code}`
  await life.until('2026-11-03T06:00:00.000Z')
  await step(house, secretary, code, 'admit')
  const { made } = await step(house, secretary, code, 'invite')
  await life.say(other, '你好')
  await life.press(other, '/invitations', { token: made.token })
  await life.until('2026-11-04T02:00:00.000Z')
  await life.press(other, `${side}/steps/consent`)
  await life.until('2026-11-04T08:00:00.000Z')
  await life.press(other, `${side}/steps/mark`, { marks: [MONDAY] })
  await life.press(me, `${side}/steps/mark`, { marks: [MONDAY, '2026-11-09T02:00:00.000Z'] })
  const { session } = await life.press(me, `${side}/hold`, { startsAt: MONDAY })
  await life.press(me, `${side}/steps/book`, { session: session.id })
  await life.until('2026-11-07T02:00:00.000Z', 240)
  await life.say(me, '1')
  await life.until('2026-11-08T23:30:00.000Z', 240)
  await life.until('2026-11-09T01:05:00.000Z', 30)
  await step(house, mediator, code, 'begin', { told: true })
  await step(house, mediator, code, 'agree', { record: RECORD, agreement: AGREEMENT })
  const kept = async (no: number) => {
    const row = await house.store.read.sql.get<{ id: string }>(
      `SELECT p."id" FROM "Promised" p JOIN "Case" c ON c."id" = p."caseId" WHERE c."code" = ? AND p."no" = ?`,
      ...[code, no],
    )
    await step(house, mediator, code, 'keep', { promise: row!.id })
  }
  await life.until('2026-11-28T02:00:00.000Z')
  await kept(1)
  await life.until('2026-12-09T02:00:00.000Z')
  await kept(2)
  await life.until('2026-12-20T02:00:00.000Z')
  const visited = { with: '王小明', performed: 'yes', satisfied: '1' }
  await step(house, mediator, code, 'visit', { visited })
  await life.until('2026-12-24T02:00:00.000Z')
  return code
}

const BOTH = [
  'side.consented',
  'side.booked',
  'side.remind3days',
  'side.remind1day',
  'side.remind2hours',
  'side.agreed',
]
export const MEDIATION = {
  applicant: [
    'side.admitted',
    ...BOTH,
    'side.kept',
    'side.confirmSoon',
    'side.promiseSoon',
    'side.kept',
    'side.filed',
  ],
  other: [...BOTH, 'side.promiseSoon', 'side.kept', 'side.confirmSoon', 'side.kept', 'side.filed'],
}

/**
 * A volunteer's autumn: linked by a code, reminded, a try in vain, a visit in one line, a letter of the term, a sign that worries. Answers with
 * the phone the coordinator wrote down.
 */
export async function visits(life: Life, me: string, parent: string): Promise<string> {
  const { town } = life
  const { house } = town
  const desk = await clerk(town, 'care', 'careCoordinator', DISTRICT)
  await clerk(town, 'dispatcher', 'districtDispatcher', DISTRICT)
  const { volunteerId, childId } = await paired(town, desk, { linked: false, startsOn: '2026-11-01' })
  const code = async (made: Promise<{ ok: true; code: string } | { ok: false; why: string }>) => {
    const done = await made
    if (!done.ok) throw new Error(done.why)
    return done.code
  }
  await life.say(me, await code(newLinkCode(house, desk, volunteerId)))
  const { id } = (await carersOf(house.store.read, childId)).find(one => one.kind === 'parent')!
  await life.say(parent, await code(newCarerCode(house, desk, { childId, id })))
  await life.until('2026-11-18T02:00:00.000Z')
  for (const words of ['今天去小禾家，没人在家', '1', '1']) await life.say(me, words)
  await life.until('2026-11-21T02:00:00.000Z')
  for (const words of ['昨天去看了小禾，孩子挺好', '1']) await life.say(me, words)
  await life.until('2026-11-25T02:00:00.000Z')
  await life.say(me, '给小禾爸爸写封信：小禾这学期长高了，作文得了一次优，请放心，常打电话。')
  await life.say(me, '1')
  await life.until('2026-11-26T02:00:00.000Z')
  const [letter] = await lettersOf(house.store.read)
  const approved = await approveLetter(house, desk, letter!.id)
  if (!approved.ok) throw new Error(approved.why)
  await life.until('2026-11-27T02:00:00.000Z')
  await life.say(parent, '看信')
  await life.until('2026-12-15T02:00:00.000Z')
  for (const words of ['昨天去看小禾，胳膊上好几处淤青，问他不说', '继续', '1']) await life.say(me, words)
  await life.until('2026-12-26T02:00:00.000Z')
  return (await volunteerName(house.store.read, volunteerId)).phone ?? ''
}

export const VISITS = {
  volunteer: ['volunteer.duty', 'volunteer.duty', 'volunteer.duty', 'resident.late', 'volunteer.duty'],
  parent: ['parent.letter'],
}
