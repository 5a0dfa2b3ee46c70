import { calendarOf } from '../district.ts'
import { deadlinesFor, latestExtension } from '../rules/cases/deadlines.ts'
import { decide, type Outcome } from '../rules/cases/decide.ts'
import { grievance } from '../rules/cases/grievance.ts'
import { mayAnswer, mayExtend, mayGrab } from '../rules/cases/guards.ts'
import { hasBlank } from '../rules/cases/templates.ts'
import { type CaseState, isOpen, NEEDS, type Need, type Verb } from '../rules/cases/types.ts'
import { DATED, type NoticeKey } from '../rules/notices/table.ts'
import { type Member, may, maySee } from '../rules/people/may.ts'
import type { Actor } from '../rules/people/roles.ts'
import { type CaseRow, caseByCode, changeCase, pointsOf } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { deadlinesOf, settleDeadlines, startDeadlines } from '../store/deadlines.ts'
import { addEntry, type EntryLine } from '../store/entries.ts'
import { attachFiles } from '../store/files.ts'
import { assessCase } from './assess.ts'
import { clerksFiles, filesTold } from './clerks-files.ts'
import { type Doer, type Doing, EFFECTS, entryBody, type Form } from './effects.ts'
import { type House, type Refusal, type Result, refused } from './house.ts'
import { codeTyped, guardFollowing } from './link.ts'
import { guardOrders, readOrderNeed } from './order-forms.ts'
import { guardPause, guardResume } from './pause.ts'
import { forRights, type Who } from './rights.ts'
import { tell } from './tell.ts'
import { guardToMediation } from './to-mediation.ts'

export type { Form }

/** What a front sends with a step: words by need, ticks as point numbers, and the version of the case it was looking at. */
export type RawForm = Readonly<Record<string, unknown>>

/** A member of staff does a step on a case. Everything happens in one transaction, or nothing and a reason. */
export function moveCase(
  house: House,
  who: Who,
  code: string,
  verb: Verb,
  raw: RawForm,
): Promise<Result<{ code: string }>> {
  return house.store.write(tx => moveIn(house, tx, who, code, verb, raw), code)
}

/**
 * The same within a transaction that is under way: `brought` are pictures of the person in whose turn of talk it is done, put to the case
 * when nothing stands against the step.
 */
export async function moveIn(
  house: House,
  tx: Tx,
  who: Who,
  code: string,
  verb: Verb,
  raw: RawForm,
  brought?: { personId: string; files: readonly { id: string }[] },
): Promise<Result<{ code: string }>> {
  const row = await caseByCode(tx, code)
  const rights = row && (await forRights(tx, house.district, row))
  if (!row || !rights || !who.members.some(member => maySee(member, rights))) return refused('notFound')
  if (typeof raw.version === 'number' && raw.version !== row.version)
    return refused('faster', { with: { staffId: row.holderStaffId, state: row.state } })
  const member = who.members.find(one => may(one, verb, rights))
  if (!member) return whyNot(row, who.members, verb)
  const read = await readForm(house, tx, row, verb, raw, member.unit)
  if (!read.ok) return read
  const stands =
    (await guardFollowing(house, tx, row, verb, read.form, who)) ?? (await guardToMediation(tx, row, verb))
  if (stands) return stands
  const bringing = brought ?? (await clerksFiles(tx, row, verb, raw))
  if (bringing && 'why' in bringing) return bringing
  const files = bringing ? await attachFiles(tx, bringing.personId, row.id, bringing.files) : []
  const form = { ...read.form, ...(files.length ? { files } : {}) }
  const by = { kind: 'staff', id: who.staffId, unit: member.unit, turnOf: brought?.personId } as const
  return await apply(house, tx, row, verb, member.role, by, form)
}

/** The step is not open: somebody was faster, it is not this person's, or not the time for it. */
function whyNot(row: CaseRow, members: readonly Member[], verb: Verb): Refusal {
  const roles = members.map(member => decide(grievance, row.state, verb, member.role))
  if (roles.every(outcome => !outcome.ok && outcome.why === 'notYours')) return refused('notYours')
  if (!roles.some(outcome => outcome.ok) && row.holderStaffId)
    return refused('faster', { with: { staffId: row.holderStaffId, state: row.state } })
  return refused(roles.some(outcome => outcome.ok) ? 'notYours' : 'notFromHere')
}

/**
 * Does a verb on a case already read in this transaction: columns, orders, clocks, one line of the timeline, and what is to be told.
 * Used by staff's steps, by the resident's words in talk, and by the clock.
 */
export async function apply(
  house: House,
  tx: Tx,
  row: CaseRow,
  verb: Verb,
  role: Actor,
  by: Doer,
  form: Form,
): Promise<Result<{ code: string; entry: EntryLine }>> {
  const outcome = decide(grievance, row.state, verb, role)
  if (!outcome.ok) return refused(outcome.why)
  const now = house.now()
  const doing: Doing = { tx, district: house.district, row, by, form, now, to: [], asker: [], also: [] }
  const changes = await EFFECTS[verb](doing)
  // A clock keeps the hours of whoever has it from now on.
  const nearest = await moveClocks(
    house,
    tx,
    row,
    verb,
    outcome,
    changes.holderUnitId ?? row.holderUnitId,
    now,
  )
  const entry = await addEntry(tx, row, lineOf(doing, verb, outcome), now)
  const raised = await raisedBy(doing, changes)
  const kept = await changeCase(
    tx,
    row,
    {
      ...changes,
      state: outcome.state,
      entryCount: row.entryCount,
      dueAt: nearest?.due ?? null,
      dueKind: nearest?.kind ?? null,
    },
    now,
  )
  // Nobody else writes between the read above and here; a changed version would be a fault of ours.
  if (!kept) throw new Error(`case ${row.code} changed under our hands`)
  if (entry.fromState && isOpen(entry.fromState) && !isOpen(outcome.state)) await assessCase(house, tx, row)
  const isLate =
    outcome.tell.some(key => DATED.includes(key as NoticeKey)) && (await isPastPromise(tx, row, now))
  const files = await filesTold(tx, row, entry)
  const body = { ...tellBody(house, row, entry), ...files, ...(isLate ? { late: 1 } : {}) }
  const turnOf = by.turnOf ?? (by.kind === 'resident' ? (by.id ?? undefined) : undefined)
  const telling = { house, tx, row, cause: entry.id, body, now, to: doing.to, asker: doing.asker, turnOf }
  await tell({ ...telling, inTalk: by.kind === 'resident' }, [
    ...(outcome.tell as NoticeKey[]),
    ...raised,
    ...doing.also,
  ])
  return { ok: true, code: row.code, entry }
}

/** The clocks by which an answer was promised. */
const PROMISED: readonly string[] = ['answer', 'redo']

const isPastPromise = async (tx: Tx, row: CaseRow, now: string): Promise<boolean> =>
  (await deadlinesOf(tx, row.id)).some(
    clock =>
      PROMISED.includes(clock.kind) && !clock.metAt && !clock.endedAt && !clock.pausedAt && clock.due < now,
  )

/** 提级: every third redo goes one level up, which is a line of its own and told to the district. */
async function raisedBy({ tx, row, now }: Doing, changes: Partial<CaseRow>): Promise<NoticeKey[]> {
  if (changes.redoCount === undefined || (changes.level ?? 0) <= row.level) return []
  const { state, holderUnitId } = row
  const line = { verb: 'raise', public: 0, byKind: 'clock', byId: null, unitId: holderUnitId } as const
  await addEntry(tx, row, { ...line, fromState: state, toState: state, body: { text: 'redo' } }, now)
  return ['district.raised']
}

const lineOf = (doing: Doing, verb: Verb, outcome: Extract<Outcome<CaseState>, { ok: true }>) => ({
  verb,
  public: outcome.shown ? 1 : 0,
  byKind: doing.by.kind,
  byId: doing.by.id,
  unitId: doing.by.unit,
  fromState: doing.row.state,
  toState: outcome.state,
  body: entryBody(doing),
})

async function moveClocks(
  house: House,
  tx: Tx,
  row: CaseRow,
  verb: Verb,
  outcome: Extract<Outcome<CaseState>, { ok: true }>,
  unit: string,
  now: string,
) {
  const { settings } = house.district
  const calendar = calendarOf(house.district, unit)
  await settleDeadlines(tx, row.id, outcome.meets, outcome.drops, now)
  if (outcome.starts.length)
    await startDeadlines(
      tx,
      row.id,
      deadlinesFor(verb, row.class, now, calendar, { profile: settings.profile }),
      now,
    )
  return settleDeadlines(tx, row.id, [], [], now)
}

const namesOf = (house: House, units: readonly string[]) =>
  units.map(unit => house.district.units.get(unit)?.name ?? '').join('、')

/** Values for the words of a notice: the code, who, by when, and what was said. */
function tellBody(house: House, row: CaseRow, entry: EntryLine): Record<string, string | number | null> {
  const { text, reason, rightChannel, result, facts, basis, newDue, plan, resumeBy, same } = entry.body
  const said = { text, reason, rightChannel, result, facts, basis, newDue, plan, resumeBy, same }
  return {
    code: row.code,
    office: house.district.units.get(row.holderUnitId)?.name ?? '',
    due: row.dueAt,
    profile: house.district.settings.profile,
    days: house.district.settings.reopenDays,
    ...(entry.body.to ? { to: namesOf(house, entry.body.to) } : {}),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  }
}

/** Reads what a form must hold. Every missing or wrong field is named, not only the first. */
async function readForm(
  house: House,
  tx: Tx,
  row: CaseRow,
  verb: Verb,
  raw: RawForm,
  unit: string,
): Promise<{ ok: true; form: Form } | Refusal> {
  const form: Record<string, unknown> = {}
  const details: { field: string; why: string }[] = []
  for (const need of grievance[verb].needs) {
    const value = readOrderNeed(house, need, raw[need]) ?? readNeed(house, need, raw[need])
    if ('why' in value) details.push({ field: need, why: value.why })
    else if (value.value !== undefined) form[need] = value.value
  }
  if (details.length) return refused('incomplete', { details })
  const guarded =
    (await guardOrders(house, tx, row, verb, form as Form, unit)) ??
    (await guard(house, tx, row, verb, form as Form))
  return guarded ?? { ok: true, form: form as Form }
}

function readNeed(house: House, need: Need, value: unknown): { value: unknown } | { why: string } {
  const form = NEEDS[need]
  if (form.form === 'ticks')
    return { value: Array.isArray(value) ? value.map(Number).filter(Number.isInteger) : [] }
  const words = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  if (!words) return { why: 'missing' }
  if (form.form === 'alike') return { value: codeTyped(words) }
  if (form.form === 'words' && words.length > form.atMost) return { why: 'tooLong' }
  if (form.form === 'words' && words.length < form.atLeast) return { why: 'tooShort' }
  if (form.form === 'words' && hasBlank(words)) return { why: 'blankLeft' }
  if (form.form === 'choice' && !form.choices.includes(words)) return { why: 'notAChoice' }
  if ((form.form === 'unit' || form.form === 'below') && !house.district.units.has(words))
    return { why: 'notAUnit' }
  if (form.form === 'date') {
    const at = Date.parse(words.length === 10 ? `${words}T17:30:00+08:00` : words)
    return Number.isNaN(at) ? { why: 'notADate' } : { value: new Date(at).toISOString() }
  }
  return { value: words }
}

/** What must be true of the case itself. */
async function guard(house: House, tx: Tx, row: CaseRow, verb: Verb, form: Form): Promise<Refusal | null> {
  if (verb === 'grab') {
    const guarded = mayGrab(house.now(), row.grabUntil)
    return guarded.ok ? null : refused(guarded.why)
  }
  if (verb === 'answer') {
    const points = await pointsOf(tx, row.id)
    const ticks = (form.ticks ?? []).map(no => no - 1)
    const guarded = mayAnswer(
      points.map(point => point.text),
      ticks,
    )
    return guarded.ok ? null : refused('incomplete', { details: [{ field: 'ticks', why: guarded.why }] })
  }
  if (verb === 'acknowledge') {
    const clocks = await deadlinesOf(tx, row.id)
    return clocks.some(one => one.kind === 'acknowledge' && !one.metAt && !one.endedAt)
      ? null
      : refused('notFromHere')
  }
  if (verb === 'askPause' || verb === 'pause') return guardPause(house, tx, row, form)
  if (verb === 'resume') return guardResume(tx, row)
  return verb === 'extend' || verb === 'askExtension' ? guardExtension(house, tx, row, form) : null
}

async function guardExtension(house: House, tx: Tx, row: CaseRow, form: Form): Promise<Refusal | null> {
  const clock = (await deadlinesOf(tx, row.id)).find(
    one => one.kind === 'answer' && !one.metAt && !one.endedAt,
  )
  if (!clock || clock.pausedAt) return refused('notFromHere')
  const { settings } = house.district
  const calendar = calendarOf(house.district, row.holderUnitId)
  const guarded = mayExtend({
    extensions: clock.extendedAt ? 1 : 0,
    now: house.now(),
    due: clock.due,
    newDue: form.newDue!,
    latest: latestExtension(clock.due, row.class, calendar, { profile: settings.profile }).due,
  })
  return guarded.ok ? null : refused('incomplete', { details: [{ field: 'newDue', why: guarded.why }] })
}
