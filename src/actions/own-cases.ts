import { endOfDay } from '../rules/calendar/day.ts'
import { mayReopen, verbOfRating } from '../rules/cases/guards.ts'
import { isOpen } from '../rules/cases/types.ts'
import { isConfidential } from '../rules/help.ts'
import { mayTeach } from '../rules/learning/may-teach.ts'
import { countTry, type TryLimit, waitFor } from '../store/attempts.ts'
import { type CaseRow, caseByCode, queryCodeFits } from '../store/cases.ts'
import type { Reads, Tx } from '../store/db.ts'
import { attachFiles, freeFiles } from '../store/files.ts'
import { type OwnCaseRow, ownCaseByCode, ownCases as ownCaseRows } from '../store/own-cases.ts'
import { type House, type Result, refused } from './house.ts'
import { apply, type Form } from './move-case.ts'
import { moveMediationIn } from './move-mediation.ts'
import { officeShown } from './office.ts'
import { whisperIn } from './use-mediation.ts'

/** A resident's own case as a line of talk. */
export interface OwnCaseLine {
  code: string
  title: string
  state: OwnCaseRow['state']
  office: string
  due?: string
  awaitsRating: boolean
  /** Its promise stands still 挂起. */
  paused: boolean
  /** Closed, and may still be had again. */
  reopens: boolean
  open: boolean
  createdAt: string
  /** A call for help, or opened because the person was in danger: shown without its title, and danger without a date. */
  help: boolean
  /** Its words may be an example to learn from, if the person agrees. */
  teaches: boolean
}

/** A person's cases, newest first; at most `limit`. */
export async function ownCases(
  house: House,
  from: Reads,
  personId: string,
  limit = 20,
): Promise<OwnCaseLine[]> {
  const rows = await ownCaseRows(from, personId, limit)
  return rows.map(row => asLine(house, row))
}

/** What a resident is promised is the answer; the clocks before it (sign, contact) belong to the office. */
function asLine(house: House, row: OwnCaseRow): OwnCaseLine {
  const help = isConfidential(row)
  const dated = row.category !== 'danger'
  return {
    code: row.code,
    title: help ? '' : row.title,
    state: row.state,
    office: officeShown(house.district, row),
    ...(row.promisedAt && dated && !row.paused ? { due: row.promisedAt } : {}),
    paused: row.paused === 1,
    help,
    awaitsRating: row.state === 'answered' && !row.selfDone,
    reopens: reopens(house, row),
    open: isOpen(row.state),
    createdAt: row.createdAt,
    teaches: mayTeach(row),
  }
}

/** Wrong query codes are counted for the case, for the person, and for everybody together. */
const guesses = (code: string, personId: string): TryLimit[] => [
  { subject: `talk.code.${code}`, most: 5, minutes: 15 },
  { subject: `talk.person.${personId}`, most: 10, minutes: 60 },
  { subject: 'talk.all', most: 300, minutes: 15 },
]

/** One case by its code: an own one, or somebody's who gave the code with its query code (state, office and dates only). */
export async function showCase(
  house: House,
  from: Tx,
  personId: string,
  asked: { code: string; queryCode?: string },
): Promise<Result<{ line: OwnCaseLine; own: boolean }>> {
  const row = await ownCaseByCode(from, asked.code)
  if (row?.personId === personId) return { ok: true, line: asLine(house, row), own: true }
  if (!row || !asked.queryCode) return refused(asked.queryCode ? 'notFound' : 'needsQueryCode')
  const now = house.now()
  const limits = guesses(asked.code, personId)
  for (const limit of limits) if ((await waitFor(from, limit, now)) > 0) return refused('locked')
  if (!(await queryCodeFits(from, asked.code, asked.queryCode))) {
    for (const limit of limits) await countTry(from, limit, now)
    return refused('notFound')
  }
  return { ok: true, line: { ...asLine(house, row), title: '' }, own: false }
}

/** The resident adds facts or pictures to an own case; the office hears of it. */
export async function addToCase(
  house: House,
  tx: Tx,
  personId: string,
  asked: { code: string; text: string; files: readonly { id: string }[] },
) {
  // Which ones it may take is asked first: the line of the timeline names those, and no others.
  const files = (await freeFiles(tx, personId, asked.files)).map(file => file.id)
  const form = { ...(asked.text ? { text: asked.text } : {}), ...(files.length > 0 ? { files } : {}) }
  return ownVerb(house, tx, personId, asked.code, 'add', form)
}

/** 催一催: the office hears that the person waits. */
export const hurryCase = (house: House, tx: Tx, personId: string, code: string) =>
  ownVerb(house, tx, personId, code, 'hurry', {})

/** The three reasons the talk offers, as the office reads them. */
const REASONS: Readonly<Record<string, string>> = {
  solved: '已经解决了',
  mistake: '居民说错了',
  unwanted: '居民不想办了',
}

/** The resident takes an own case back. */
export function withdrawCase(
  house: House,
  tx: Tx,
  personId: string,
  asked: { code: string; reason: string },
) {
  return ownVerb(house, tx, personId, asked.code, 'withdraw', {
    reason: REASONS[asked.reason] ?? asked.reason,
  })
}

/** The last word of the resident: solved and satisfied closes it, anything else sends it back (一单一反馈一考评). */
export function rateCase(
  house: House,
  tx: Tx,
  personId: string,
  asked: { code: string; contacted: boolean; solved: boolean; satisfied: 1 | 2 | 3; why: string },
) {
  const form: Form = {
    satisfied: String(asked.satisfied),
    reason: asked.why,
    contacted: asked.contacted,
  }
  return ownVerb(house, tx, personId, asked.code, verbOfRating(asked), form)
}

/** Whether a closed matter may still be had again: within the district's calendar days after it was closed. */
export function reopens(house: House, row: Pick<CaseRow, 'kind' | 'state' | 'closedAt'>): boolean {
  // A mediation that was filed is asked for anew.
  if (row.kind === 'mediation' || row.state !== 'closed' || !row.closedAt) return false
  const { zone, settings } = house.district
  return mayReopen(house.now(), endOfDay(row.closedAt, zone, settings.reopenDays)).ok
}

/** In a mediation more words go to the mediator alone, and taking it back is a step of its own table. */
async function ownMediation(
  house: House,
  tx: Tx,
  personId: string,
  row: CaseRow,
  verb: 'add' | 'hurry' | 'withdraw' | 'rateSolved' | 'rateUnsolved',
  form: Form,
): Promise<Result<{ line: OwnCaseLine }>> {
  const { code } = row
  if ((verb !== 'add' && verb !== 'withdraw') || !isOpen(row.state)) return refused('notFromHere')
  if (verb === 'withdraw') {
    const text = form.reason ? { text: form.reason } : {}
    const moved = await moveMediationIn(house, tx, { personId, inTalk: true }, code, 'pullOut', text)
    if (!moved.ok) return moved
  } else {
    if (form.text) await whisperIn(house, tx, { personId }, code, { text: form.text })
    await attachFiles(
      tx,
      personId,
      row.id,
      (form.files ?? []).map(id => ({ id })),
    )
  }
  const after = await ownCaseByCode(tx, code)
  return after ? { ok: true, line: asLine(house, after) } : refused('notFound')
}

async function ownVerb(
  house: House,
  tx: Tx,
  personId: string,
  code: string,
  verb: 'add' | 'hurry' | 'withdraw' | 'rateSolved' | 'rateUnsolved',
  form: Form,
): Promise<Result<{ line: OwnCaseLine }>> {
  const row = await caseByCode(tx, code)
  if (!row || row.personId !== personId) return refused('notFound')
  if (row.kind === 'mediation') return ownMediation(house, tx, personId, row, verb, form)
  const rates = verb === 'rateSolved' || verb === 'rateUnsolved'
  if (rates && row.kind === 'gridReport' && (await ownCaseByCode(tx, code))?.selfDone)
    return refused('notYours')
  // "Not solved" of a matter already closed is the wish to have it again.
  const again = verb === 'rateUnsolved' && row.state === 'closed'
  if (again && !reopens(house, row)) return refused('tooLate')
  const done = await apply(
    house,
    tx,
    row,
    again ? 'reopen' : verb,
    'resident',
    { kind: 'resident', id: personId, unit: null },
    form,
  )
  if (!done.ok) return done
  const moved = await ownCaseByCode(tx, code)
  return moved ? { ok: true, line: asLine(house, moved) } : refused('notFound')
}
