import type { FastifyInstance, FastifyRequest } from 'fastify'
import { officeShown } from '../actions/office.ts'
import { forRights } from '../actions/rights.ts'
import { fillIn, fitting, type Template, type TemplateValues } from '../rules/cases/templates.ts'
import { maySee } from '../rules/people/may.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { type InboxRow, inboxRow } from '../store/inbox-pages.ts'
import { moment } from '../words.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { rowOf } from './present-staff.ts'
import { plainCaseCode } from './resident-cases.ts'
import { assessmentSchemas, type OfVerb, type TemplateView } from './schemas-assessment.ts'

/** Answer templates of a case, filled as far as the case knows, the best fitting first. */
export function templateRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/cases/:code/templates', { schema: assessmentSchemas.templates }, templates(parts))
}

type Asked = FastifyRequest<{ Params: { code: string }; Querystring: OfVerb }>

const templates = (parts: ApiParts) => async (request: Asked) => {
  const { read } = parts.house.store
  const { district } = parts.house
  const row = await inboxRow(read, plainCaseCode(request.params.code))
  const rights = row && (await forRights(read, district, row))
  const { members } = request.staff!.who
  if (!row || !rights || !members.some(member => maySee(member, rights))) return refuse('notFound')
  const found = fitting(district.canned, { ...request.query, category: row.category, state: row.state })
  const values = await valuesOf(parts, row)
  return { templates: found.map(one => viewOf(one, values)) }
}

/** What the case knows; the templates are Chinese, so are the dates in them. */
async function valuesOf(parts: ApiParts, row: InboxRow): Promise<TemplateValues> {
  const { store, now, district } = parts.house
  const promised = (await deadlinesOf(store.read, row.id)).find(
    ({ kind, metAt, endedAt, pausedAt }) =>
      (kind === 'answer' || kind === 'redo') && !metAt && !endedAt && !pausedAt,
  )
  const { title, place } = rowOf(parts, row, 'zh-CN')
  return {
    ...{ code: row.code, office: officeShown(parts.house.district, row), title, place },
    // A promise that is past cannot be made again.
    due: promised && promised.due > now() ? moment('zh-CN', promised.due, district.zone) : null,
    today: moment('zh-CN', now(), district.zone, false),
  }
}

const viewOf = ({ key, title, category, state, fields }: Template, values: TemplateValues): TemplateView => ({
  ...{ key, title },
  fits: category && state ? 'both' : category ? 'category' : state ? 'state' : 'any',
  fields: Object.fromEntries(Object.entries(fields).map(([field, words]) => [field, fillIn(words, values)])),
})

/** Ready sentences for a conversation that may be about no case: messages for anything, with blanks for what only a case knows. */
export const cannedReplies = (all: readonly Template[]): { key: string; title: string; text: string }[] =>
  all
    .filter(({ verb, category, state }) => verb === 'message' && !category && !state)
    .map(({ key, title, fields }) => ({ key, title, text: fillIn(fields.text ?? '', {}) }))
