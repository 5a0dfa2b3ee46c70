import { newId, type Reads, type Tx } from '../db.ts'
import { opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'

/** What a coordinator wrote to put a volunteer forward (树立典型). */
export interface Nomination {
  id: string
  volunteerId: string
  byId: string
  createdAt: string
  /** What they are put forward for, and what was done. */
  purpose: string
  text: string
}

/** Keeps a nomination; its words are sealed with the house's key. */
export async function addNomination(
  tx: Tx,
  given: Omit<Nomination, 'id' | 'createdAt'>,
  now: string,
): Promise<string> {
  const id = newId()
  const { volunteerId, byId, ...body } = given
  const bodyEnc = sealed(tx.keys.house, `Nomination.bodyEnc.${id}`, JSON.stringify(body))
  await insert(tx.sql, 'Nomination', { id, volunteerId, byId, bodyEnc, createdAt: now })
  return id
}

type Sealed = Omit<Nomination, 'purpose' | 'text'> & { bodyEnc: Uint8Array }
const SELECT = 'SELECT "id", "volunteerId", "byId", "createdAt", "bodyEnc" FROM "Nomination"'

/** The nominations of a volunteer, newest first. */
export async function nominationsOf(from: Reads, volunteerId: string): Promise<Nomination[]> {
  const rows = await from.sql.all<Sealed>(
    `${SELECT} WHERE "volunteerId" = ? ORDER BY "createdAt" DESC, "id" DESC`,
    volunteerId,
  )
  return rows.map(row => unsealed(from, row))
}

export async function nominationById(from: Reads, id: string): Promise<Nomination | null> {
  const row = await from.sql.get<Sealed>(`${SELECT} WHERE "id" = ?`, id)
  return row ? unsealed(from, row) : null
}

function unsealed(from: Reads, { bodyEnc, ...row }: Sealed): Nomination {
  const body = opened(from.keys.house, `Nomination.bodyEnc.${row.id}`, bodyEnc) ?? '{}'
  return { ...row, ...(JSON.parse(body) as Pick<Nomination, 'purpose' | 'text'>) }
}
