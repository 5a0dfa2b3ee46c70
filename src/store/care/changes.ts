import { newId, type Reads, type Tx } from '../db.ts'
import { keyOf, opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'

/** What may change of a child beside its record. */
export type ChangeKind = 'consentGiven' | 'consentWithdrawn' | 'moved' | 'renamed'

/** One change; its words are sealed with the child's key. Append-only. */
export interface ChildChange {
  kind: ChangeKind
  at: string
  /** Member of staff who wrote it down. */
  byId: string
  words: Readonly<Record<string, string>>
}

export async function addChange(
  tx: Tx,
  childId: string,
  { kind, byId, words }: Omit<ChildChange, 'at'>,
  now: string,
): Promise<void> {
  const key = await keyOf(tx, childId)
  if (!key) return
  const id = newId()
  const wordsEnc = sealed(key, `ChildChange.wordsEnc.${id}`, JSON.stringify(words))
  await insert(tx.sql, 'ChildChange', { id, childId, kind, at: now, byId, wordsEnc })
}

/** Every change of a child, oldest first; none once its key was destroyed. The caller has logged why it is read. */
export async function changesOf(from: Reads, childId: string): Promise<ChildChange[]> {
  const key = await keyOf(from, childId)
  const rows = await from.sql.all<Omit<ChildChange, 'words'> & { id: string; wordsEnc: Uint8Array }>(
    'SELECT "id", "kind", "at", "byId", "wordsEnc" FROM "ChildChange" WHERE "childId" = ? ORDER BY "at", "id"',
    childId,
  )
  return rows.flatMap(({ id, wordsEnc, ...row }) => {
    const words = opened(key, `ChildChange.wordsEnc.${id}`, wordsEnc)
    return words ? [{ ...row, words: JSON.parse(words) as ChildChange['words'] }] : []
  })
}
