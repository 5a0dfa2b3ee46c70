import type Database from 'better-sqlite3'
import type pg from 'pg'

/** A value SQLite and PostgreSQL both take as it is. */
export type SqlValue = string | number | null | Uint8Array

type Soon<T> = T | Promise<T>

/**
 * Plain statements with `?` marks, inside a transaction or on the reading side. On SQLite they are prepared once and run at
 * once (no promise is made: the hot path stays in one turn of the event loop); on PostgreSQL those of a transaction go through Prisma,
 * whose it is, and those that read go to the driver: through Prisma a question cost a millisecond of this process.
 */
export interface Sql {
  all<T>(sql: string, ...values: SqlValue[]): Soon<T[]>
  get<T>(sql: string, ...values: SqlValue[]): Soon<T | undefined>
  /** How many rows were touched. */
  run(sql: string, ...values: SqlValue[]): Soon<number>
}

export function sqliteSql(db: Database.Database): Sql {
  const prepared = new Map<string, Database.Statement>()
  const statement = (sql: string) => {
    let found = prepared.get(sql)
    if (!found) {
      found = db.prepare(sql).safeIntegers(false)
      prepared.set(sql, found)
    }
    return found
  }
  return {
    all: <T>(sql: string, ...values: SqlValue[]) => statement(sql).all(...values) as T[],
    get: <T>(sql: string, ...values: SqlValue[]) => statement(sql).get(...values) as T | undefined,
    run: (sql, ...values) => statement(sql).run(...values).changes,
  }
}

/** What Prisma's client offers for plain statements on PostgreSQL. */
export interface RawClient {
  $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T>
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>
}

export function postgresSql(client: RawClient): Sql {
  return {
    all: async <T>(sql: string, ...values: SqlValue[]) =>
      plain(await client.$queryRawUnsafe<T[]>(numbered(sql), ...values)),
    get: async <T>(sql: string, ...values: SqlValue[]) =>
      plain(await client.$queryRawUnsafe<T[]>(numbered(sql), ...values))[0],
    run: (sql, ...values) => client.$executeRawUnsafe(numbered(sql), ...values),
  }
}

export function pooledSql(pool: pg.Pool): Sql {
  const asked = (sql: string, values: SqlValue[]) => pool.query(numbered(sql), values)
  return {
    all: async <T>(sql: string, ...values: SqlValue[]) => (await asked(sql, values)).rows as T[],
    get: async <T>(sql: string, ...values: SqlValue[]) => (await asked(sql, values)).rows[0] as T | undefined,
    run: async (sql, ...values) => (await asked(sql, values)).rowCount ?? 0,
  }
}

const numberedOnce = new Map<string, string>()
/** `?` → `$1`, `$2` …; our statements hold no question mark in a literal. */
function numbered(sql: string): string {
  let found = numberedOnce.get(sql)
  if (!found) {
    let n = 0
    found = sql.replace(/\?/g, () => `$${++n}`)
    numberedOnce.set(sql, found)
  }
  return found
}

/** Counts come back as bigint from PostgreSQL; ours are all small enough for a number. */
function plain<T>(rows: T[]): T[] {
  for (const row of rows as Record<string, unknown>[])
    for (const key in row) if (typeof row[key] === 'bigint') row[key] = Number(row[key])
  return rows
}

const inserts = new Map<string, string>()
/** Inserts one row by its column names. Table and column names come from our own code only. */
export function insert(sql: Sql, table: string, row: Record<string, SqlValue>): Soon<number> {
  const names = Object.keys(row)
  const id = `${table}(${names.join()})`
  let text = inserts.get(id)
  if (!text) {
    const columns = names.map(name => `"${name}"`).join(', ')
    text = `INSERT INTO "${table}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`
    inserts.set(id, text)
  }
  return sql.run(text, ...Object.values(row))
}

/** SQLite keeps no figures by which it could tell a small index of few rows from others: it is named. PostgreSQL knows. */
export const along = (index: string, { kind }: { kind: 'sqlite' | 'postgresql' }): string =>
  kind === 'sqlite' ? ` INDEXED BY "${index}"` : ''
