import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { publicMonth, publicMonths } from '../actions/promises.ts'
import { percentOf } from '../rules/board/figures.ts'
import type { SaidLine, SaidMonth, SaidShare } from '../rules/board/hide.ts'
import { FEW } from '../rules/cases/assess-table.ts'
import { turnOfTheLoop } from '../store/db.ts'
import { categoryName } from './category-name.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { answers, list, object } from './schemas.ts'

const numberOrNull = Type.Unsafe<number | null>({ type: ['number', 'null'] })
/** Null where the number is too small to be said. */
const share = object({ n: numberOrNull, of: numberOrNull, percent: numberOrNull })
const line = { received: numberOrNull, answered: share, solved: share, satisfied: share }
const view = object({
  month: Type.String(),
  months: list(object({ month: Type.String(), ...line })),
  rows: list(object({ key: Type.String(), name: Type.String(), ...line })),
  /** Subjects too small to be said one by one, together. */
  rest: Type.Unsafe<({ count: number } & PublicLine) | null>({
    type: ['object', 'null'],
    additionalProperties: true,
  }),
  total: object(line),
})
type PublicLine = { received: number | null } & Record<
  'answered' | 'solved' | 'satisfied',
  SaidShare & { percent: number | null }
>
type View = Static<typeof view>
const asked = object({ month: Type.Optional(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })) })
const schema = { tags: ['resident'], querystring: asked, response: answers(view) }

/** Milliseconds a counted month is kept: it is over, so little moves in it. */
const KEPT = 10 * 60_000

/** Promises kept, for everybody: by finished month and subject, nothing in it from which a person could be guessed. */
export function promiseRoutes(app: FastifyInstance, parts: ApiParts): void {
  const monthOf = keeping(parts)
  app.get(
    '/promises',
    { schema },
    async (request: FastifyRequest<{ Querystring: Static<typeof asked> }>, reply: FastifyReply) => {
      const months = publicMonths(parts.house)
      const month = request.query.month ?? months[0]!
      if (!months.includes(month)) return refuse('notFound')
      const lines: View['months'] = []
      for (const one of months) {
        lines.push({ month: one, ...shown((await monthOf(one)).total) })
        await turnOfTheLoop()
      }
      reply.header('cache-control', 'public, max-age=300').header('vary', 'accept-language, cookie')
      const { rows, rest, total } = await monthOf(month)
      const oldest = lines.findLastIndex(line => line.received !== 0 || line.answered.of !== 0)
      return {
        ...{ month, total: shown(total) },
        // Months before there was anything say nothing; the one asked for is always there.
        months: lines.slice(0, Math.max(oldest, months.indexOf(month)) + 1),
        rows: inOrder(parts, rows).map(({ key, line }) => ({
          ...{ key, name: categoryName(parts, key, languageOf(request)) },
          ...shown(line),
        })),
        rest: rest && { count: rest.count, ...shown(rest.line) },
      } satisfies View
    },
  )
}

/** Subjects in the order of the district's file. */
function inOrder({ house }: ApiParts, rows: SaidMonth<string>['rows']): SaidMonth<string>['rows'] {
  const rank = new Map(house.district.categories.map(({ key }, index) => [key, index]))
  const at = (key: string) => rank.get(key) ?? rank.size
  return [...rows].sort((a, b) => at(a.key) - at(b.key))
}

/** Months once counted are kept for a while: the page is open to everybody. */
function keeping({ house }: ApiParts): (month: string) => Promise<SaidMonth<string>> {
  const kept = new Map<string, { until: number; said: SaidMonth<string> }>()
  return async month => {
    const now = Date.parse(house.now())
    const there = kept.get(month)
    if (there && there.until > now && there.until - now <= KEPT) return there.said
    const said = await publicMonth(house, month)
    kept.set(month, { until: now + KEPT, said })
    return said
  }
}

const shown = ({ received, answered, solved, satisfied }: SaidLine): PublicLine => ({
  received,
  ...{ answered: withPercent(answered), solved: withPercent(solved), satisfied: withPercent(satisfied) },
})

const withPercent = ({ n, of }: SaidShare) => ({
  ...{ n, of },
  percent: n === null || of === null ? null : percentOf({ n, of }, FEW),
})
