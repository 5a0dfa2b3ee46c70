import { randomInt } from 'node:crypto'
import { calendarOf } from '../district.ts'
import { caseCode } from '../rules/cases/code.ts'
import type { CaseState } from '../rules/cases/types.ts'
import { startClocks } from '../rules/mediation/clocks.ts'
import { type LimitFound, limitsOf, type PanelAnswers } from '../rules/mediation/limits.ts'
import { type CaseRow, caseByCode, createCase, textsOf } from '../store/cases.ts'
import { nextOf } from '../store/counters.ts'
import type { Tx } from '../store/db.ts'
import { startDeadlines } from '../store/deadlines.ts'
import { addEntry } from '../store/entries.ts'
import { attachFiles } from '../store/files.ts'
import { addMediation, type Safety } from '../store/mediations.ts'
import { addParty } from '../store/parties.ts'
import { keepProfile } from '../store/persons.ts'
import { dayOf, type House } from './house.ts'
import { panelOf } from './mediation-look.ts'
import { tell } from './tell.ts'

/** What an applicant asks for, read and checked by the talk. */
export interface Application {
  panel: string
  what: string
  category: string
  safety: Safety
  answers: PanelAnswers
  other: { kind: 'person' | 'organisation'; name: string; phone: string | null }
  name: string | null
  phone: string | null
  files: readonly { id: string }[]
  /** Code of the applicant's own grievance it grew out of. */
  from?: string
}

export interface AppliedFor {
  row: CaseRow
  queryCode: string
  /** By when the panel says whether it takes it. */
  admitBy: string
  limits: LimitFound[]
}

/**
 * Opens a mediation 申请 in the transaction of the message that asked for it: number, panel, both sides, the acceptance clock. The
 * answer to the safety question is sealed beside it and stands in no line, no notice and no list.
 */
export async function openMediation(
  house: House,
  tx: Tx,
  personId: string,
  asked: Application,
  now: string,
): Promise<AppliedFor> {
  const { district } = house
  const panel = panelOf(district, asked.panel)
  const clocks = startClocks(['admit'], panel.key, { now, appliedAt: now }, calendarOf(district, panel.code))
  const admitBy = clocks[0]!.due
  const limits = limitsOf(panel.key, asked.answers, dayOf(house, now))
  const from = asked.from ? await ownGrievance(tx, personId, asked.from) : null
  const queryCode = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const told = { ...asked, what: await toldBefore(tx, from, asked.what) }
  const row = await caseRow(
    house,
    tx,
    personId,
    told,
    { panel: panel.code, title: panel.name, admitBy, queryCode },
    now,
  )
  await startDeadlines(tx, row.id, clocks, now)
  await addMediation(tx, {
    caseId: row.id,
    panel: panel.code,
    fromCaseId: from?.id ?? null,
    safety: asked.safety,
    answers: asked.answers,
    limits: limits.map(({ key }) => key),
  })
  const { name, phone, other } = asked
  await addParty(
    tx,
    { caseId: row.id, side: 'applicant', kind: 'person', personId, name, phone, consent: 1 },
    now,
  )
  await addParty(tx, { caseId: row.id, side: 'other', personId: null, consent: null, ...other }, now)
  await keepProfile(tx, personId, { name, phone })
  const entryId = await firstLine(tx, row, asked, from?.code ?? null, now)
  await tell({ house, tx, row, cause: entryId, body: { code: row.code }, now }, ['panel.newMediation'])
  return { row, queryCode, admitBy, limits }
}

async function firstLine(tx: Tx, row: CaseRow, asked: Application, again: string | null, now: string) {
  const files = await attachFiles(tx, row.personId, row.id, asked.files)
  const line = {
    verb: 'open',
    public: 1,
    byKind: 'resident',
    byId: row.personId,
    unitId: asked.panel,
  } as const
  const body = { unit: asked.panel, ...(files.length ? { files } : {}), ...(again ? { again } : {}) }
  const entry = await addEntry(tx, row, { ...line, fromState: null, toState: row.state, body }, now)
  await tx.sql.run('UPDATE "Case" SET "entryCount" = ? WHERE "id" = ?', row.entryCount, row.id)
  return entry.id
}

/** 转为调解: only the person's own matter is linked. */
async function ownGrievance(tx: Tx, personId: string, code: string): Promise<CaseRow | null> {
  const row = await caseByCode(tx, code)
  return row?.personId === personId && row.kind !== 'mediation' ? row : null
}

/** Nobody tells a matter twice: what was left as its title stands for the whole telling of the grievance. */
async function toldBefore(tx: Tx, from: CaseRow | null, what: string): Promise<string> {
  if (!from) return what
  const { title, text } = await textsOf(tx, from.id)
  return text && what.trim() === title?.trim() ? text : what
}

async function caseRow(
  house: House,
  tx: Tx,
  personId: string,
  asked: Application,
  made: { panel: string; title: string; admitBy: string; queryCode: string },
  now: string,
): Promise<CaseRow> {
  const { prefix, settings } = house.district
  const day = dayOf(house, now)
  const serial = await nextOf(tx, `case.${prefix}.${day}`)
  return createCase(tx, {
    code: caseCode(prefix, day, serial),
    kind: 'mediation',
    state: 'applied' as unknown as CaseState,
    class: 'general',
    profile: settings.profile,
    category: asked.category,
    route: `panel:${made.title}`,
    personId,
    holderUnitId: made.panel,
    holderStaffId: null,
    townId: null,
    communityId: null,
    gridId: null,
    estate: null,
    hidden: 0,
    noReply: 0,
    level: 0,
    redoCount: 0,
    dueAt: made.admitBy,
    dueKind: 'admit',
    grabUntil: null,
    createdAt: now,
    // Lists show the title to more people than may read the matter: it names the panel and nothing else.
    texts: {
      title: made.title,
      text: asked.what,
      place: null,
      name: asked.name,
      phone: asked.phone,
      queryCode: made.queryCode,
    },
    points: [],
  })
}
