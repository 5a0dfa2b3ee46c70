import type { CaseKind } from '../rules/cases/types.ts'
import type { Store, Tx } from './db.ts'
import { keyOf, opened } from './keys.ts'
import { keyedHash } from './seal.ts'
import { piecesOf } from './search.ts'

/**
 * What a case is found by. Beside the pieces of its words stand marks of its facts: each begins with a Greek letter, which no piece
 * of a word ever does (`piecesOf` keeps Han, Latin letters and digits alone), so nobody can write themselves a mark. Marks only choose candidates:
 * the columns of each are asked again, so a stale mark may hide a case and never shows one.
 */
const LETTERS = {
  place: 'π',
  holder: 'χ',
  order: 'ω',
  category: 'κ',
  class: 'λ',
  state: 'σ',
  name: 'ν',
  phone: 'φ',
  serial: 'η',
  day: 'θ',
} as const

/** The mark of a fact. */
export const mark = (of: keyof typeof LETTERS, value: string): string =>
  LETTERS[of] + value.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Marks of whether it is over. */
export const OPEN_MARK = mark('state', '0open')
export const ENDED_MARK = mark('state', '0ended')
/** Its office asked for more time and was not answered. */
export const ASKS_MARK = mark('state', '0asks')

/** The last word on more time is the office's question, not the district's answer. */
export const ASKED = `(SELECT e."verb" FROM "Entry" e WHERE e."caseId" = c."id" AND e."verb" IN ('askExtension', 'askPause', 'extend', 'pause', 'answer')
    ORDER BY e."no" DESC LIMIT 1) IN ('askExtension', 'askPause')`
/** Verbs after which that may be another. */
export const ASKING: readonly string[] = ['askExtension', 'askPause', 'extend', 'pause', 'answer']

/** A keyed hash as a mark: in hexadecimal, for the index knows no capitals. */
export const hashMark = (of: 'name' | 'phone', hash: string): string =>
  mark(of, Buffer.from(hash, 'base64url').toString('hex').slice(0, 32))

/** A name as it is hashed: without spaces and points between its parts, whatever the letters' width and case. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.·•‧'’-]/g, '')

/** Kinds whose words, names and phones are searched. Hotline, care, mediation and hidden cases are found by their facts alone. */
export const SEARCHED: readonly CaseKind[] = ['grievance', 'gridReport', 'errand']

interface Marked {
  id: string
  no: number | null
  code: string
  kind: CaseKind
  state: string
  class: string
  category: string
  hidden: number
  townId: string | null
  communityId: string | null
  gridId: string | null
  holderUnitId: string
  closedAt: string | null
  createdAt: string
  phoneHash: string | null
  asks: number
  path: string | null
  titleEnc: Uint8Array
  textEnc: Uint8Array
  placeEnc: Uint8Array | null
  nameEnc: Uint8Array | null
}

const READ = `SELECT c."id", c."no", c."code", c."kind", c."state", c."class", c."category", c."hidden", c."townId", c."communityId", c."gridId", c."holderUnitId",
  c."closedAt", c."createdAt", c."phoneHash", CASE WHEN ${ASKED} THEN 1 ELSE 0 END AS "asks", u."path", c."titleEnc", c."textEnc", c."placeEnc", c."nameEnc"
  FROM "Case" c LEFT JOIN "Unit" u ON u."id" = c."holderUnitId" WHERE c."id" = ?`

/** Writes anew what the cases a transaction touched are found by. Called before each commit. */
export async function keepMarks(tx: Tx, store: Store['kind']): Promise<void> {
  for (const id of tx.unmarked) {
    const row = await tx.sql.get<Marked>(READ, id)
    if (!row) continue
    const no = row.no ?? (await takeNo(tx, store, row))
    const orders = await tx.sql.all<{ unitId: string }>(
      'SELECT DISTINCT "unitId" FROM "Order" WHERE "caseId" = ?',
      id,
    )
    const facts = factMarks(
      row,
      orders.map(order => order.unitId),
    )
    await keepPieces(tx, store, Number(no), [...facts, ...(await wordMarks(tx, row))].join(' '))
    if (store === 'postgresql') await keepOpenMarks(tx, Number(no), row.closedAt === null ? facts : [])
  }
  tx.unmarked.clear()
}

/** What of a case is marked; `path` is the way down to the unit that holds it. */
export type Facts = Pick<
  Marked,
  | 'code'
  | 'state'
  | 'class'
  | 'category'
  | 'townId'
  | 'communityId'
  | 'gridId'
  | 'holderUnitId'
  | 'closedAt'
  | 'asks'
  | 'path'
>

/** The facts of a case as marks. */
export function factMarks(row: Facts, orderUnits: readonly string[]): string[] {
  const [, day = '', serial = ''] = row.code.split('-')
  // The district stands above every unit and would mark every case: its desk needs no mark.
  const above = (row.path ?? row.holderUnitId).split('/').slice(1)
  return [
    ...[row.townId, row.communityId, row.gridId].flatMap(unit => (unit ? [mark('place', unit)] : [])),
    ...new Set([...above, row.holderUnitId].map(unit => mark('holder', unit))),
    ...orderUnits.map(unit => mark('order', unit)),
    ...[mark('category', row.category), mark('class', row.class), mark('state', row.state)],
    row.closedAt === null ? OPEN_MARK : ENDED_MARK,
    ...(Number(row.asks) ? [ASKS_MARK] : []),
    ...[mark('day', day), mark('day', day.slice(4)), mark('serial', serial)],
  ]
}

/** The pieces of its words, and the keyed hashes of name and phone; none where they are not to be searched. */
async function wordMarks(tx: Tx, row: Marked): Promise<string[]> {
  if (!SEARCHED.includes(row.kind) || row.hidden) return []
  const key = await keyOf(tx, row.id)
  const text = (column: 'titleEnc' | 'textEnc' | 'placeEnc' | 'nameEnc') =>
    opened(key, `Case.${column}.${row.id}`, row[column]) ?? ''
  const name = text('nameEnc')
  const words = [text('titleEnc'), text('textEnc'), text('placeEnc')].join('\n')
  return [
    ...(plainName(name) ? [hashMark('name', keyedHash(tx.keys, 'name', plainName(name)))] : []),
    ...(row.phoneHash ? [hashMark('phone', row.phoneHash)] : []),
    piecesOf(words, [name]),
  ]
}

async function keepPieces(tx: Tx, store: Store['kind'], no: number, pieces: string): Promise<void> {
  const sql =
    store === 'postgresql'
      ? `INSERT INTO "CaseSearch" ("no", "pieces") VALUES (?, array_to_tsvector(array_remove(string_to_array(?, ' '), ''))) ON CONFLICT ("no") DO UPDATE SET "pieces" = EXCLUDED."pieces"`
      : 'INSERT OR REPLACE INTO "CaseSearch" (rowid, pieces) VALUES (?, ?)'
  await tx.sql.run(sql, no, pieces)
}

/** Marks by which a unit reaches its open cases. */
const REACHING = new RegExp(`^[${LETTERS.place}${LETTERS.holder}${LETTERS.order}]`)

/** On PostgreSQL a list of open cases reads them from a table of their own (migration 021). */
async function keepOpenMarks(tx: Tx, no: number, facts: readonly string[]): Promise<void> {
  const marks = `{${facts.filter(each => REACHING.test(each)).join(',')}}`
  await tx.sql.run(
    `WITH gone AS (DELETE FROM "OpenMark" WHERE "no" = ? AND "mark" <> ALL (CAST(? AS text[])))
     INSERT INTO "OpenMark" ("mark", "no") SELECT one, CAST(? AS bigint) FROM unnest(CAST(? AS text[])) one ON CONFLICT DO NOTHING`,
    ...[no, marks, no, marks],
  )
}

/** Places in one second, before the first number, and how far a second too full for its places may reach. */
const A_SECOND = 8
const BEFORE = Date.parse('2020-01-01T00:00:00.000Z') / 1000
export const REACH = 3600 * A_SECOND

/** The first number of a case opened at an instant: what was opened later has a greater one, give or take a crowded second. */
export const noAt = (instant: string): number =>
  Math.max(0, Math.floor(Date.parse(instant) / 1000) - BEFORE) * A_SECOND

/** Gives a case its number: the first of its second, or the next free one. */
async function takeNo(tx: Tx, store: Store['kind'], row: Pick<Marked, 'id' | 'createdAt'>): Promise<number> {
  if (store === 'postgresql') await tx.sql.all('SELECT 1 FROM pg_advisory_xact_lock(20261104)')
  const first = noAt(row.createdAt)
  const taken = await tx.sql.get<{ no: number }>(
    `UPDATE "Case" SET "no" = CASE WHEN EXISTS (SELECT 1 FROM "Case" t WHERE t."no" = ?)
       THEN (SELECT MAX(t."no") + 1 FROM "Case" t WHERE t."no" >= ? AND t."no" < ?) ELSE ? END
     WHERE "id" = ? RETURNING "no"`,
    ...[first, first, first + REACH, first, row.id],
  )
  return taken!.no
}

/** Cases marked in one write. */
const AT_ONCE = 100

/** Marks every case that has none yet: after an upgrade, and where a unit was moved. Returns how many. */
export async function markAll(
  store: Store,
  told: (marked: number) => void = () => undefined,
): Promise<number> {
  let marked = 0
  for (;;) {
    const found = await store.write(async tx => {
      const rows = await tx.sql.all<{ id: string }>(
        `SELECT "id" FROM "Case" WHERE "no" IS NULL ORDER BY "id" LIMIT ${AT_ONCE}`,
      )
      for (const { id } of rows) tx.unmarked.add(id)
      return rows.length
    })
    marked += found
    if (found === 0) return marked
    told(marked)
  }
}
