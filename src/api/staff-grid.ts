import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '../actions/house.ts'
import type { Who } from '../actions/rights.ts'
import { newChatCode, unlinkOwnChat } from '../actions/staff-chat.ts'
import { daysAround } from '../rules/grid/span.ts'
import { mayReadGrids } from '../rules/people/may.ts'
import type { Unit } from '../rules/place.ts'
import { fileById } from '../store/files.ts'
import { countsByGrid, gridOfRecord, recordsOf } from '../store/grid-records.ts'
import { linkedSince } from '../store/staff-chat.ts'
import { openByPlace, workersByGrid } from '../store/unit-orders.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { dutyLines, recordView } from './present-grid.ts'
import { type GridsOf, type GridsView, gridRoutes, type RecordFile, type RecordsOf } from './schemas-grid.ts'
import { sendFile } from './send-file.ts'

/** Linking one's chat, and how the grids of one's own part of the district stand: by grid and duty, never by person. */
export function gridStaffRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { house } = parts
  app.get('/chat', { schema: gridRoutes.chat }, async request => ({
    linkedAt: await linkedSince(house.store.read, request.staff!.who.staffId),
  }))
  app.post('/chat/code', { schema: gridRoutes.chatCode }, async request =>
    newChatCode(house, request.staff!.who.staffId),
  )
  app.post('/chat/unlink', { schema: gridRoutes.unlinkChat }, async request => {
    await unlinkOwnChat(house, request.staff!.who.staffId)
    return { ok: true }
  })
  app.get('/grids', { schema: gridRoutes.grids }, grids(parts))
  app.get('/grids/records', { schema: gridRoutes.records }, records(parts))
  app.get('/grids/records/:id/files/:file/:copy', { schema: gridRoutes.recordCopy }, recordCopy(parts))
}

const mayRead = (who: Who, unit: Unit) => who.members.some(member => mayReadGrids(member, unit.path))

/** The units asked about: the one named, else those of one's own roles; refused where none may be read. */
function unitsAsked({ house }: ApiParts, who: Who, code: string | undefined): Unit[] {
  const codes = code ? [code] : [...new Set(who.members.map(({ unit }) => unit))]
  const units = codes.flatMap(one => house.district.units.get(one) ?? []).filter(unit => mayRead(who, unit))
  return units.length > 0 ? units : refuse(code ? 'notFound' : 'notAllowed')
}

/** From the first day of the week or month to today. */
function spanOf({ house }: ApiParts, span: 'week' | 'month' = 'week') {
  const days = daysAround(dayOf(house, house.now()))
  return { from: days[span], to: days.day }
}

const grids =
  (parts: ApiParts) =>
  async (request: FastifyRequest<{ Querystring: GridsOf }>): Promise<GridsView> => {
    const { house } = parts
    const { who } = request.staff!
    const asked = unitsAsked(parts, who, request.query.unit)
    const only = asked.length === 1 ? asked[0]! : null
    const below = only ? childrenOf(parts, only) : []
    const days = spanOf(parts, request.query.span)
    const shown = below.length > 0 ? below : asked
    const rows = []
    for (const kind of ['town', 'community', 'grid'] as const) {
      const units = shown.filter(unit => unit.kind === kind)
      if (units.length > 0) rows.push(...(await rowsOf(parts, request, units, kind, days)))
    }
    const above = only?.parent ? house.district.units.get(only.parent) : undefined
    return {
      ...days,
      unit: only && { id: only.code, name: only.name },
      up: above && mayRead(who, above) ? { id: above.code, name: above.name } : null,
      rows,
    }
  }

/** Units of the place right below one; departments and panels lie nowhere. */
const childrenOf = ({ house }: ApiParts, unit: Unit): Unit[] =>
  [...house.district.units.values()].filter(
    one => one.parent === unit.code && ['town', 'community', 'grid'].includes(one.kind),
  )

/** What the code of all these units begins with: one question each to the ledger, however many there are. */
function commonStart(units: readonly Unit[]): string {
  const [first = '', ...rest] = units.map(({ code }) => code)
  let length = first.length
  while (rest.some(code => !code.startsWith(first.slice(0, length)))) length--
  return first.slice(0, length)
}

async function rowsOf(
  parts: ApiParts,
  request: FastifyRequest,
  units: readonly Unit[],
  kind: 'town' | 'community' | 'grid',
  days: { from: string; to: string },
): Promise<GridsView['rows']> {
  const { store, now } = parts.house
  const under = commonStart(units)
  const counts = await countsByGrid(store.read, under, days)
  const cases = await openByPlace(store.read, `${kind}Id`, under, now())
  const workers = [...(await workersByGrid(store.read, under))]
  return units.map(({ code, name }) => {
    const own = counts.filter(({ gridId }) => gridId.startsWith(code))
    const at = cases.get(code)
    return {
      ...{ id: code, name, isGrid: kind === 'grid', open: at?.open ?? 0, late: at?.late ?? 0 },
      workers: workers.reduce((sum, [grid, n]) => (grid.startsWith(code) ? sum + n : sum), 0),
      duties: dutyLines(parts, languageOf(request), own),
    }
  })
}

const PAGE = 30

const records = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: RecordsOf }>) => {
  const { unit, duty, before, span } = request.query
  const under = unitsAsked(parts, request.staff!.who, unit).map(({ code }) => code)
  const at = {
    ...spanOf(parts, span),
    under,
    ...(duty ? { duty } : {}),
    ...(before ? { before } : {}),
  }
  const lines = await recordsOf(parts.house.store.read, at, PAGE + 1)
  const shown = lines.slice(0, PAGE)
  return {
    records: await Promise.all(shown.map(line => recordView(parts, languageOf(request), line))),
    next: lines.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  }
}

const recordCopy =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: RecordFile }>, reply: FastifyReply) => {
    const { house } = parts
    const { id, file: fileId, copy } = request.params
    const grid = await gridOfRecord(house.store.read, id)
    const unit = grid ? house.district.units.get(grid) : undefined
    const file = unit && mayRead(request.staff!.who, unit) ? await fileById(house.store.read, fileId) : null
    return sendFile(parts, reply, file?.caseId === id ? file : null, copy)
  }
