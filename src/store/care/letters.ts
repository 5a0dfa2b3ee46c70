import { newId, type Reads, type Tx } from '../db.ts'
import { keyOf, opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'

/** A letter to a parent working away; its words are sealed with the child's key. */
export interface LetterRow {
  id: string
  pairingId: string
  childId: string
  pseudonym: string
  unitId: string
  period: string
  state: 'draft' | 'approved' | 'sent'
  /** The volunteer who wrote it; null where the coordinator did. */
  byId: string | null
  sentAt: string | null
  createdAt: string
}

const SELECT = `SELECT l."id", l."pairingId", p."childId", c."pseudonym", c."unitId", l."period", l."state", l."byId", l."sentAt", l."createdAt"
  FROM "Letter" l JOIN "Pairing" p ON p."id" = l."pairingId" JOIN "Child" c ON c."id" = p."childId"`

export async function lettersOf(from: Reads): Promise<LetterRow[]> {
  return await from.sql.all<LetterRow>(`${SELECT} ORDER BY l."createdAt" DESC, l."id" DESC LIMIT 200`)
}

export async function letterById(from: Reads, id: string): Promise<LetterRow | null> {
  return (await from.sql.get<LetterRow>(`${SELECT} WHERE l."id" = ?`, id)) ?? null
}

/** Letters that were sent to a person who is a linked parent of the child, newest first. */
export async function lettersTo(from: Reads, personId: string): Promise<LetterRow[]> {
  return await from.sql.all<LetterRow>(
    `${SELECT} WHERE l."state" = 'sent' AND EXISTS (SELECT 1 FROM "Carer" r WHERE r."childId" = p."childId" AND r."personId" = ? AND r."kind" = 'parent')
     AND c."consentWithdrawnAt" IS NULL ORDER BY l."sentAt" DESC, l."id" DESC LIMIT 50`,
    personId,
  )
}

export async function letterText(from: Reads, row: Pick<LetterRow, 'id' | 'childId'>): Promise<string> {
  const found = await from.sql.get<{ bodyEnc: Uint8Array }>(
    'SELECT "bodyEnc" FROM "Letter" WHERE "id" = ?',
    row.id,
  )
  return opened(await keyOf(from, row.childId), `Letter.bodyEnc.${row.id}`, found?.bodyEnc) ?? ''
}

/** Keeps a draft; one letter a pairing and term, written anew while it is not approved. Null when it is. */
export async function keepLetter(
  tx: Tx,
  given: { pairingId: string; childId: string; period: string; text: string; byId: string | null },
  now: string,
): Promise<string | null> {
  const key = await keyOf(tx, given.childId)
  if (!key) return null
  const before = await tx.sql.get<{ id: string; state: string }>(
    'SELECT "id", "state" FROM "Letter" WHERE "pairingId" = ? AND "period" = ?',
    given.pairingId,
    given.period,
  )
  if (before && before.state !== 'draft') return null
  const id = before?.id ?? newId()
  const bodyEnc = sealed(key, `Letter.bodyEnc.${id}`, given.text)
  if (before)
    await tx.sql.run('UPDATE "Letter" SET "bodyEnc" = ?, "byId" = ? WHERE "id" = ?', bodyEnc, given.byId, id)
  else
    await insert(tx.sql, 'Letter', {
      id,
      pairingId: given.pairingId,
      period: given.period,
      bodyEnc,
      state: 'draft',
      byId: given.byId,
      createdAt: now,
    })
  return id
}

/** Moves a letter on; false when it does not stand where it should. */
export async function moveLetter(
  tx: Tx,
  id: string,
  { from, to, byId }: { from: LetterRow['state']; to: LetterRow['state']; byId: string },
  now: string,
): Promise<boolean> {
  const touched =
    to === 'approved'
      ? await tx.sql.run(
          'UPDATE "Letter" SET "state" = ?, "approvedById" = ?, "approvedAt" = ? WHERE "id" = ? AND "state" = ?',
          to,
          byId,
          now,
          id,
          from,
        )
      : await tx.sql.run(
          'UPDATE "Letter" SET "state" = ?, "sentAt" = ? WHERE "id" = ? AND "state" = ?',
          to,
          now,
          id,
          from,
        )
  return touched > 0
}
