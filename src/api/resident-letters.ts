import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ownLetters } from '../actions/care/own-letters.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import type { CareId } from './schemas-care.ts'
import { careChanges } from './schemas-care-changes.ts'

/** Letters to a parent who linked their chat; to everybody else each of them is not there. Nothing remembers that one was read. */
export function letterRoutes(own: FastifyInstance, { house }: ApiParts): void {
  const mine = (request: FastifyRequest) => ownLetters(house, house.store.read, request.resident!.personId)
  own.get('/letters', { schema: careChanges.letters }, async request => ({
    letters: (await mine(request)).map(({ text: _, ...head }) => head),
  }))
  own.get('/letters/:id', { schema: careChanges.letter }, async request => {
    const { id } = request.params as CareId
    return (await mine(request)).find(letter => letter.id === id) ?? refuse('notFound')
  })
}
