import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FollowLine, follows, unfollow } from '../actions/follow.ts'
import type { Language } from '../rules/people/language.ts'
import { categoryName } from './category-name.ts'
import { refuse } from './errors.ts'
import { type ApiParts, say } from './parts.ts'
import { plainCaseCode } from './resident-cases.ts'
import { type Followed, followSchemas } from './schemas-follows.ts'

/** `follows`: the neighbours' cases a person follows, and following one no longer. Nothing else of such a case has a door. */
export function followRoutes(own: FastifyInstance, parts: ApiParts): void {
  own.get('/follows', { schema: followSchemas.follows }, all(parts))
  own.post('/follows/:code/leave', { schema: followSchemas.unfollow }, leave(parts))
}

const all = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { personId, language } = request.resident!
  const { house } = parts
  const lines = await follows(house, house.store.read, personId)
  return { follows: lines.map(line => viewOf(parts, line, language)) }
}

export function viewOf(parts: ApiParts, line: FollowLine, language: Language): Followed {
  const { paused, ownCode, ...shown } = line
  return {
    ...shown,
    category: categoryName(parts, line.category, language),
    stateWords: say(parts, language, paused ? 'state.paused' : `state.${line.state}`),
    own: ownCode,
  }
}

const leave =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { code: string } }>, reply: FastifyReply) => {
    const { personId } = request.resident!
    const code = plainCaseCode(request.params.code)
    const done = await parts.house.store.write(tx => unfollow(tx, personId, code), personId)
    if (!done) refuse('notFound')
    return reply.code(204).send()
  }
