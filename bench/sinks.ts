import { createWriteStream, mkdirSync, rmSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'

/** Where generated rows go: straight into a SQLite file, or by COPY into PostgreSQL. Whole batches, in order. */
export type Value = string | number | null | Buffer
export interface Sink {
  add(table: string, row: readonly Value[]): void
  /** Marks of a case: its words and facts, separated by spaces. */
  marks(no: number, marks: string): void
  flush(): Promise<void>
  close(): Promise<void>
}

export const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Person: ['id', 'language', 'createdAt', 'seenAt'],
  Key: ['id', 'wrapped', 'createdAt'],
  Case: [
    ...[
      'id',
      'code',
      'no',
      'kind',
      'state',
      'class',
      'category',
      'personId',
      'holderUnitId',
      'holderStaffId',
    ],
    ...[
      'townId',
      'communityId',
      'gridId',
      'titleEnc',
      'textEnc',
      'placeEnc',
      'nameEnc',
      'phoneEnc',
      'phoneHash',
    ],
    ...['dataEnc', 'hidden', 'entryCount', 'queryHash', 'dueAt', 'dueKind', 'lastWordAt', 'residentNewAt'],
    ...['createdAt', 'updatedAt', 'closedAt'],
  ],
  Point: ['id', 'caseId', 'no', 'textEnc'],
  Order: ['id', 'caseId', 'parentId', 'kind', 'unitId', 'staffId', 'state', 'openedAt', 'signedAt', 'doneAt'],
  Deadline: ['id', 'caseId', 'kind', 'startedAt', 'due', 'metAt', 'stage'],
  Entry: [
    'id',
    'caseId',
    'no',
    'verb',
    'public',
    'byKind',
    'byId',
    'unitId',
    'fromState',
    'toState',
    'bodyEnc',
    'at',
  ],
  Assessment: [
    ...[
      'id',
      'subject',
      'caseId',
      'unitId',
      'category',
      'month',
      'contacted',
      'answered',
      'solved',
      'satisfied',
      'at',
    ],
  ],
}

const quoted = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')

export function sqliteSink(file: string): Sink {
  const db = new Database(file)
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = OFF',
    'cache_size = -400000',
    'foreign_keys = OFF',
    'wal_autocheckpoint = 100000',
  ])
    db.pragma(pragma)
  const adds = new Map(
    Object.entries(COLUMNS).map(([table, names]) => [
      table,
      db.prepare(`INSERT INTO "${table}" (${quoted(names)}) VALUES (${names.map(() => '?').join(', ')})`),
    ]),
  )
  const mark = db.prepare('INSERT INTO "CaseSearch" (rowid, pieces) VALUES (?, ?)')
  db.exec('BEGIN')
  return {
    add: (table, row) => void adds.get(table)!.run(...row),
    marks: (no, marks) => void mark.run(no, marks),
    async flush() {
      db.exec('COMMIT')
      db.exec('BEGIN')
    },
    async close() {
      db.exec('COMMIT')
      db.exec(`INSERT INTO "CaseSearch"("CaseSearch") VALUES ('optimize')`)
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    },
  }
}

/** What is made of the rows once they are there, as migrations 019 and 021 do. */
const LAST = [
  'CREATE INDEX "CaseSearch_pieces_idx" ON "CaseSearch" USING GIN ((ARRAY["no" >> 21]), "pieces") WITH (fastupdate = off)',
  `INSERT INTO "OpenMark" ("mark", "no") SELECT one, s."no" FROM "Case" c JOIN "CaseSearch" s ON s."no" = c."no"
   CROSS JOIN LATERAL unnest(tsvector_to_array(s."pieces")) one WHERE c."closedAt" IS NULL AND one ~ '^[πχω]'`,
]

/** Rows are written into files the server reads: it must run on this machine. */
export async function postgresSink(url: string, folder: string): Promise<Sink> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  await client.query(
    `SET synchronous_commit = off; SET session_replication_role = replica; SET maintenance_work_mem = '1GB'`,
  )
  await client.query('DROP INDEX IF EXISTS "CaseSearch_pieces_idx"')
  let files = new Map<string, WriteStream>()
  const line = (table: string, text: string) => {
    let file = files.get(table)
    if (!file) {
      file = createWriteStream(join(folder, table), { mode: 0o644 })
      files.set(table, file)
    }
    file.write(text)
  }
  return {
    add: (table, row) => line(table, `${row.map(copied).join('\t')}\n`),
    marks: (no, marks) =>
      line(
        'CaseSearch',
        `${no}\t${[...new Set(marks.split(' ').filter(Boolean))]
          .sort()
          .map(one => `'${one}'`)
          .join(' ')}\n`,
      ),
    async flush() {
      const ending = files
      files = new Map()
      await Promise.all([...ending.values()].map(file => new Promise(done => file.end(done))))
      for (const table of ending.keys()) {
        const names = table === 'CaseSearch' ? ['no', 'pieces'] : COLUMNS[table]!
        await client.query(`COPY "${table}" (${quoted(names)}) FROM '${join(folder, table)}'`)
      }
    },
    async close() {
      for (const sql of LAST) await client.query(sql)
      await client.query('VACUUM (ANALYZE)')
      await client.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const copied = (value: Value): string =>
  value === null
    ? '\\N'
    : Buffer.isBuffer(value)
      ? `\\\\x${value.toString('hex')}`
      : String(value).replace(
          /[\\\t\n\r]/g,
          sign => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign]!,
        )
