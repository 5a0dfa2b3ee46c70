import type { CaseState, Verb } from '../rules/cases/types.ts'
import type { CaseRow } from './cases.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
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
  satisfied?: number
  contacted?: boolean
  files?: string[]
  ticks?: number[]
}

/** A line of a case's timeline; append-only. */
export interface EntryLine {
  id: string
  no: number
  verb: Verb | 'open' | 'urge' | 'supervise' | 'raise'
  public: number
  byKind: ByKind
  byId: string | null
  unitId: string | null
  fromState: CaseState | null
  toState: CaseState | null
  at: string
  body: EntryBody
}

/** Adds a line; `row.entryCount` grows and must be kept with the case in the same transaction. */
export async function addEntry(
  tx: Tx,
  row: CaseRow,
  entry: Omit<EntryLine, 'id' | 'no' | 'at'>,
  now: string,
): Promise<EntryLine> {
  const id = newId()
  row.entryCount += 1
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
  return { id, no: row.entryCount, at: now, ...entry }
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
