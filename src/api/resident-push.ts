import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { closeDoorAt, openDoor } from '../store/push-doors.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { type EndWaking, routes, type Waking } from './schemas-wechat.ts'

/** Waking the person's browser when there is news: only after they asked for it, and until they take it back. */
export function pushRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { store, now } = parts.house
  const { vapid } = parts.config
  app.get('/push', { schema: routes.wake }, async () => ({ key: vapid?.publicKey ?? null }))
  app.post(
    '/push',
    { schema: routes.wakeMe },
    async (request: FastifyRequest<{ Body: Waking }>, reply: FastifyReply) => {
      if (!vapid) return refuse('notFound')
      const { personId } = request.resident!
      await store.write(tx => openDoor(tx, personId, request.body, now()), personId)
      return reply.code(204).send()
    },
  )
  app.post(
    '/push/end',
    { schema: routes.wakeNoMore },
    async (request: FastifyRequest<{ Body: EndWaking }>, reply: FastifyReply) => {
      const { personId } = request.resident!
      await store.write(tx => closeDoorAt(tx, personId, request.body.endpoint), personId)
      return reply.code(204).send()
    },
  )
}
