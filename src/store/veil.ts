import type { Tx } from './db.ts'

/**
 * 快速离开. A line of a call for help carries `veil` 1 from the moment it is written; 2 once its person left in a hurry. A veiled line is
 * shown no more where its person, or whoever holds their phone, reads the conversation; staff and the ledger keep it.
 */
export const QUIET = 1
export const VEILED = 2

/** Part of a WHERE: lines that are not veiled. */
export const UNVEILED = `"veil" <> ${VEILED}`

/** These lines belong to a call for help. */
export async function markQuiet(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const marks = ids.map(() => '?').join(', ')
  await tx.sql.run(`UPDATE "Message" SET "veil" = ${QUIET} WHERE "veil" = 0 AND "id" IN (${marks})`, ...ids)
}

/** Veils what was said of calls for help, and the words of clerks in between. */
export async function veilHelp(tx: Tx, personId: string): Promise<void> {
  const first = await tx.sql.get<{ seq: number | null }>(
    `SELECT MIN("seq") AS "seq" FROM "Message" WHERE "personId" = ? AND "veil" = ${QUIET}`,
    personId,
  )
  if (first?.seq === null || first?.seq === undefined) return
  await tx.sql.run(
    `UPDATE "Message" SET "veil" = ${VEILED} WHERE "personId" = ? AND "seq" >= ? AND ("veil" = ${QUIET} OR "sender" = 'staff')`,
    personId,
    first.seq,
  )
  tx.changes.persons.add(personId)
}
