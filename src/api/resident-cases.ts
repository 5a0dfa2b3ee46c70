import type { FastifyReply, FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import { caseCode, parseCaseCode } from '../rules/cases/code.ts'
import { pointsOf, queryCodeFits, textsOf } from '../store/cases.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { entriesOf } from '../store/entries.ts'
import { filesOfCase } from '../store/files.ts'
import { followersOf } from '../store/follows.ts'
import { mediationFrom } from '../store/mediations.ts'
import { noticeBody, noticesOfCase, triesOfCase } from '../store/notices.ts'
import { type OwnCaseRow, ownCaseByCode, ownCases } from '../store/own-cases.ts'
import { staffName } from '../store/staff.ts'
import { newsOf } from './case-news.ts'
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
  const news = await newsOf(parts, rows, language)
  return { cases: rows.map(row => ({ ...lineOfOwnCase(parts, row, language), ...news.get(row.id) })) }
}

/** One own case with its timeline; another's is not found, like one that does not exist. */
export const ownCaseRoute =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { code: string } }>) => {
    const { language } = request.resident!
    const row = await mine(parts, request)
    return viewOfOwnCase(parts, await factsOf(parts, row), language)
  }

async function mine({ house }: ApiParts, request: FastifyRequest<{ Params: { code: string } }>) {
  const row = await ownCaseByCode(house.store.read, plainCaseCode(request.params.code))
  if (!row || row.personId !== request.resident!.personId) refuse('notFound')
  return row
}

/** The voucher's square: the address that asks where the case stands. The query code is not in it. */
export const caseQr =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { code: string } }>, reply: FastifyReply) => {
    const { code } = await mine(parts, request)
    const origin = parts.config.publicUrl ?? `${request.protocol}://${request.host}`
    const svg = await QRCode.toString(`${origin}/lookup?code=${encodeURIComponent(code)}`, {
      type: 'svg',
      margin: 2,
      errorCorrectionLevel: 'M',
    })
    return reply.header('cache-control', 'private, max-age=3600').type('image/svg+xml').send(svg)
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
  const [texts, points, entries, deadlines, notices, tries, clerk, files, followers, mediation] =
    await Promise.all([
      textsOf(read, row.id),
      pointsOf(read, row.id),
      entriesOf(read, row.id),
      deadlinesOf(read, row.id),
      noticesOfCase(read, row.id),
      triesOfCase(read, row.id),
      staffName(read, row.holderStaffId),
      // What a grid worker brought of the result is the office's; in a mediation the other side brings files too.
      filesOfCase(read, row.id, row.personId),
      followersOf(read, row.id),
      mediationFrom(read, row.id),
    ])
  const told = await Promise.all(
    notices
      .filter(notice => notice.personId !== null && notice.personId === row.personId)
      .map(async notice => ({
        row: notice,
        body: await noticeBody(read, notice),
        tries: tries.filter(one => one.noticeId === notice.id),
      })),
  )
  return { row, texts, points, entries, deadlines, notices, told, files, clerk, followers, mediation }
}
