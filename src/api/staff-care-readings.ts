import type { FastifyInstance, FastifyRequest } from 'fastify'
import { childOnDesk } from '../actions/care/desk.ts'
import { readingsIn, reviewMonth } from '../actions/care/review.ts'
import type { Language } from '../rules/people/language.ts'
import { type Reading, readingsOf, reviewsOf } from '../store/audit.ts'
import { childById } from '../store/care/children.ts'
import { volunteerName } from '../store/care/volunteers.ts'
import { staffNames } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { careWords } from './present-care.ts'
import { given } from './refusals.ts'
import { type CareId, careRoutes, type MonthQuery } from './schemas-care.ts'
import { type CareMoreBody, careMore } from './schemas-care-people.ts'

/** Who opened which child and why: one child's for its coordinator, a month's for the auditor, who reviews it. */
export function reviewRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/care/readings', { schema: careRoutes.reviewed }, reviewed(parts))
  app.post('/care/readings/review', { schema: careMore.review }, review(parts))
}

const MOST_READINGS = 500

/** Openings by a paper have a reason of their own; all others are the words of whoever opened. */
const OWN_REASONS: readonly string[] = ['letter', 'mandatoryReport', 'correct', 'history']

/** A volunteer who read what the one before left stands in the log by name, without an account. */
const HAND_OVER = /^handOver\.(.+)$/

async function readingLines(parts: ApiParts, language: Language, rows: readonly Reading[]) {
  const names = await staffNames(
    parts.house.store.read,
    rows.map(row => row.staffId),
  )
  return Promise.all(
    rows.map(async ({ at, staffId, reason, what }) => {
      const [, volunteer] = staffId ? [] : (HAND_OVER.exec(reason) ?? [])
      return {
        at,
        by: volunteer
          ? (await volunteerName(parts.house.store.read, volunteer)).name
          : (names.get(staffId ?? '') ?? ''),
        reason: reasonWords(parts, language, what, volunteer ? 'handOver' : reason),
        emergency: what === 'openChildEmergency',
      }
    }),
  )
}

function reasonWords(parts: ApiParts, language: Language, what: Reading['what'], reason: string): string {
  if (what === 'careReporter') return careWords(parts, language, 'opened.reporter', { reason })
  const own = reason === 'handOver' || OWN_REASONS.includes(reason)
  return own ? careWords(parts, language, `opened.${reason}`) : reason
}

/** Every opening of one child, newest first. */
export const readings = (parts: ApiParts) => async (request: FastifyRequest<{ Params: CareId }>) => {
  const { house } = parts
  const { id } = request.params
  if (!(await childOnDesk(house, house.store.read, request.staff!.who, id, 'coordinate')))
    return refuse('notFound')
  const rows = await readingsOf(house.store.read, { childId: id }, MOST_READINGS)
  return { readings: await readingLines(parts, languageOf(request), rows) }
}

/** Every opening of a month, for the auditor: who, when, why, and the pseudonym; and who reviewed it. */
const reviewed = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: MonthQuery }>) => {
  const { read } = parts.house.store
  const month = request.query.month ?? parts.house.now().slice(0, 7)
  const rows = await readingsIn(read, month)
  const lines = await readingLines(parts, languageOf(request), rows)
  const pseudonyms = await Promise.all(
    rows.map(async row => (await childById(read, row.childId))?.pseudonym ?? ''),
  )
  return {
    readings: lines.map((line, at) => ({ ...line, pseudonym: pseudonyms[at]! })),
    reviews: await reviewLines(parts, month),
  }
}

async function reviewLines({ house }: ApiParts, month: string) {
  const rows = await reviewsOf(house.store.read, month)
  const names = await staffNames(
    house.store.read,
    rows.map(row => row.staffId),
  )
  return rows.map(({ at, staffId, note }) => ({ at, by: names.get(staffId ?? '') ?? '', note }))
}

const review = (parts: ApiParts) => async (request: FastifyRequest<{ Body: CareMoreBody<'review'> }>) => {
  const { month, note } = request.body
  await given(parts, await reviewMonth(parts.house, request.staff!.who, month, note))
  return { reviews: await reviewLines(parts, month) }
}
