import type { FastifyInstance, FastifyRequest } from 'fastify'
import { receivesKnowledge, wishKnowledge } from '../actions/care/knowledge.ts'
import type { ApiParts } from './parts.ts'
import { type KnowledgeBody, knowledgeRoutes } from './schemas-care-knowledge.ts'

/** Whether a person receives the weekly knowledge, and their word on it. */
export function ownKnowledge(app: FastifyInstance, parts: ApiParts): void {
  const { house } = parts
  app.get('/knowledge', { schema: knowledgeRoutes.wish }, async request => ({
    on: await receivesKnowledge(house.store.read, request.resident!.personId),
  }))
  app.post(
    '/knowledge',
    { schema: knowledgeRoutes.setWish },
    async (request: FastifyRequest<{ Body: KnowledgeBody<'wish'> }>) => {
      const { personId } = request.resident!
      const { on } = request.body
      await house.store.write(tx => wishKnowledge(house, tx, personId, on), personId)
      return { on }
    },
  )
}
