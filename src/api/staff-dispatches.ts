import type { FastifyInstance, FastifyRequest } from 'fastify'
import { dispatchMany, seeBatch, takeBack } from '../actions/dispatch-many.ts'
import { grievance } from '../rules/cases/grievance.ts'
import { type BatchRow, batchesOf, linesOf } from '../store/batches.ts'
import { staffNames } from '../store/staff.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { officeName } from './present-resident.ts'
import { given } from './refusals.ts'
import { plainCaseCode } from './resident-cases.ts'
import { type ByUuid, type DispatchingBody, type DispatchView, deskSchemas } from './schemas-desk.ts'

/** Many cases dispatched at once, taken back, and what came of them. */
export function dispatchRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { house } = parts
  app.get('/dispatches', { schema: deskSchemas.dispatches }, request => shown(parts, request))
  app.post(
    '/dispatches',
    { schema: deskSchemas.dispatch },
    async (request: FastifyRequest<{ Body: DispatchingBody }>) => {
      const { who } = request.staff!
      if (!who.members.some(({ role }) => grievance.dispatch.by.includes(role))) return refuse('notAllowed')
      const { id, unit, codes } = request.body
      await given(parts, await dispatchMany(house, who, { id, unit, codes: codes.map(plainCaseCode) }))
      return shown(parts, request)
    },
  )
  app.post(
    '/dispatches/:id/undo',
    { schema: deskSchemas.dispatchStep },
    async (request: FastifyRequest<{ Params: ByUuid }>) => {
      await given(parts, await takeBack(house, request.staff!.who, request.params.id))
      return shown(parts, request)
    },
  )
  app.post(
    '/dispatches/:id/seen',
    { schema: deskSchemas.dispatchStep },
    async (request: FastifyRequest<{ Params: ByUuid }>) => {
      await given(parts, await seeBatch(house, request.staff!.who, request.params.id))
      return shown(parts, request)
    },
  )
}

/** Milliseconds a batch is shown for, unless its person puts it away before. */
const SHOWN_FOR = 12 * 3_600_000

/** What this person dispatched today and has not put away, newest first. */
async function shown(parts: ApiParts, request: FastifyRequest): Promise<{ dispatches: DispatchView[] }> {
  const { house } = parts
  const since = new Date(Date.parse(house.now()) - SHOWN_FOR).toISOString()
  const rows = await batchesOf(house.store.read, request.staff!.who.staffId, since)
  return { dispatches: await Promise.all(rows.map(row => viewOf(parts, row))) }
}

async function viewOf(parts: ApiParts, { id, unitId, state, effectAt }: BatchRow): Promise<DispatchView> {
  const { read } = parts.house.store
  const lines = await linesOf(read, id)
  const names = await staffNames(
    read,
    lines.map(({ byId }) => byId),
  )
  return {
    ...{ id, state, effectAt, unit: officeName(parts, unitId) },
    lines: lines.map(({ code, state: is, why, byId }) => ({
      ...{ code, state: is, why, by: (byId && names.get(byId)) || null },
    })),
  }
}
