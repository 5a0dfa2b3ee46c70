import type { Reads, Tx } from './db.ts'

/** Phones, ID numbers and long digit strings have no place in the search copy. */
const DIGITS = /[0-9０-９][0-9０-９\s-]{5,}[0-9０-９Xx]?/g

/**
 * The search copy of a text: its Chinese in two-character pieces, other words whole, numbers of a place kept
 * (3号楼). What could name a person is masked before.
 */
export function piecesOf(text: string, masked: readonly string[] = []): string {
  let clear = text.normalize('NFKC').toLowerCase().replace(DIGITS, ' ')
  for (const word of masked) if (word) clear = clear.replaceAll(word.toLowerCase(), ' ')
  const pieces: string[] = []
  for (const run of clear.match(/[\p{Script=Han}]+|[a-z0-9]+/gu) ?? []) {
    if (/^[a-z0-9]/.test(run)) pieces.push(run)
    else for (let i = 0; i < Math.max(1, run.length - 1); i++) pieces.push(run.slice(i, i + 2))
  }
  return [...new Set(pieces)].join(' ')
}

/** Writes the search copy of a grievance. Hotline, care, mediation and hidden cases have none. */
export async function keepSearchCopy(
  tx: Tx,
  store: 'sqlite' | 'postgresql',
  caseId: string,
  pieces: string,
): Promise<void> {
  if (store === 'postgresql') {
    await tx.sql.run(
      `INSERT INTO "CaseSearch" ("caseId", "pieces") VALUES (?, to_tsvector('simple', ?)) ON CONFLICT ("caseId") DO UPDATE SET "pieces" = EXCLUDED."pieces"`,
      caseId,
      pieces,
    )
    return
  }
  const row = await tx.sql.get<{ rowNo: number }>(
    'INSERT INTO "CaseSearchRow" ("caseId") VALUES (?) ON CONFLICT ("caseId") DO UPDATE SET "caseId" = excluded."caseId" RETURNING "rowNo"',
    caseId,
  )
  await tx.sql.run('INSERT OR REPLACE INTO "CaseSearch" (rowid, pieces) VALUES (?, ?)', row!.rowNo, pieces)
}

/** Ids of cases whose copy holds every piece of the words sought, newest first. Two characters and up. */
export async function searchCases(
  from: Reads,
  store: 'sqlite' | 'postgresql',
  words: string,
  limit: number,
): Promise<string[]> {
  const pieces = piecesOf(words).split(' ').filter(Boolean)
  if (pieces.length === 0) return []
  const rows =
    store === 'postgresql'
      ? await from.sql.all<{ caseId: string }>(
          `SELECT "caseId" FROM "CaseSearch" WHERE "pieces" @@ to_tsquery('simple', ?) ORDER BY "caseId" DESC LIMIT ?`,
          pieces.map(piece => `'${piece}'`).join(' & '),
          limit,
        )
      : await from.sql.all<{ caseId: string }>(
          `SELECT r."caseId" FROM "CaseSearchRow" r WHERE r."rowNo" IN (SELECT rowid FROM "CaseSearch" WHERE "CaseSearch" MATCH ?) ORDER BY r."caseId" DESC LIMIT ?`,
          pieces.map(piece => `"${piece}"`).join(' AND '),
          limit,
        )
  return rows.map(row => row.caseId)
}
