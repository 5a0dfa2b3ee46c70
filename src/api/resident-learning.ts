import type { FastifyInstance, FastifyRequest } from 'fastify'
import { learningWish, wishLearning } from '../actions/learning/examples.ts'
import { examplesOf } from '../store/learning.ts'
import type { ApiParts } from './parts.ts'
import { type LearningWish, learningSchemas } from './schemas-learning.ts'

/** Whether understanding may learn from a person's words, how many examples are kept, and their word on it: a no deletes them all. */
export function ownLearning(app: FastifyInstance, parts: ApiParts): void {
  const { house } = parts
  const standing = async (personId: string) => ({
    on: (await learningWish(house.store.read, personId)) === true,
    examples: (await examplesOf(house.store.read, personId)).length,
  })
  app.get('/learning', { schema: learningSchemas.wish }, request => standing(request.resident!.personId))
  app.post(
    '/learning',
    { schema: learningSchemas.setWish },
    async (request: FastifyRequest<{ Body: LearningWish }>) => {
      const { personId } = request.resident!
      const { on } = request.body
      await house.store.write(tx => wishLearning(house, tx, personId, { on }), personId)
      return standing(personId)
    },
  )
}
