import type { FastifyRequest } from 'fastify'
import { caseCode, parseCaseCode } from '../rules/cases/code.ts'
import { pointsOf, queryCodeFits, textsOf } from '../store/cases.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { entriesOf } from '../store/entries.ts'
import { noticesOfCase } from '../store/notices.ts'
import { type OwnCaseRow, ownCaseByCode, ownCases } from '../store/own-cases.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { limitTries } from './limits.ts'
import type { ApiParts } from './parts.ts'
import { lineOfOwnCase, lookedUp, type OwnCaseFacts, viewOfOwnCase } from './present-resident.ts'
import type { Looking } from './schemas-resident.ts'

/** The person's own cases, newest first. */
export const ownCasesRoute = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { personId, language } = request.resident!
  const rows = await ownCases(parts.house.store.read, personId)
  return { cases: rows.map(row => lineOfOwnCase(parts, row, language)) }
}

/** One own case with its timeline; another's is not found, like one that does not exist. */
export const ownCaseRoute =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { code: string } }>) => {
    const { personId, language } = request.resident!
    const row = await ownCaseByCode(parts.house.store.read, plainCaseCode(request.params.code))
    if (!row || row.personId !== personId) refuse('notFound')
    return viewOfOwnCase(parts, await factsOf(parts, row), language)
  }

/** Where a case stands, for whoever holds its code and query code. */
export const lookUp = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Looking }>) => {
  const code = plainCaseCode(request.body.code)
  const queryCode = request.body.queryCode.normalize('NFKC').replace(/\D/g, '')
  const row = await limitTries(parts, 'lookup', [request.ip, code], async tx =>
    (await queryCodeFits(tx, code, queryCode)) ? ownCaseByCode(tx, code) : null,
  )
  if (!row) refuse('notFound', { sentence: 'wrongQueryCode' })
  return lookedUp(parts, row, languageOf(request))
}

/** A code as people type it, brought to the form it is stored in; nonsense stays as it is and is not found. */
export function plainCaseCode(typed: string): string {
  const read = parseCaseCode(typed)
  return read ? caseCode(read.prefix, read.day, read.serial) : typed
}

/** Everything a page about one case shows to its person. */
export async function factsOf(parts: ApiParts, row: OwnCaseRow): Promise<OwnCaseFacts> {
  const { read } = parts.house.store
  const [texts, points, entries, deadlines, notices] = await Promise.all([
    textsOf(read, row.id),
    pointsOf(read, row.id),
    entriesOf(read, row.id),
    deadlinesOf(read, row.id),
    noticesOfCase(read, row.id),
  ])
  return { row, texts, points, entries, deadlines, notices }
}
