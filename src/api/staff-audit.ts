import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '../actions/house.ts'
import { CASE_READINGS, isAudited, kindsOf } from '../rules/audit/kinds.ts'
import { beginOfDay } from '../rules/calendar/day.ts'
import { mayOffice } from '../rules/people/may.ts'
import { headOf, unsealedCount } from '../store/audit-chain.ts'
import {
  type AuditCursor,
  type AuditFilter,
  auditCount,
  auditPage,
  auditRow,
  readersOf,
} from '../store/audit-find.ts'
import { keepMonths, lastVerified } from '../store/audit-keep.ts'
import { auditPeople } from '../store/audit-people.ts'
import { caseByCode } from '../store/cases.ts'
import { staffNames } from '../store/staff.ts'
import { auditCsv, auditSheet } from './audit-file.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { type AuditReading, auditDetail, auditLines, unitName } from './present-audit.ts'
import { plainCaseCode } from './resident-cases.ts'
import { type AuditQuery, type AuditState, auditSchemas } from './schemas-audit.ts'

type Asked = FastifyRequest<{ Querystring: AuditQuery }>

/** The book of the audit 审计, for auditors and leaders: who read, opened, did and took away what. */
export function auditRoutes(app: FastifyInstance, parts: ApiParts): void {
  void app.register(async own => {
    own.addHook('onRequest', mayRead)
    own.get('/audit', { schema: auditSchemas.page }, page(parts))
    own.get('/audit/state', { schema: auditSchemas.state }, () => stateOf(parts))
    own.get('/audit/people', { schema: auditSchemas.people }, () => people(parts))
    own.get('/audit/readers', { schema: auditSchemas.readers }, readers(parts))
    own.get('/audit/rows/:id', { schema: auditSchemas.row }, detail(parts))
    own.get('/audit.csv', { schema: auditSchemas.file }, csv(parts))
    own.get('/audit.xlsx', { schema: auditSchemas.file }, sheet(parts))
  })
}

async function mayRead(request: FastifyRequest) {
  if (!request.staff!.who.members.some(({ role }) => mayOffice(role, 'readAudit'))) refuse('notAllowed')
}

const readingOf = (request: FastifyRequest): AuditReading => ({
  language: languageOf(request),
  reviews: request.staff!.who.members.some(({ role }) => mayOffice(role, 'reviewCare')),
})

const PAGE = 50
const MOST = 200

const page = (parts: ApiParts) => async (request: Asked) => {
  const { cursor, limit } = request.query
  const filter = await filterOf(parts, request.query)
  const found = await auditPage(parts.house.store.read, filter, {
    cursor: cursor ? readCursor(cursor) : null,
    limit: Math.min(Math.max(Number(limit ?? PAGE), 1), MOST),
  })
  return {
    rows: await auditLines(parts, found.rows, readingOf(request)),
    next: found.next ? Buffer.from(JSON.stringify(found.next)).toString('base64url') : null,
    lookedTo: found.lookedTo,
  }
}

/** What was asked, as the store looks for it. A case nobody knows finds nothing, and says so. */
async function filterOf(parts: ApiParts, asked: Omit<AuditQuery, 'cursor' | 'limit'>): Promise<AuditFilter> {
  const { person, unit, code, group, what, since, until, refused, q } = asked
  const caseId = code?.trim() ? await caseIdOf(parts, code) : undefined
  const kinds = what && isAudited(what) ? [what] : group ? kindsOf(group) : undefined
  const words = q?.toLowerCase().split(/\s+/).filter(Boolean)
  return {
    ...(person ? { staffId: person } : {}),
    ...(unit ? { unitId: unit } : {}),
    ...(caseId !== undefined ? { caseId } : {}),
    ...(kinds ? { kinds } : {}),
    ...(since ? { since: beginOf(parts, since) } : {}),
    ...(until ? { before: beginOf(parts, until, 1) } : {}),
    ...(refused ? { refused: true } : {}),
    ...(words?.length ? { words } : {}),
  }
}

async function caseIdOf({ house }: ApiParts, code: string): Promise<string> {
  const row = await caseByCode(house.store.read, plainCaseCode(code))
  return row?.id ?? refuse('notFound', { sentence: 'auditNoCase' })
}

/** The instant a day of the district begins, or one `later` days after it. */
function beginOf({ house }: ApiParts, day: string, later = 0): string {
  try {
    return beginOfDay(day, house.district.zone, later)
  } catch {
    return refuse('badRequest', { details: [{ field: 'since', why: 'wrong' }] })
  }
}

function readCursor(text: string): AuditCursor {
  try {
    const { at, id } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (typeof at === 'string' && typeof id === 'string') return { at, id }
  } catch {
    // Falls through to the refusal: a cursor is ours alone to make.
  }
  return refuse('badRequest', { details: [{ field: 'cursor', why: 'wrong' }] })
}

async function stateOf({ house }: ApiParts): Promise<AuditState> {
  const { read } = house.store
  const verified = await lastVerified(read)
  const broken = verified?.broken ? String(verified.broken.seq ?? verified.broken.id) : null
  return {
    head: await headOf(read),
    unsealed: await unsealedCount(read),
    keepMonths: await keepMonths(read),
    verified: verified && { at: verified.at, rows: verified.rows, broken },
  }
}

async function people(parts: ApiParts) {
  const rows = await auditPeople(parts.house.store.read)
  return { people: rows.map(({ unitId, ...one }) => ({ ...one, unit: unitName(parts, unitId) ?? '' })) }
}

const readers = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: { code: string } }>) => {
  const { read } = parts.house.store
  const code = plainCaseCode(request.query.code)
  const rows = await readersOf(read, await caseIdOf(parts, code), CASE_READINGS)
  const names = await staffNames(
    read,
    rows.map(row => row.staffId),
  )
  return {
    case: code,
    readers: rows.map(({ staffId, role, unitId, n, first, last }) => ({
      ...{ name: names.get(staffId) ?? '', role, unit: unitName(parts, unitId), n, first, last },
    })),
  }
}

const detail = (parts: ApiParts) => async (request: FastifyRequest<{ Params: { id: string } }>) => {
  const row = await auditRow(parts.house.store.read, request.params.id)
  return row ? auditDetail(parts, row, readingOf(request)) : refuse('notFound')
}

/** More rows than a book of years holds. */
const MOST_COUNTED = 2_000_000
/** A workbook is made whole in memory; text is not. */
const MOST_SHEET = 20_000

const named = ({ house }: ApiParts, type: string) =>
  `attachment; filename="audit-${dayOf(house, house.now())}.${type}"`

/** As it is read, row by row: `x-rows` says beforehand how many there will be, for whoever shows how far it is. */
const csv = (parts: ApiParts) => async (request: Asked, reply: FastifyReply) => {
  const filter = await filterOf(parts, request.query)
  const rows = filter.words ? 0 : await auditCount(parts.house.store.read, filter, MOST_COUNTED)
  return reply
    .header('content-disposition', named(parts, 'csv'))
    .header('x-rows', rows)
    .type('text/csv; charset=utf-8')
    .send(Readable.from(auditCsv(parts, filter, readingOf(request))))
}

const sheet = (parts: ApiParts) => async (request: Asked, reply: FastifyReply) => {
  const filter = await filterOf(parts, request.query)
  const rows = await auditCount(parts.house.store.read, filter, MOST_SHEET + 1)
  if (rows > MOST_SHEET && !filter.words) return refuse('tooLarge', { sentence: 'auditTooMany' })
  return reply
    .header('content-disposition', named(parts, 'xlsx'))
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(await auditSheet(parts, filter, readingOf(request)))
}
