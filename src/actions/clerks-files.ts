import type { Verb } from '../rules/cases/types.ts'
import type { CaseRow } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import type { EntryLine } from '../store/entries.ts'
import { freeFiles, readyFiles } from '../store/files.ts'
import { type Refusal, refused } from './house.ts'
import type { RawForm } from './move-case.ts'

/** Files a clerk sends to the resident with words: they belong to the resident, as a letter does, and stay with the case. */

/** The steps that can bring files. */
export const WITH_FILES: readonly Verb[] = ['answer', 'message']
/** Files one step brings at most. */
const MOST = 9

/** Files to put to a case in this step, for the person they belong to. */
export interface Bringing {
  personId: string
  files: readonly { id: string }[]
}

/** The files a form names, joined by commas or as an array; null for none. Refused when one is not whole yet, or sent before. */
export async function clerksFiles(
  tx: Tx,
  row: CaseRow,
  verb: Verb,
  raw: RawForm,
): Promise<Bringing | Refusal | null> {
  const ids = Array.isArray(raw.files) ? raw.files.map(String) : String(raw.files ?? '').split(',')
  const named = [...new Set(ids.filter(Boolean))]
  if (!WITH_FILES.includes(verb) || named.length === 0) return null
  const { personId } = row
  const files = personId
    ? await freeFiles(
        tx,
        personId,
        named.map(id => ({ id })),
      )
    : []
  return personId && files.length === named.length && named.length <= MOST
    ? { personId, files }
    : refused('incomplete', { details: [{ field: 'files', why: 'fileNotReady' }] })
}

/** What a notice says of the files a line brought: as JSON, with their kinds and sizes. */
export async function filesTold(
  tx: Tx,
  { personId }: CaseRow,
  { byKind, body }: EntryLine,
): Promise<{ files?: string }> {
  if (byKind !== 'staff' || !personId || !body.files?.length) return {}
  return { files: JSON.stringify(await readyFiles(tx, personId, body.files)) }
}
