import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askReview, review } from '../actions/assess-review.ts'
import { dayOf } from '../actions/house.ts'
import { forRights } from '../actions/rights.ts'
import { countedAs, standing } from '../rules/cases/assess-table.ts'
import { mayOffice, mayReview, maySee } from '../rules/people/may.ts'
import {
  type AssessmentRow,
  askedReviews,
  assessmentsOf,
  monthRows,
  monthsOf,
  reviewLines,
  titlesFor,
} from '../store/assessments.ts'
import { caseByCode } from '../store/cases.ts'
import { assessmentSheet } from './assessment-sheet.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { categoryLines, lineOf, ofCaseView, readsUnit, unitLines } from './present-assessment.ts'
import { officeName } from './present-resident.ts'
import { given } from './refusals.ts'
import { plainCaseCode } from './resident-cases.ts'
import {
  type Asking,
  type AssessedCase,
  type AssessmentMonth,
  assessmentSchemas,
  type Behind,
  type OfMonth,
  type Reviewing,
} from './schemas-assessment.ts'
import type { ById } from './schemas-staff.ts'

/** 考评: the monthly table, the cases behind a number, the assessment of one case, and its review. */
export function assessmentRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/assessment', { schema: assessmentSchemas.month }, month(parts))
  app.get('/assessment.xlsx', { schema: assessmentSchemas.sheet }, sheet(parts))
  app.get('/assessment/cases', { schema: assessmentSchemas.behind }, behind(parts))
  app.get('/cases/:code/assessment', { schema: assessmentSchemas.ofCase }, ofCase(parts))
  app.post('/assessments/:id/ask', { schema: assessmentSchemas.ask }, ask(parts))
  app.post('/assessments/:id/review', { schema: assessmentSchemas.review }, put(parts))
}

const MOST = 200
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The rows of a month this person reads. */
async function readable(parts: ApiParts, request: FastifyRequest, of: string): Promise<AssessmentRow[]> {
  const { who } = request.staff!
  if (!who.members.some(member => mayOffice(member.role, 'seeAssessment'))) return refuse('notAllowed')
  const rows = await monthRows(parts.house.store.read, of)
  return rows.filter(row => readsUnit(parts, who, row.unitId))
}

async function monthView(
  parts: ApiParts,
  request: FastifyRequest<{ Querystring: OfMonth }>,
): Promise<AssessmentMonth> {
  const { house } = parts
  const now = dayOf(house, house.now()).slice(0, 7)
  const wanted = request.query.month ?? now
  const rows = await readable(parts, request, wanted)
  const known = await monthsOf(house.store.read)
  return {
    month: wanted,
    months: [...new Set([now, wanted, ...known])].sort().reverse(),
    units: unitLines(parts, rows),
    categories: categoryLines(parts, rows, languageOf(request)),
    total: lineOf({ key: 'total', name: '' }, rows),
    asked: await askedOf(parts, request),
  }
}

const month = (parts: ApiParts) => (request: FastifyRequest<{ Querystring: OfMonth }>) =>
  monthView(parts, request)

/** Reviews this person is asked for. */
async function askedOf(parts: ApiParts, request: FastifyRequest): Promise<AssessmentMonth['asked']> {
  const { who } = request.staff!
  const { read } = parts.house.store
  const rows = (await askedReviews(read, MOST)).filter(row =>
    who.members.some(member => mayReview(member, row.unitId)),
  )
  const titles = await titlesFor(
    read,
    rows.map(row => row.caseId),
    who.members,
  )
  const asked: AssessmentMonth['asked'] = []
  for (const row of rows) {
    const last = (await reviewLines(read, row)).at(-1)
    const of = titles.get(row.caseId)
    if (!last || !of) continue
    const unit = officeName(parts, row.unitId)
    asked.push({ id: row.id, case: of.code, unit, reason: last.reason, at: last.at })
  }
  return asked
}

const sheet =
  (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: OfMonth }>, reply: FastifyReply) => {
    const view = await monthView(parts, request)
    const bytes = await assessmentSheet(parts, view, languageOf(request))
    return reply
      .header('content-disposition', `attachment; filename="assessment-${view.month}.xlsx"`)
      .type(SHEET)
      .send(bytes)
  }

/** The cases behind a number of the table, newest first; those this person may not open are left out. */
const behind = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: Behind }>) => {
  const { query } = request
  const wanted = (row: AssessmentRow) =>
    (query.unit === undefined || row.unitId === query.unit) &&
    (query.category === undefined || row.category === query.category) &&
    isBehind(row, query)
  const rows = (await readable(parts, request, query.month))
    .filter(wanted)
    .sort((a, b) => (a.at < b.at ? 1 : -1))
  const some = rows.slice(0, MOST)
  const ids = [...new Set(some.map(row => row.caseId))]
  const titles = await titlesFor(parts.house.store.read, ids, request.staff!.who.members)
  const shown = some.flatMap((row): AssessedCase[] => {
    const of = titles.get(row.caseId)
    return of ? [{ ...of, ...assessed(parts, row, query) }] : []
  })
  return { rows: shown, more: rows.length > MOST }
}

function isBehind(row: AssessmentRow, { what, value }: Behind): boolean {
  if (what === 'cases' || what === 'orders') return (row.orderId === null) === (what === 'cases')
  const counted = countedAs(row, what)
  return counted !== null && (value === undefined || counted === Number(value))
}

const assessed = (parts: ApiParts, row: AssessmentRow, { what }: Behind) => ({
  id: row.id,
  unit: officeName(parts, row.unitId),
  order: row.orderKind,
  at: row.at,
  value: what === 'cases' || what === 'orders' ? null : standing(row)[what],
  reviewed: Object.keys(row.reviewed).length > 0,
})

const ofCase = (parts: ApiParts) => (request: FastifyRequest<{ Params: { code: string } }>) =>
  shownOf(parts, request, plainCaseCode(request.params.code))

async function shownOf(parts: ApiParts, request: FastifyRequest, code: string) {
  const { who } = request.staff!
  const { read } = parts.house.store
  const row = await caseByCode(read, code)
  const rights = row && (await forRights(read, parts.house.district, row))
  if (!row || !rights || !who.members.some(member => maySee(member, rights))) return refuse('notFound')
  return { rows: await ofCaseView(parts, who, await assessmentsOf(read, row.id)) }
}

const ask = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById; Body: Asking }>) => {
  const done = await askReview(parts.house, request.staff!.who, request.params.id, request.body.reason)
  return shownOf(parts, request, (await given(parts, done)).code)
}

const put = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById; Body: Reviewing }>) => {
  const done = await review(parts.house, request.staff!.who, request.params.id, request.body)
  return shownOf(parts, request, (await given(parts, done)).code)
}
