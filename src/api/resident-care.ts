import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ownCare } from '../actions/care/own-page.ts'
import { serviceFacts } from '../actions/care/service.ts'
import { VISIT_KINDS } from '../rules/care/duties.ts'
import { volunteerOfPerson } from '../store/care/volunteers.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { careWords, dutyLine } from './present-care.ts'
import { careMore, type OwnCare } from './schemas-care-people.ts'
import { sentService } from './staff-care-papers.ts'

/** A volunteer's own page: their children by pseudonym, what is due, and their true record of service. To everybody else it is not there. */
export function ownCareRoutes(own: FastifyInstance, parts: ApiParts): void {
  own.get('/care', { schema: careMore.own }, page(parts))
  own.get('/care/service', { schema: careMore.ownService }, service(parts))
}

const page =
  (parts: ApiParts) =>
  async (request: FastifyRequest): Promise<OwnCare> => {
    const language = languageOf(request)
    const found = await ownCare(parts.house, request.resident!.personId)
    if (!found) return refuse('notFound')
    const { name, children, counts, ...span } = found.service
    return {
      name,
      children: found.children.map(({ duties, ...child }) => ({
        ...child,
        duties: duties.map(duty => dutyLine(parts, language, duty, found.today)),
      })),
      away: found.away,
      service: {
        ...span,
        children,
        counts: VISIT_KINDS.map(kind => ({
          kind,
          words: careWords(parts, language, `visit.${kind}`),
          count: counts[kind],
        })),
      },
    }
  }

const service = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  const volunteer = await volunteerOfPerson(parts.house.store.read, request.resident!.personId)
  if (!volunteer) return refuse('notFound')
  return sentService(parts, reply, await serviceFacts(parts.house, volunteer.id))
}
