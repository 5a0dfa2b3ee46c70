import { ROUND_STARTS } from '../rules/cases/orders.ts'
import type { CaseState, Verb } from '../rules/cases/types.ts'
import type { MediationVerb } from '../rules/mediation/types.ts'
import { addAudit } from './audit.ts'
import type { CaseRow } from './cases.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { ASKING } from './marks.ts'
import { insert } from './sql.ts'

export type ByKind = 'resident' | 'staff' | 'clock' | 'bot'

/** What a line of the timeline carries besides its verb; words in clear once opened. */
export interface EntryBody {
  text?: string
  reason?: string
  rightChannel?: string
  result?: string
  facts?: string
  basis?: string
  how?: string
  unit?: string
  newDue?: string
  plan?: string
  resumeBy?: string
  /** The earlier matter a new one follows on, by its code. */
  again?: string
  satisfied?: number
  contacted?: boolean
  files?: string[]
  ticks?: number[]
  /** Units it was passed to, or a class, for the words of the line. */
  to?: string[]
  task?: string
  item?: string
  /** Why, among staff; the resident never sees it. */
  grounds?: string
  class?: string
  points?: string[]
  before?: string[]
  /** The case it was linked to or parted from, by its code. */
  same?: string
  /** What neighbours may read. */
  summary?: string
}

/** A line of a case's timeline; append-only. */
export interface EntryLine {
  id: string
  no: number
  verb: Verb | MediationVerb | 'open' | 'urge' | 'supervise' | 'raise' | 'redate' | 'neighbour' | 'unreached'
  public: number
  byKind: ByKind
  byId: string | null
  unitId: string | null
  fromState: CaseState | null
  toState: CaseState | null
  at: string
  body: EntryBody
}

/** Adds a line, and for what staff did its row in the book of the audit; `row.entryCount` grows and must be kept with the case in the same transaction. */
export async function addEntry(
  tx: Tx,
  row: CaseRow,
  entry: Omit<EntryLine, 'id' | 'no' | 'at'>,
  now: string,
): Promise<EntryLine> {
  const id = newId()
  row.entryCount += 1
  if (ASKING.includes(entry.verb)) tx.unmarked.add(row.id)
  const key = await keyOf(tx, row.id)
  const { body, ...facts } = entry
  await insert(tx.sql, 'Entry', {
    id,
    caseId: row.id,
    no: row.entryCount,
    ...facts,
    bodyEnc:
      key && Object.keys(body).length ? sealed(key, `Entry.bodyEnc.${id}`, JSON.stringify(body)) : null,
    at: now,
  })
  if (entry.byKind === 'staff')
    await addAudit(tx, { staffId: entry.byId, what: 'step', caseId: row.id, field: entry.verb }, now)
  return { id, no: row.entryCount, at: now, ...entry }
}

/** When the round began within which no unit is asked for a part twice. */
export async function roundStart(from: Reads, caseId: string): Promise<string> {
  const row = await from.sql.get<{ at: string | null }>(
    `SELECT MAX("at") AS "at" FROM "Entry" WHERE "caseId" = ? AND "verb" IN (${ROUND_STARTS.map(() => '?').join(', ')})`,
    caseId,
    ...ROUND_STARTS,
  )
  return row?.at ?? ''
}

/** The timeline of a case in order. */
export async function entriesOf(from: Reads, caseId: string): Promise<EntryLine[]> {
  const rows = await from.sql.all<Omit<EntryLine, 'body'> & { bodyEnc: Uint8Array | null }>(
    `SELECT "id", "no", "verb", "public", "byKind", "byId", "unitId", "fromState", "toState", "at", "bodyEnc"
     FROM "Entry" WHERE "caseId" = ? ORDER BY "no"`,
    caseId,
  )
  const key = await keyOf(from, caseId)
  return rows.map(({ bodyEnc, ...row }) => ({
    ...row,
    body: JSON.parse(opened(key, `Entry.bodyEnc.${row.id}`, bodyEnc) ?? '{}') as EntryBody,
  }))
}
