import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { quickExit } from '../bot/quick-exit.ts'
import { keepRead, lastSeq, linesOf } from '../store/talks.ts'
import { heardWith } from './brought.ts'
import { mediationSides } from './mediation-sides.ts'
import { externalIdOf, messageOf } from './message.ts'
import { checkOrigin } from './origin.ts'
import type { ApiParts } from './parts.ts'
import { districtView, exportData } from './resident-about.ts'
import { ownCareRoutes } from './resident-care.ts'
import { caseQr, lookUp, ownCaseRoute, ownCasesRoute } from './resident-cases.ts'
import { residentFiles } from './resident-files.ts'
import { followRoutes } from './resident-follows.ts'
import { formRoutes, placeRoutes } from './resident-forms.ts'
import { guideRoutes } from './resident-guide.ts'
import { ownKnowledge } from './resident-knowledge.ts'
import { ownLearning } from './resident-learning.ts'
import { letterRoutes } from './resident-letters.ts'
import { promiseRoutes } from './resident-promises.ts'
import { pushRoutes } from './resident-push.ts'
import { chooseLanguage, needResident, openSession, recover } from './resident-session.ts'
import { agreed, wechatLogin } from './resident-wechat.ts'
import type { SpanQuery } from './schemas.ts'
import { type Reading, routes, type Said } from './schemas-resident.ts'
import { routes as wechatShapes } from './schemas-wechat.ts'

/** New persons one client may make a minute; neighbours may share an address. */
const NEW_SESSIONS = { rateLimit: { max: 120, timeWindow: 60_000 } }

/** `/api/resident/*` as docs/protocol.md gives it. */
export const residentRoutes = (parts: ApiParts) => async (app: FastifyInstance) => {
  app.addHook('onRequest', checkOrigin(parts.config))
  app.post('/session', { schema: routes.session, config: NEW_SESSIONS }, openSession(parts))
  app.post('/recover', { schema: routes.recover }, recover(parts))
  app.post('/lookup', { schema: routes.lookup }, lookUp(parts))
  app.get('/district', { schema: routes.district }, districtView(parts))
  guideRoutes(app, parts)
  wechatLogin(app, parts)
  placeRoutes(app, parts)
  promiseRoutes(app, parts)
  await app.register(async own => {
    own.addHook('onRequest', needResident(parts))
    own.get('/messages', { schema: routes.messages }, messages(parts))
    own.post('/messages', { schema: routes.say }, speak(parts))
    own.post('/read', { schema: routes.read }, read(parts))
    own.post('/quick-exit', { schema: routes.quickExit }, leave(parts))
    own.post('/language', { schema: routes.language }, chooseLanguage(parts))
    await own.register(residentFiles(parts))
    own.post('/wechat/agreed', { schema: wechatShapes.agreed }, agreed(parts))
    pushRoutes(own, parts)
    formRoutes(own, parts)
    followRoutes(own, parts)
    mediationSides(own, parts)
    ownKnowledge(own, parts)
    ownLearning(own, parts)
    ownCareRoutes(own, parts)
    letterRoutes(own, parts)
    own.get('/export', { schema: routes.export }, exportData(parts))
    own.get('/cases', { schema: routes.cases }, ownCasesRoute(parts))
    own.get('/cases/:code', { schema: routes.case }, ownCaseRoute(parts))
    own.get('/cases/:code/qr', { schema: routes.caseQr }, caseQr(parts))
  })
}

/** Lines of a page at most. */
const PAGE = 200

/** The span of lines asked for, with one more than the page to see whether there is more. */
export function spanOf({ after, before, limit }: SpanQuery) {
  const size = Math.min(Math.max(Number(limit ?? 50), 1), PAGE)
  return {
    size,
    span: {
      limit: size + 1,
      ...(after === undefined ? {} : { after: Number(after) }),
      ...(before === undefined ? {} : { before: Number(before) }),
    },
  }
}

const messages = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: SpanQuery }>) => {
  const { read } = parts.house.store
  const { personId } = request.resident!
  const { size, span } = spanOf(request.query)
  const last = await lastSeq(read, personId)
  const lines = await linesOf(read, personId, { ...span, unveiled: true })
  const more = lines.length > size
  // Forward the surplus line is the newest, backward it is the oldest.
  const shown = more ? (span.after === undefined ? lines.slice(-size) : lines.slice(0, size)) : lines
  return { messages: shown.map(messageOf), last, more }
}

const speak = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Said }>) => {
  const { identityId, address, personId } = request.resident!
  const { id, text, tap } = request.body
  const received = await parts.receive({
    channel: 'web',
    appId: '-',
    address,
    externalId: externalIdOf(identityId, id),
    text,
    ...(tap === undefined ? {} : { tap }),
    ...(await heardWith(parts, personId, request.body)),
  })
  return { seq: received.seq, messages: received.replies.map(messageOf) }
}

const leave = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  await quickExit(parts.house, request.resident!.personId)
  return reply.code(204).send()
}

const read = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Reading }>, reply: FastifyReply) => {
  const { personId } = request.resident!
  await parts.house.store.write(tx => keepRead(tx, personId, request.body.seq), personId)
  return reply.code(204).send()
}
