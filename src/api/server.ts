import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { chatSocket } from './chat-socket.ts'
import { countTurns } from './counts.ts'
import { describeApi } from './describe.ts'
import { answerFaults } from './faults.ts'
import { healthRoutes } from './health.ts'
import { LiveChat } from './live.ts'
import { LiveDesk } from './live-desk.ts'
import { feedRoute } from './mediation-calendar.ts'
import { isNear } from './near.ts'
import { pages } from './pages.ts'
import type { ApiParts } from './parts.ts'
import { residentRoutes } from './resident.ts'
import { secured } from './secured.ts'
import { staffRoutes } from './staff.ts'
import { staffSocket } from './staff-socket.ts'
import { watchLedger } from './watch.ts'
import { wechatRoutes } from './wechat.ts'

/** Requests a minute one client may make; people behind one carrier address share it. */
const PER_MINUTE = 1200
const BODY_LIMIT = 64 * 1024
/** Milliseconds a request may take to arrive. */
const REQUEST_TIMEOUT = 30_000

/** The HTTP and socket edge. The caller listens and closes. */
export async function buildServer(given: ApiParts): Promise<FastifyInstance> {
  const counts = countTurns(given.receive)
  const parts: ApiParts = { ...given, receive: counts.receive }
  const app = fastify(optionsOf(parts))
  answerFaults(app, parts)
  logAnswers(app)
  // WeChat stands outside: its signature is its guard, and every hook it is spared is a turn more per second.
  await app.register(async scope => wechatRoutes(scope, parts))
  const chat = new LiveChat(parts.house.store.read)
  const desk = new LiveDesk(parts)
  const stop = watchLedger(parts.house.store, chat, desk)
  app.addHook('onClose', async () => stop())
  await app.register(async scope => {
    await guard(scope, parts)
    await describeApi(scope)
    await scope.register(residentRoutes(parts), { prefix: '/api/resident' })
    await scope.register(staffRoutes(parts), { prefix: '/api/staff' })
    await scope.register(async sockets => {
      chatSocket(sockets, parts, chat)
      staffSocket(sockets, parts, desk, chat)
    })
    feedRoute(scope, parts)
    healthRoutes(scope, parts, { ...counts, sockets: () => chat.size + desk.size })
    await pages(scope, parts)
  })
  return app
}

/** Where a path pattern ends: no raw address with a code in it is ever logged. */
function logAnswers(app: FastifyInstance) {
  app.addHook('onResponse', (request, reply, done) => {
    const { routeOptions, method, id } = request
    const route = routeOptions.url ?? 'unknown'
    const quiet = reply.statusCode < 400 && !route.startsWith('/api/')
    request.log[quiet ? 'debug' : 'info'](
      { request: id, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
    done()
  })
}

const optionsOf = ({ config, log }: ApiParts): FastifyServerOptions => ({
  ...(log ? { loggerInstance: log, childLoggerFactory: (logger: typeof log) => logger } : { logger: false }),
  logController: new LogController({ disableRequestLogging: true }),
  trustProxy: trusted(config.trustProxy),
  bodyLimit: BODY_LIMIT,
  forceCloseConnections: true,
  requestTimeout: REQUEST_TIMEOUT,
  routerOptions: { maxParamLength: 200 },
  ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
})

/** Addresses are passed on; of a count of proxies the nearest that many are believed. */
const trusted = (proxy: ApiParts['config']['trustProxy']) =>
  typeof proxy === 'number' ? (_: string, hop: number) => hop < proxy : proxy

async function guard(scope: FastifyInstance, parts: ApiParts) {
  await scope.register(cookie)
  await scope.register(helmet, secured(parts.config))
  await scope.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: 60_000,
    allowList: request => isNear(request.ip),
  })
  await scope.register(websocket, { options: { maxPayload: BODY_LIMIT, perMessageDeflate: false } })
}
