import { LEARNING } from '../rules/learning/may-teach.ts'
import { wishOf } from './consents.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** What understanding proposed for a case, and what its person said. */
export interface ProposalRow {
  caseId: string
  month: string
  category: string
  route: string | null
  /** How sure, in hundredths. */
  share: number
  alternatives: readonly { route: string; confidence: number }[]
  asked: boolean
  chosen: string | null
}

export async function keepProposal(tx: Tx, { alternatives, asked, ...row }: ProposalRow): Promise<void> {
  await insert(tx.sql, 'Proposal', {
    ...row,
    alternatives: JSON.stringify(alternatives),
    asked: asked ? 1 : 0,
    label: null,
  })
}

/** Cases alike in proposal and outcome, as the ledger has them. Units by id; the panel is that of a mediation which grew out of the case. */
export interface OutcomeRow {
  month: string
  route: string | null
  asked: number
  filed: string | null
  label: string | null
  holder: string
  lead: string | null
  panel: string | null
  n: number
}

const LEAD = `(SELECT o."unitId" FROM "Order" o WHERE o."caseId" = c."id" AND o."kind" = 'joint' AND o."lead" = 1 AND o."state" <> 'withdrawn'
  ORDER BY o."openedAt" DESC, o."id" DESC LIMIT 1)`
const PANEL = `(SELECT m."panel" FROM "Mediation" m WHERE m."fromCaseId" = c."id" ORDER BY m."caseId" LIMIT 1)`

/** Proposals of a month (`YYYY-MM`) with what became of them, counted. */
export async function outcomesOf(from: Reads, month: string): Promise<OutcomeRow[]> {
  const rows = await from.sql.all<OutcomeRow>(
    `SELECT x."month", x."route", x."asked", x."filed", x."label", x."holder", x."lead", x."panel", COUNT(*) AS "n" FROM
       (SELECT p."month", p."route", p."asked", c."route" AS "filed", p."label", c."holderUnitId" AS "holder", ${LEAD} AS "lead", ${PANEL} AS "panel"
        FROM "Proposal" p JOIN "Case" c ON c."id" = p."caseId" WHERE p."month" = ?) x
     GROUP BY x."month", x."route", x."asked", x."filed", x."label", x."holder", x."lead", x."panel"`,
    month,
  )
  return rows.map(row => ({ ...row, n: Number(row.n) }))
}

export type ExampleState = 'waiting' | 'approved' | 'discarded'

/** One example with what was proposed and where the ledger says it went; the words masked, null where their key is gone. */
export interface ExampleLine extends Omit<OutcomeRow, 'n'> {
  id: string
  code: string
  text: string | null
  state: ExampleState
  share: number
  alternatives: readonly { route: string; confidence: number }[]
  chosen: string | null
  decidedById: string | null
  decidedAt: string | null
  version: number
}

const LINE = `e."id", e."personId", e."textEnc", e."state", e."decidedById", e."decidedAt", e."version", c."code", p."month", p."route", p."share", p."alternatives",
  p."asked", p."chosen", p."label", c."route" AS "filed", c."holderUnitId" AS "holder", ${LEAD} AS "lead", ${PANEL} AS "panel"
  FROM "Example" e JOIN "Case" c ON c."id" = e."caseId" JOIN "Proposal" p ON p."caseId" = e."caseId"`
/** Where a case ends is known once it is answered; what its person took back teaches nothing. */
const SETTLED = `c."state" IN ('answered', 'closed')`

type Raw = Omit<ExampleLine, 'text' | 'alternatives'> & {
  personId: string
  textEnc: Uint8Array | null
  alternatives: string
}

async function asLine(from: Reads, { personId, textEnc, alternatives, ...row }: Raw): Promise<ExampleLine> {
  const key = await keyOf(from, personId)
  return {
    ...row,
    text: opened(key, `Example.textEnc.${row.id}`, textEnc),
    alternatives: JSON.parse(alternatives) as ExampleLine['alternatives'],
  }
}

/** Examples that wait for a clerk, oldest first, or those approved, newest first. */
export async function examplesIn(
  from: Reads,
  state: 'waiting' | 'approved',
  limit: number,
): Promise<ExampleLine[]> {
  const order = state === 'waiting' ? 'e."createdAt", e."id"' : 'e."decidedAt" DESC, e."id"'
  const rows = await from.sql.all<Raw>(
    `SELECT ${LINE} WHERE e."state" = ? AND ${state === 'waiting' ? SETTLED : '1 = 1'} ORDER BY ${order} LIMIT ?`,
    state,
    limit,
  )
  return Promise.all(rows.map(row => asLine(from, row)))
}

/** How many wait for a clerk, and how many are approved. */
export async function exampleCounts(from: Reads): Promise<{ waiting: number; approved: number }> {
  const count = async (where: string) =>
    Number(
      (
        await from.sql.get<{ n: number }>(
          `SELECT COUNT(*) AS "n" FROM "Example" e JOIN "Case" c ON c."id" = e."caseId" WHERE ${where}`,
        )
      )?.n ?? 0,
    )
  return {
    waiting: await count(`e."state" = 'waiting' AND ${SETTLED}`),
    approved: await count(`e."state" = 'approved'`),
  }
}

/** Approved examples decided from an instant to before another, in the order of their approval. */
export async function approvedBetween(
  from: Reads,
  span: { from: string; to: string },
): Promise<ExampleLine[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${LINE} WHERE e."state" = 'approved' AND e."decidedAt" >= ? AND e."decidedAt" < ? ORDER BY e."decidedAt", e."id"`,
    span.from,
    span.to,
  )
  return Promise.all(rows.map(row => asLine(from, row)))
}

/** One example, unless it was discarded. */
export async function exampleById(from: Reads, id: string): Promise<ExampleLine | null> {
  const row = await from.sql.get<Raw>(`SELECT ${LINE} WHERE e."id" = ? AND e."state" <> 'discarded'`, id)
  return row ? asLine(from, row) : null
}

/** Keeps the masked words of a case as an example that waits; a second time changes nothing. False where the person's key is gone. */
export async function keepExample(
  tx: Tx,
  given: { caseId: string; personId: string; text: string },
  now: string,
): Promise<boolean> {
  const key = await keyOf(tx, given.personId)
  const known = await tx.sql.get('SELECT 1 AS "n" FROM "Example" WHERE "caseId" = ?', given.caseId)
  if (!key || known) return false
  const id = newId()
  await insert(tx.sql, 'Example', {
    ...{ id, caseId: given.caseId, personId: given.personId, createdAt: now },
    textEnc: sealed(key, `Example.textEnc.${id}`, given.text),
  })
  return true
}

/** A clerk's decision: the words as they stand from now on (null: discarded, they go) and the label. False when somebody was faster. */
export async function decideExample(
  tx: Tx,
  given: { id: string; version: number; staffId: string; text: string | null; label: string | null },
  now: string,
): Promise<boolean> {
  const row = await tx.sql.get<{ personId: string; caseId: string }>(
    'SELECT "personId", "caseId" FROM "Example" WHERE "id" = ?',
    given.id,
  )
  const key = row && (await keyOf(tx, row.personId))
  if (!row || !key) return false
  const changed = await tx.sql.run(
    `UPDATE "Example" SET "textEnc" = ?, "state" = ?, "decidedById" = ?, "decidedAt" = ?, "version" = "version" + 1
     WHERE "id" = ? AND "version" = ? AND "state" <> 'discarded'`,
    sealed(key, `Example.textEnc.${given.id}`, given.text),
    given.text === null ? 'discarded' : 'approved',
    given.staffId,
    now,
    given.id,
    given.version,
  )
  if (changed === 0) return false
  await tx.sql.run('UPDATE "Proposal" SET "label" = ? WHERE "caseId" = ?', given.label, row.caseId)
  return true
}

/** A person's own examples, as they may see them. */
export async function examplesOf(
  from: Reads,
  personId: string,
): Promise<{ code: string; text: string; state: ExampleState; createdAt: string }[]> {
  const rows = await from.sql.all<{
    id: string
    code: string
    textEnc: Uint8Array | null
    state: ExampleState
    createdAt: string
  }>(
    `SELECT e."id", c."code", e."textEnc", e."state", e."createdAt" FROM "Example" e JOIN "Case" c ON c."id" = e."caseId"
     WHERE e."personId" = ? AND e."state" <> 'discarded' ORDER BY e."createdAt", e."id"`,
    personId,
  )
  const key = await keyOf(from, personId)
  return rows.map(({ id, textEnc, ...row }) => ({
    ...row,
    text: opened(key, `Example.textEnc.${id}`, textEnc) ?? '',
  }))
}

/** Every example of a person is gone: their word was taken back, or they were erased. What a clerk called a case stays; it holds no words. */
export async function dropExamples(tx: Tx, personId: string): Promise<void> {
  await tx.sql.run('DELETE FROM "Example" WHERE "personId" = ?', personId)
}

/**
 * Two records of one person become one. A no said in either stands, and nothing is kept; else the examples are sealed anew with the key of
 * the record that stays.
 */
export async function mergeLearning(tx: Tx, from: string, into: string): Promise<void> {
  const [was, is] = [await wishOf(tx, from, LEARNING), await wishOf(tx, into, LEARNING)]
  if (was === null) return
  // The word of the other record stands unless this one says no.
  if (is === null || (is && !was)) {
    await tx.sql.run(
      'DELETE FROM "Consent" WHERE "personId" = ? AND "purpose" = ? AND "withdrawnAt" IS NULL',
      into,
      LEARNING,
    )
    await tx.sql.run(
      'UPDATE "Consent" SET "personId" = ? WHERE "personId" = ? AND "purpose" = ? AND "withdrawnAt" IS NULL',
      into,
      from,
      LEARNING,
    )
  }
  if (!was || is === false) {
    await dropExamples(tx, from)
    await dropExamples(tx, into)
  } else await sealAnew(tx, from, into)
}

async function sealAnew(tx: Tx, from: string, into: string): Promise<void> {
  const [was, is] = [await keyOf(tx, from), await keyOf(tx, into)]
  const rows = await tx.sql.all<{ id: string; textEnc: Uint8Array | null }>(
    'SELECT "id", "textEnc" FROM "Example" WHERE "personId" = ?',
    from,
  )
  for (const { id, textEnc } of rows) {
    const place = `Example.textEnc.${id}`
    const again = is ? sealed(is, place, opened(was, place, textEnc)) : null
    await tx.sql.run('UPDATE "Example" SET "personId" = ?, "textEnc" = ? WHERE "id" = ?', into, again, id)
  }
}
