import type { District } from '../district.ts'
import { afterRedo } from '../rules/cases/guards.ts'
import { inHand, isDesignated } from '../rules/cases/orders.ts'
import type { Need, Verb } from '../rules/cases/types.ts'
import type { NoticeKey } from '../rules/notices/table.ts'
import { uncount } from '../store/assessments.ts'
import { type CaseRow, pointsOf, tickPoints } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { deadlinesOf, extendDeadline } from '../store/deadlines.ts'
import type { EntryBody } from '../store/entries.ts'
import { attachFiles } from '../store/files.ts'
import { changeOrder, endInHand, openOrder, orderFacts } from '../store/orders.ts'
import { linkCase, unlinkCase } from './link.ts'
import {
  accept,
  classify,
  correct,
  designate,
  joint,
  object,
  overrule,
  recall,
  report,
  returned,
  split,
  uphold,
  upholdPart,
} from './order-effects.ts'
import { linesOf } from './order-forms.ts'
import { pauseClocks, resumeClocks } from './pause.ts'

/** What a form of a step holds, read and checked: words by need, ticks as point numbers from 1, ids of the resident's free files. */
export type Form = Partial<Record<Exclude<Need, 'ticks'>, string>> & {
  ticks?: readonly number[]
  /** Files the resident adds. */
  files?: readonly string[]
  /** The resident's word on whether somebody was in touch. */
  contacted?: boolean
}

/** Who does it: staff by id and unit, the resident, or the clock. */
export interface Doer {
  kind: 'staff' | 'resident' | 'clock'
  id: string | null
  unit: string | null
  /** The person in whose turn of talk it is done. */
  turnOf?: string | undefined
}

export interface Doing {
  tx: Tx
  district: District
  row: CaseRow
  by: Doer
  form: Form
  now: string
  /** Units a step passes work to, and those whose order it decides on: the effect names them. */
  to: string[]
  asker: string[]
  /** Notices beside those of the table. */
  also: NoticeKey[]
  /** Points as they were before they were corrected. */
  before?: readonly string[]
}

/** What a verb changes beside state, clocks and timeline: the case's own columns, its orders and its points. */
type Effect = (doing: Doing) => Promise<Partial<CaseRow>>

const nothing: Effect = async () => ({})

/** One line a verb. A verb that only speaks changes nothing here. */
export const EFFECTS: Readonly<Record<Verb, Effect>> = {
  grab: async doing => {
    await signOrder(doing)
    return { holderStaffId: doing.by.id, grabUntil: null }
  },
  dispatch: async doing => {
    const unit = doing.form.unit!
    await passOrder(doing, unit)
    return { holderUnitId: unit, holderStaffId: null, grabUntil: null }
  },
  sign: async doing => {
    await signOrder(doing)
    return { holderStaffId: doing.by.id }
  },
  acknowledge: nothing,
  contact: nothing,
  note: nothing,
  message: async () => ({ residentNewAt: null }),
  answer: async doing => {
    await endOrder(doing, 'done')
    await tickPoints(doing.tx, doing.row.id, doing.form.ticks ?? [], doing.now)
    return { residentNewAt: null, ...(doing.row.holderStaffId ? {} : { holderStaffId: doing.by.id }) }
  },
  refuse: async doing => {
    await endOrder(doing, 'done')
    return { closedAt: doing.now, residentNewAt: null }
  },
  askExtension: nothing,
  extend: async doing => {
    await extendDeadline(doing.tx, doing.row.id, 'answer', doing.form.newDue!, doing.now)
    return {}
  },
  rateSolved: async doing => ({ closedAt: doing.now }),
  rateUnsolved: again,
  close: async doing => ({ closedAt: doing.now }),
  reopen: async doing => {
    await uncount(doing.tx, doing.row.id)
    return { ...(await again(doing)), closedAt: null }
  },
  withdraw: async doing => {
    await endOrder(doing, 'withdrawn')
    return { closedAt: doing.now, residentNewAt: doing.now }
  },
  add: async ({ tx, row, form, now }) => {
    const files = (form.files ?? []).map(id => ({ id }))
    await attachFiles(tx, row.personId, row.id, files)
    return { residentNewAt: now }
  },
  hurry: async doing => ({ residentNewAt: doing.now }),
  split,
  joint,
  accept,
  report,
  recall,
  object,
  uphold,
  upholdPart,
  overrule,
  return: returned,
  designate,
  classify,
  correct,
  askPause: nothing,
  pause: pauseClocks,
  resume: resumeClocks,
  link: linkCase,
  unlink: unlinkCase,
  publish: async ({ form }) => ({ publicSummary: form.summary! }),
  toMediation: nothing,
}

/** The matter goes back to whoever answered it: a new order in the same hands, its points open again. */
async function again({ tx, row, now }: Doing): Promise<Partial<CaseRow>> {
  const { redos, level } = afterRedo({ redos: row.redoCount, level: row.level })
  const points = await pointsOf(tx, row.id)
  await tickPoints(
    tx,
    row.id,
    points.map(point => point.no),
    null,
  )
  // A case the district leads stays with it, and departments are named anew.
  const leads = isDesignated(await orderFacts(tx, row.id))
  await openOrder(tx, {
    caseId: row.id,
    parentId: null,
    kind: leads ? 'return' : 'dispatch',
    unitId: row.holderUnitId,
    staffId: row.holderStaffId,
    state: leads ? 'open' : 'signed',
    openedAt: now,
  })
  return { redoCount: redos, level, residentNewAt: now }
}

async function signOrder({ tx, row, by, now }: Doing) {
  const order = inHand(await orderFacts(tx, row.id))
  if (order) await changeOrder(tx, order.id, { state: 'signed', staffId: by.id, signedAt: now })
}

/** Whoever still had a part of it hears that nothing is wanted any more. */
async function endOrder({ tx, row, now, asker, also }: Doing, state: 'done' | 'withdrawn') {
  const units = await endInHand(tx, row.id, state, now)
  asker.push(...units)
  if (units.length) also.push('unit.recalled')
}

async function passOrder(doing: Doing, unitId: string) {
  await endOrder(doing, 'withdrawn')
  const clocks = await deadlinesOf(doing.tx, doing.row.id)
  const answer = clocks.find(clock => clock.kind === 'answer' && !clock.metAt && !clock.endedAt)
  await openOrder(doing.tx, {
    caseId: doing.row.id,
    parentId: null,
    kind: 'dispatch',
    unitId,
    staffId: null,
    state: 'open',
    openedAt: doing.now,
    dueAt: answer?.due ?? null,
  })
}

/** The lines of the timeline keep the words of the form. */
export function entryBody({ form, to, before }: Doing): EntryBody {
  const { ticks, files, satisfied, ...rest } = form
  const {
    below: _b,
    part: _p,
    objection: _o,
    proposal: _r,
    leader: _l,
    lead: _d,
    units: _u,
    points,
    ...words
  } = rest
  return {
    ...words,
    ...(ticks ? { ticks: [...ticks] } : {}),
    ...(files ? { files: [...files] } : {}),
    ...(satisfied ? { satisfied: Number(satisfied) } : {}),
    ...(to.length ? { to } : {}),
    ...(points ? { points: linesOf(points), before: [...(before ?? [])] } : {}),
  }
}
