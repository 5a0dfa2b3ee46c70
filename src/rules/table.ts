import { LIMITS, type Limit } from './cases/deadlines.ts'
import { grievance } from './cases/grievance.ts'
import { ORDER_LIMITS } from './cases/order-clocks.ts'
import { ORDERS } from './cases/orders.ts'
import { mediation } from './mediation/table.ts'
import { NOTICES } from './notices/table.ts'

/** The tables that can be printed for the committee. */
export const TABLE_NAMES = ['grievance', 'orders', 'mediation', 'deadlines', 'notices'] as const
export type TableName = (typeof TABLE_NAMES)[number]

/** A rule table as Markdown, ends with a newline. */
export const tableMarkdown = (name: TableName): string => PRINTERS[name]()

const PRINTERS: Record<TableName, () => string> = {
  grievance: () =>
    markdown(
      ['verb', 'from', 'to', 'by', 'asks', 'starts', 'keeps', 'tells', 'shown'],
      Object.entries(grievance).map(([verb, step]) => [
        verb,
        step.from.join(' '),
        step.to,
        step.by.join(' '),
        step.needs.join(' '),
        step.starts.join(' '),
        step.meets.join(' '),
        step.tell.join(' '),
        step.shown ? 'yes' : 'internal',
      ]),
    ),
  mediation: () =>
    markdown(
      ['verb', 'from', 'to', 'by', 'asks', 'may add', 'starts', 'keeps', 'tells', 'shown'],
      Object.entries(mediation).map(([verb, step]) => [
        verb,
        step.from.join(' '),
        step.to,
        step.by.join(' '),
        step.needs.join(' '),
        step.may.join(' '),
        step.starts.join(' '),
        step.meets.join(' '),
        step.tell.join(' '),
        step.shown ? 'yes' : 'internal',
      ]),
    ),
  orders: () =>
    markdown(
      [
        'verb',
        'on orders',
        'in state',
        'becomes',
        'by',
        'opens',
        'starts',
        'keeps',
        'after a leader is named',
      ],
      Object.entries(ORDERS).map(([verb, step]) => [
        verb,
        step.on.join(' '),
        step.from.join(' '),
        step.to,
        WHO[step.who],
        step.opens ?? '',
        step.starts.map(kind => `${kind} (${orderLimit(kind)})`).join(' '),
        step.meets.join(' '),
        step.notDesignated ? 'never' : '',
      ]),
    ),
  deadlines: () =>
    markdown(
      ['profile', 'track', 'deadline', 'limit'],
      Object.entries(LIMITS).flatMap(([profile, tracks]) =>
        Object.entries(tracks).flatMap(([track, limits]) =>
          Object.entries(limits).map(([kind, limit]) => [profile, track, kind, words(limit)]),
        ),
      ),
    ),
  notices: () =>
    markdown(
      ['notice', 'to', 'urgent', 'channels', 'worth (hours)', 'quiet hours'],
      Object.entries(NOTICES).map(([key, row]) => [
        key,
        row.to,
        row.urgent ? 'yes' : '',
        row.channels.join(' → '),
        String(row.worthHours),
        row.quiet ? 'kept' : '',
      ]),
    ),
}

const WHO = { holder: 'holder of the case', own: 'unit of the order', district: 'district' } as const

/** How long a clock of an order runs, as the table says it. */
function orderLimit(kind: string): string {
  if (kind === 'respond') return `whistle list, else ${words(ORDER_LIMITS.respond)}`
  if (kind === 'report')
    return Object.entries(ORDER_LIMITS.report)
      .map(([track, limit]) => `${track} ${words(limit)}`)
      .join(', ')
  if (kind === 'objection' || kind === 'designate') return words(ORDER_LIMITS[kind])
  return 'by class'
}

const UNITS = { hours: 'h', workingHours: 'working h', workingDays: 'working d', calendarDays: 'd' } as const

const words = ({ n, unit }: Limit) =>
  unit === 'hours' && n < 1 ? `${Math.round(n * 60)} min` : `${n} ${UNITS[unit]}`

const markdown = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |\n`).join('')
