import type { KeptFigures } from '../rules/board/figures.ts'
import type { Measures, Yes } from '../rules/cases/assess.ts'
import type { Reads, Tx } from './db.ts'
import type { SqlValue } from './sql.ts'

/** Whose promises in which month: the unit that answered for them, and what they were about. */
export interface FigureKey {
  month: string
  unitId: string
  category: string
}

const COUNTS = [
  ...['ended', 'redone', 'contacted', 'contactedOf', 'answered', 'answeredOf'],
  ...['solved', 'solvedOf', 'satisfied', 'satisfiedOf'],
] as const
const quoted = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')

const ADD = `INSERT INTO "MonthFigure" ("month", "unitId", "category", ${quoted(COUNTS)}) VALUES (?, ?, ?, ${COUNTS.map(() => '?').join(', ')})
  ON CONFLICT ("month", "unitId", "category") DO UPDATE SET ${COUNTS.map(name => `"${name}" = "MonthFigure"."${name}" + excluded."${name}"`).join(', ')}`

/** Counts one ended case in (`by` 1), or out again (-1): it was reopened, or a person put its values right. */
export async function countCase(tx: Tx, key: FigureKey, values: Measures, by: 1 | -1): Promise<void> {
  const pair = (value: Yes) => [value === 1 ? by : 0, value === null ? 0 : by]
  const { contacted, answered, solved, satisfied, redone } = values
  await tx.sql.run(
    ADD,
    ...[key.month, key.unitId, key.category],
    ...[by, redone > 0 ? by : 0],
    ...[contacted, answered, solved, satisfied].flatMap(pair),
  )
}

/** Which promises are asked for: months from and to, both counted; `path` is the way down to a unit, all below it counted. */
export interface FigureScope {
  from: string
  to: string
  path?: string | null
  category?: string | null
}

type Raw = Record<(typeof COUNTS)[number], number>

const figuresOf = (raw: Raw): KeptFigures => ({
  ended: Number(raw.ended),
  redone: Number(raw.redone),
  contacted: { n: Number(raw.contacted), of: Number(raw.contactedOf) },
  answered: { n: Number(raw.answered), of: Number(raw.answeredOf) },
  solved: { n: Number(raw.solved), of: Number(raw.solvedOf) },
  satisfied: { n: Number(raw.satisfied), of: Number(raw.satisfiedOf) },
})

function whereOf({ from, to, path, category }: FigureScope): { sql: string; values: SqlValue[] } {
  const below = '"unitId" IN (SELECT u."id" FROM "Unit" u WHERE u."path" = ? OR u."path" LIKE ?)'
  return {
    sql: ['"month" BETWEEN ? AND ?', ...(path ? [below] : []), ...(category ? ['"category" = ?'] : [])].join(
      ' AND ',
    ),
    values: [from, to, ...(path ? [path, `${path}/%`] : []), ...(category ? [category] : [])],
  }
}

/** Every line by month, unit and category. */
export async function figureLines(
  from: Reads,
  scope: FigureScope,
): Promise<(FigureKey & { figures: KeptFigures })[]> {
  const { sql, values } = whereOf(scope)
  const rows = await from.sql.all<FigureKey & Raw>(
    `SELECT "month", "unitId", "category", ${quoted(COUNTS)} FROM "MonthFigure" WHERE ${sql} AND "ended" > 0`,
    ...values,
  )
  return rows.map(({ month, unitId, category, ...raw }) => ({
    ...{ month, unitId, category },
    figures: figuresOf(raw),
  }))
}

/** The sums by month; months without an ended case are left out. */
export async function figureMonths(from: Reads, scope: FigureScope): Promise<Map<string, KeptFigures>> {
  const { sql, values } = whereOf(scope)
  const rows = await from.sql.all<{ month: string } & Raw>(
    `SELECT "month", ${COUNTS.map(name => `SUM("${name}") AS "${name}"`).join(', ')} FROM "MonthFigure" WHERE ${sql}
     GROUP BY "month" HAVING SUM("ended") > 0`,
    ...values,
  )
  return new Map(rows.map(row => [row.month, figuresOf(row)]))
}
