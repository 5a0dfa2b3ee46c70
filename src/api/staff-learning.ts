import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Decision, decideOn, settledOf } from '../actions/learning/decide.ts'
import { correctionFigures } from '../actions/learning/figures.ts'
import { LABELS, labelOf } from '../rules/learning/labels.ts'
import type { Language } from '../rules/people/language.ts'
import { mayOffice, type Office } from '../rules/people/may.ts'
import { type ExampleLine, exampleCounts, examplesIn } from '../store/learning.ts'
import { staffName } from '../store/staff.ts'
import { categoryName } from './category-name.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { learningSheet } from './learning-sheet.ts'
import type { ApiParts } from './parts.ts'
import { given } from './refusals.ts'
import {
  type Approval,
  type Discarding,
  type ExampleId,
  type LearningExample,
  type LearningView,
  learningSchemas,
  type OfState,
} from './schemas-learning.ts'

/** 纠正: what understanding proposed and what it came to, and the examples a clerk lets it learn from. */
export function learningRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/learning', { schema: learningSchemas.view }, view(parts))
  app.get('/learning.xlsx', { schema: learningSchemas.sheet }, async (request, reply) => {
    const bytes = await learningSheet(parts, await view(parts)(request), languageOf(request))
    return reply
      .header('content-disposition', 'attachment; filename="corrections.xlsx"')
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(bytes)
  })
  app.get('/learning/examples', { schema: learningSchemas.examples }, examples(parts))
  app.post(
    '/learning/examples/:id/approve',
    { schema: learningSchemas.approve },
    (request: FastifyRequest<{ Params: ExampleId; Body: Approval }>) =>
      decided(parts, request, { do: 'approve', ...request.body }),
  )
  app.post(
    '/learning/examples/:id/discard',
    { schema: learningSchemas.discard },
    (request: FastifyRequest<{ Params: ExampleId; Body: Discarding }>) =>
      decided(parts, request, { do: 'discard', ...request.body }),
  )
}

const holds = (request: FastifyRequest, office: Office): boolean =>
  request.staff!.who.members.some(({ role }) => mayOffice(role, office))

const view =
  (parts: ApiParts) =>
  async (request: FastifyRequest): Promise<LearningView> => {
    if (!holds(request, 'seeLearning')) return refuse('notAllowed')
    return {
      ...(await correctionFigures(parts.house)),
      ...(await exampleCounts(parts.house.store.read)),
      labels: [...LABELS],
      teaches: holds(request, 'teach'),
    }
  }

/** Examples of a page. */
const MOST = 50

const examples =
  (parts: ApiParts) =>
  async (
    request: FastifyRequest<{ Querystring: OfState }>,
  ): Promise<{ rows: LearningExample[]; more: boolean }> => {
    // The words of residents, masked or not, are for whoever decides on them.
    if (!holds(request, 'teach')) return refuse('notAllowed')
    const rows = await examplesIn(parts.house.store.read, request.query.state ?? 'waiting', MOST + 1)
    const language = languageOf(request)
    const shown = await Promise.all(rows.slice(0, MOST).map(row => exampleView(parts, row, language)))
    return { rows: shown, more: rows.length > MOST }
  }

async function exampleView(parts: ApiParts, row: ExampleLine, language: Language): Promise<LearningExample> {
  const { id, month, version, decidedById, decidedAt } = row
  return {
    ...{ id, month, version, decidedAt, case: row.code, text: row.text ?? '' },
    proposed: labelOf(row.route),
    confidence: row.share / 100,
    alternatives: row.alternatives.map(({ route, confidence }) => ({ label: labelOf(route), confidence })),
    asked: row.asked === 1,
    chosen: row.chosen === null ? null : categoryName(parts, row.chosen, language),
    settled: settledOf(parts.house.district, row),
    decidedBy: decidedById === null ? null : await staffName(parts.house.store.read, decidedById),
  }
}

async function decided(
  parts: ApiParts,
  request: FastifyRequest<{ Params: ExampleId }>,
  decision: Decision,
): Promise<{ waiting: number; approved: number }> {
  await given(parts, await decideOn(parts.house, request.staff!.who, request.params.id, decision))
  return exampleCounts(parts.house.store.read)
}
