import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ledgerCounts } from '../store/inbox-counts.ts'
import { refuse } from './errors.ts'
import { isNear } from './near.ts'
import type { ApiParts } from './parts.ts'

interface Seen {
  counted: { turns: number; repeats: number; failed: number }
  sockets(): number
}

/** `/healthz` the process answers; `/readyz` the ledger does too; `/metrics` in Prometheus' text form. */
export function healthRoutes(app: FastifyInstance, parts: ApiParts, seen: Seen): void {
  const { house, config } = parts
  const lag = monitorEventLoopDelay({ resolution: 20 })
  lag.enable()
  app.addHook('onClose', async () => void lag.disable())
  const hidden = { schema: { hide: true } }

  app.get('/healthz', hidden, async () => ({ ok: true }))

  app.get('/readyz', hidden, async () => {
    const row = await Promise.resolve(house.store.read.sql.get('SELECT 1 AS one')).catch(() => undefined)
    return row ? { ok: true } : refuse('notReady')
  })

  app.get('/metrics', hidden, async (request, reply) => {
    if (!config.metricsOpen && !isFromHere(request)) refuse('notFound')
    const text = metricsText({
      ...(await ledgerCounts(house.store.read)),
      turns_total: seen.counted.turns,
      repeats_total: seen.counted.repeats,
      turns_failed_total: seen.counted.failed,
      sockets: seen.sockets(),
      resident_memory_bytes: process.memoryUsage.rss(),
      event_loop_lag_p99_seconds: lag.percentile(99) / 1e9,
    })
    lag.reset()
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text)
  })
}

/** The peer itself must be near; what a proxy on this machine forwards is not. */
const isFromHere = (request: FastifyRequest) =>
  isNear(request.socket.remoteAddress ?? '') && isNear(request.ip) && !request.headers['x-forwarded-for']

const metricsText = (values: Record<string, number>) =>
  Object.entries(values)
    .map(([name, value]) => {
      const kind = name.endsWith('_total') ? 'counter' : 'gauge'
      return `# TYPE huiyin_${name} ${kind}\nhuiyin_${name} ${value}\n`
    })
    .join('')
