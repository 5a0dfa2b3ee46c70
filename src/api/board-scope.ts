import type { FastifyRequest } from 'fastify'
import { dayOf } from '../actions/house.ts'
import type { Who } from '../actions/rights.ts'
import type { Language } from '../rules/people/language.ts'
import { boardOf } from '../rules/people/may.ts'
import type { Unit } from '../rules/place.ts'
import type { BoardScope } from '../store/board.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import type { BoardQuery } from './schemas-board.ts'

/** What is looked at, by whom, in which language. */
export interface BoardAsked {
  parts: ApiParts
  who: Who
  language: Language
  month: string
  /** Null for the whole district. */
  unit: Unit | null
  scope: BoardScope
  /** True where only the own unit may be looked at. */
  own: boolean
}

/** Reads whose board is asked for; another's than one may see is refused like one that does not exist. */
export function boardAsked(
  parts: ApiParts,
  request: FastifyRequest<{ Querystring: BoardQuery }>,
): BoardAsked {
  const { who } = request.staff!
  const { month, unit: wanted, category = null } = request.query
  const { house } = parts
  const boards = who.members.map(boardOf).filter(board => board !== null)
  const [first] = boards
  if (!first) return refuse('notAllowed')
  const own = !boards.includes('all')
  const unit = wanted
    ? house.district.units.get(wanted)
    : own && first !== 'all'
      ? unitAt(parts, first.path)
      : null
  if (wanted && !unit) return refuse('notFound')
  const seen = boards.some(
    board =>
      board === 'all' || (unit && (unit.path === board.path || unit.path.startsWith(`${board.path}/`))),
  )
  if (!seen) return refuse('notFound')
  const whole = !unit || unit.kind === 'district'
  return {
    ...{ parts, who, own, unit: whole ? null : unit, language: languageOf(request) },
    month: month ?? dayOf(house, house.now()).slice(0, 7),
    scope: { path: whole ? null : unit.path, townId: whole ? null : townOf(unit), category },
  }
}

const unitAt = ({ house }: ApiParts, path: string): Unit =>
  house.district.units.get(path.split('/').at(-1) ?? '') ?? refuse('notFound')

/** The town a unit is or lies in. */
const townOf = ({ kind, path }: Unit): string | null =>
  kind === 'town' || kind === 'community' || kind === 'grid' ? (path.split('/')[1] ?? null) : null
