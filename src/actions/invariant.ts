import { type Breach, broken } from '../rules/cases/invariant.ts'
import { type CaseKind, type CaseState, END_STATES } from '../rules/cases/types.ts'
import type { Reads } from '../store/db.ts'
import { spansOfCases } from '../store/walk.ts'

export interface Promises {
  open: number
  closed: number
  broken: { code: string; why: Breach }[]
}

interface Facts {
  code: string
  kind: CaseKind
  state: CaseState
  holders: number
  running: number
  lastWordAt: string | null
  noReply: number
  unreachable: number
  assessments: number
}

/** Cases that may be in breach: the database narrows, the rule decides. */
const SUSPECTS = `
  SELECT c."code", c."kind", c."state", c."lastWordAt", c."noReply",
    CASE WHEN c."personId" IS NULL OR p."erasedAt" IS NOT NULL THEN 1 ELSE 0 END AS "unreachable",
    (SELECT COUNT(*) FROM "Unit" u WHERE u."id" = c."holderUnitId") AS "holders",
    (SELECT COUNT(*) FROM "Deadline" d WHERE d."caseId" = c."id" AND d."metAt" IS NULL AND d."endedAt" IS NULL) AS "running",
    (SELECT COUNT(*) FROM "Assessment" a WHERE a."caseId" = c."id" AND a."orderId" IS NULL AND a."at" = c."closedAt") AS "assessments"
  FROM "Case" c LEFT JOIN "Person" p ON p."id" = c."personId"`

/** Checks every case against the invariant: exactly one holder and a running deadline while open, a last word and, but for a mediation, one assessment once ended. */
export async function brokenPromises(from: Reads): Promise<Promises> {
  const found: Promises = { open: 0, closed: 0, broken: [] }
  for await (const { sql, values } of spansOfCases(from))
    judge(await from.sql.all<Facts>(`${SUSPECTS} WHERE ${sql}`, ...values), found)
  return found
}

function judge(rows: readonly Facts[], found: Promises): void {
  for (const row of rows) {
    if (END_STATES.includes(row.state)) found.closed++
    else found.open++
    const breaches = broken({
      kind: row.kind,
      state: row.state,
      holders: Array.from({ length: Number(row.holders) }, () => 'unit'),
      runningDeadlines: Number(row.running),
      lastWords: row.lastWordAt ? 1 : 0,
      noReply: row.noReply === 1 || Number(row.unreachable) === 1,
      assessments: Number(row.assessments),
    })
    for (const why of breaches) found.broken.push({ code: row.code, why })
  }
}
