import { createHash, createHmac } from 'node:crypto'
import { type Reads, type Store, type Tx, turnOfTheLoop } from './db.ts'
import type { HouseKeys } from './seal.ts'

/**
 * The chain over the book. A row gets its mark (HMAC of what it says, with a key drawn from SECRET_KEY) as it is written, and its place and hash
 * (HMAC of the hash before, the place and the mark) when one sealer takes up what is new, in one order for all processes. Whoever can write
 * to the database but has not the key can neither change, add, take out nor swap a sealed row unseen.
 */
export interface ChainRow {
  id: string
  seq: number | null
  at: string
  staffId: string | null
  role: string | null
  unitId: string | null
  what: string
  caseId: string | null
  field: string | null
  ok: number
  origin: string | null
  detailEnc: Uint8Array | null
  mark: string | null
  hash: string | null
}

export const CHAIN_COLUMNS =
  '"id", "seq", "at", "staffId", "role", "unitId", "what", "caseId", "field", "ok", "origin", "detailEnc", "mark", "hash"'

const hmac = (keys: HouseKeys, words: string) =>
  createHmac('sha256', keys.hash).update(`audit\0${words}`).digest('hex')
const base64 = (bytes: Uint8Array | null) => (bytes ? Buffer.from(bytes).toString('base64') : null)

/** The mark of a row: over everything it says. */
export function markOf(keys: HouseKeys, row: Omit<ChainRow, 'seq' | 'mark' | 'hash'>): string {
  const { id, at, staffId, role, unitId, what, caseId, field, ok, origin, detailEnc } = row
  return hmac(
    keys,
    JSON.stringify([id, at, staffId, role, unitId, what, caseId, field, ok, origin, base64(detailEnc)]),
  )
}

const linkOf = (keys: HouseKeys, before: string, seq: number, mark: string) =>
  hmac(keys, JSON.stringify([before, seq, mark]))

/** The hash of a row from before rows had marks: no key, one pass over what it says. */
function plainLink({ seq, at, staffId, what, caseId, field, detailEnc }: ChainRow, before: string): string {
  const words = JSON.stringify([before, seq, at, staffId, what, caseId, field, base64(detailEnc)])
  return createHash('sha256').update(words).digest('hex')
}

/** The last sealed place and its hash. */
export interface Head {
  seq: number
  hash: string
}

export async function headOf(from: Reads): Promise<Head | null> {
  const row = await from.sql.get<Head>(
    'SELECT "seq", "hash" FROM "Audit" WHERE "seq" IS NOT NULL ORDER BY "seq" DESC LIMIT 1',
  )
  return row ?? null
}

export async function unsealedCount(from: Reads): Promise<number> {
  const row = await from.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Audit" WHERE "seq" IS NULL')
  return row?.n ?? 0
}

/** Rows sealed in one transaction: short enough that no message waits for it. */
const AT_ONCE = 200
/** Processes seal one after another. */
const LOCK = 'audit-chain'

/** Takes up every row not yet in the chain, in the order of their ids; returns how many. Safe from any number of processes. */
export async function sealAudit(store: Store): Promise<number> {
  for (let sealed = 0; ; ) {
    const some = await store.write(sealSome, LOCK)
    sealed += some
    if (some < AT_ONCE) return sealed
  }
}

async function sealSome(tx: Tx): Promise<number> {
  const rows = await tx.sql.all<{ id: string; mark: string | null }>(
    'SELECT "id", "mark" FROM "Audit" WHERE "seq" IS NULL ORDER BY "id" LIMIT ?',
    AT_ONCE,
  )
  if (rows.length === 0) return 0
  const counted = await countedTo(tx)
  const head = (await headOf(tx)) ?? (await anchorOf(tx))
  // Goes on behind what was ever sealed: rows cut off the end must leave a gap, not be papered over.
  let { seq, hash } = head && head.seq >= counted ? head : { seq: counted, hash: head?.hash ?? '' }
  for (const { id, mark } of rows) {
    seq += 1
    hash = linkOf(tx.keys, hash, seq, mark ?? '')
    await tx.sql.run('UPDATE "Audit" SET "seq" = ?, "hash" = ? WHERE "id" = ?', seq, hash, id)
  }
  await tx.sql.run(
    'INSERT INTO "Counter" ("name", "value") VALUES (?, ?) ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"',
    'audit',
    seq,
  )
  return rows.length
}

async function countedTo(from: Reads): Promise<number> {
  const row = await from.sql.get<{ value: number }>('SELECT "value" FROM "Counter" WHERE "name" = ?', 'audit')
  return row?.value ?? 0
}

/** Where rows before were dropped by the house itself: the place and hash the rest goes on from. Only a row with a true mark counts. */
export async function anchorOf(from: Reads): Promise<Head | null> {
  const rows = await from.sql.all<ChainRow>(
    `SELECT ${CHAIN_COLUMNS} FROM "Audit" WHERE "what" = 'anchor' ORDER BY "at" DESC, "id" DESC`,
  )
  const heads = rows
    .filter(row => row.mark === markOf(from.keys, row))
    .map(({ field }): Head => {
      const [seq = '', hash = ''] = (field ?? '').split(':')
      return { seq: Number(seq), hash }
    })
  return (
    heads.filter(({ seq, hash }) => Number.isInteger(seq) && hash).sort((a, b) => b.seq - a.seq)[0] ?? null
  )
}

/** `changed`: what a row says or its hash is not what was written; `missing`: a row is gone, or stands elsewhere; `foreign`: written by somebody without the key. */
export type BrokenWhy = 'changed' | 'missing' | 'foreign'

export interface Verified {
  /** Sealed rows looked at. */
  rows: number
  head: Head | null
  unsealed: number
  /** The first place that does not fit; `seq` null: a row not sealed yet, named by its id. */
  broken: { seq: number | null; id: string | null; why: BrokenWhy } | null
}

export interface VerifyOptions {
  /** Begin at this place; what stands before is believed. */
  from?: number
  /** Told after each thousand rows. */
  each?: (rows: number) => void
}

const PAGE = 1000

/** Walks the chain from its beginning, the newest anchor, or a place, and the rows not sealed yet. Lets others have a turn between pages. */
export async function verifyAudit(read: Reads, { from, each }: VerifyOptions = {}): Promise<Verified> {
  const counted = await countedTo(read)
  const start = await startAt(read, from)
  let [before, last, rows] = [start.hash, start.seq, 0]
  let marked = start.marked
  const told = async (broken: Verified['broken']): Promise<Verified> => ({
    ...{ rows, head: last > 0 ? { seq: last, hash: before } : null },
    ...{ unsealed: await unsealedCount(read), broken },
  })
  for (;;) {
    const page = await pageAfter(read, last)
    for (const row of page) {
      const why = wrongOf(read.keys, row, { last, before, marked })
      // The house itself may have dropped old rows while we walked: then the rest goes on from a newer anchor.
      if (why && ((await anchorOf(read))?.seq ?? 0) > last) return verifyAudit(read, each ? { each } : {})
      if (why) return told({ seq: last + 1, id: why === 'missing' ? null : row.id, why })
      marked ||= row.mark !== null
      ;[before, last, rows] = [row.hash!, row.seq!, rows + 1]
    }
    each?.(rows)
    if (page.length < PAGE) break
    await turnOfTheLoop()
  }
  if (counted > last) return told({ seq: last + 1, id: null, why: 'missing' })
  const foreign = await foreignOf(read)
  return told(foreign ? { seq: null, id: foreign, why: 'foreign' } : null)
}

const pageAfter = (read: Reads, last: number) =>
  read.sql.all<ChainRow>(
    `SELECT ${CHAIN_COLUMNS} FROM "Audit" WHERE "seq" > ? ORDER BY "seq" LIMIT ?`,
    last,
    PAGE,
  )

async function startAt(read: Reads, from: number | undefined): Promise<Head & { marked: boolean }> {
  const anchor = (await anchorOf(read)) ?? { seq: 0, hash: '' }
  if (!from || from - 1 <= anchor.seq) return { ...anchor, marked: anchor.seq > 0 }
  const row = await read.sql.get<ChainRow>(
    `SELECT ${CHAIN_COLUMNS} FROM "Audit" WHERE "seq" = ?`,
    Math.floor(from) - 1,
  )
  return row
    ? { seq: row.seq!, hash: row.hash ?? '', marked: row.mark !== null }
    : { ...anchor, marked: anchor.seq > 0 }
}

interface Behind {
  last: number
  before: string
  /** A row with a mark came already: none without one may follow. */
  marked: boolean
}

function wrongOf(keys: HouseKeys, row: ChainRow, { last, before, marked }: Behind): BrokenWhy | null {
  if (row.seq !== last + 1) return 'missing'
  if (row.mark === null) return !marked && row.hash === plainLink(row, before) ? null : 'changed'
  if (row.mark !== markOf(keys, row)) return 'changed'
  return row.hash === linkOf(keys, before, row.seq, row.mark) ? null : 'changed'
}

/** The first row waiting to be sealed that nobody with the key wrote. */
async function foreignOf(read: Reads): Promise<string | null> {
  const rows = await read.sql.all<ChainRow>(
    `SELECT ${CHAIN_COLUMNS} FROM "Audit" WHERE "seq" IS NULL ORDER BY "id" LIMIT 10000`,
  )
  return rows.find(row => row.mark !== markOf(read.keys, row))?.id ?? null
}
