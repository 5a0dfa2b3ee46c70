import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { approveWeek, knowledgeWeeks, writeWeek } from '../actions/care/knowledge.ts'
import { nominate, nominations, oneNomination } from '../actions/care/nominate.ts'
import { schoolFigures } from '../actions/care/schools.ts'
import { dayOf } from '../actions/house.ts'
import { letterDocument } from '../papers/care.ts'
import { knowledgeCounts, knowledgeReach } from '../store/care/knowledge.ts'
import { staffNames } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import { careWords } from './present-care.ts'
import { given } from './refusals.ts'
import type { CareId } from './schemas-care.ts'
import {
  type KnowledgeBody,
  type KnowledgeCalendar,
  knowledgeRoutes as r,
  type WeekId,
} from './schemas-care-knowledge.ts'
import { sentPaper } from './staff-care-papers.ts'

/** The knowledge calendar, nominations in words, and figures by school. */
export function careKnowledge(app: FastifyInstance, parts: ApiParts): void {
  app.get('/care/knowledge', { schema: r.calendar }, async () => calendar(parts))
  app.post('/care/knowledge/:week', { schema: r.write }, write(parts))
  app.post('/care/knowledge/:week/approve', { schema: r.approve }, approve(parts))
  app.get('/care/volunteers/:id/nominations', { schema: r.nominations }, listed(parts))
  app.post('/care/volunteers/:id/nominations', { schema: r.nominate }, nominated(parts))
  app.get('/care/nominations/:id/docx', { schema: r.paper }, paper(parts))
  app.post('/care/schools', { schema: r.schools }, schools(parts))
}

const WEEKS = { before: 4, after: 16 }

/** The weeks around this one with who wrote and approved them, and how many they reached. */
async function calendar({ house }: ApiParts): Promise<KnowledgeCalendar> {
  const { read } = house.store
  const weeks = await knowledgeWeeks(house, read, WEEKS)
  const sent = weeks.filter(({ state }) => state === 'sent').map(({ week }) => week)
  const reach = await knowledgeReach(read, sent)
  const names = await staffNames(
    read,
    weeks.flatMap(({ editedById, approvedById }) => [editedById, approvedById]),
  )
  return {
    today: dayOf(house, house.now()),
    people: await knowledgeCounts(read),
    weeks: weeks.map(({ week, title, text, law, state, editedById, approvedById, sentAt }) => ({
      ...{ week, title, text, law, state, sentAt },
      editedBy: names.get(editedById ?? '') ?? null,
      approvedBy: names.get(approvedById ?? '') ?? null,
      reach: reach.get(week) ?? null,
    })),
  }
}

type Week<B> = FastifyRequest<{ Params: WeekId; Body: B }>
type One<B = unknown> = FastifyRequest<{ Params: CareId; Body: B }>

const write = (parts: ApiParts) => async (request: Week<KnowledgeBody<'write'>>) => {
  await given(parts, await writeWeek(parts.house, request.staff!.who, request.params.week, request.body))
  return calendar(parts)
}

const approve = (parts: ApiParts) => async (request: Week<KnowledgeBody<'approve'>>) => {
  const { week } = request.params
  await given(parts, await approveWeek(parts.house, request.staff!.who, week, request.body.on))
  return calendar(parts)
}

async function nominationLines(parts: ApiParts, request: One) {
  const found = await given(parts, await nominations(parts.house, request.staff!.who, request.params.id))
  const names = await staffNames(
    parts.house.store.read,
    found.nominations.map(({ byId }) => byId),
  )
  return {
    nominations: found.nominations.map(({ id, purpose, text, byId, createdAt }) => ({
      ...{ id, purpose, text, at: createdAt },
      by: names.get(byId) ?? '',
    })),
  }
}

const listed = (parts: ApiParts) => (request: One) => nominationLines(parts, request)

const nominated = (parts: ApiParts) => async (request: One<KnowledgeBody<'nominate'>>) => {
  await given(parts, await nominate(parts.house, request.staff!.who, request.params.id, request.body))
  return nominationLines(parts, request)
}

/** The nomination as a Word file, in Chinese: it goes to Chinese offices. */
const paper = (parts: ApiParts) => async (request: One, reply: FastifyReply) => {
  const found = await given(parts, await oneNomination(parts.house, request.staff!.who, request.params.id))
  const { nomination, name, body } = found
  const words = (key: string, values: Record<string, unknown> = {}) =>
    careWords(parts, 'zh-CN', `nomination.${key}`, values)
  const bytes = await letterDocument({
    title: words('title'),
    to: words('for', { name, body: body ? `（${body}）` : '', purpose: nomination.purpose }),
    paragraphs: nomination.text.split('\n').filter(Boolean),
    by: words('basis'),
  })
  return sentPaper(reply, 'nomination.docx', bytes)
}

const schools = (parts: ApiParts) => async (request: FastifyRequest<{ Body: KnowledgeBody<'schools'> }>) => {
  const found = await given(parts, await schoolFigures(parts.house, request.staff!.who, request.body.reason))
  return { schools: found.schools }
}
