import { CLOCKS_OF, type Measure } from './cases/assess.ts'
import { FEW } from './cases/assess-table.ts'
import { LIMITS, type Limit } from './cases/deadlines.ts'
import { grievance } from './cases/grievance.ts'
import { ORDER_LIMITS } from './cases/order-clocks.ts'
import { ORDERS } from './cases/orders.ts'
import { mediation } from './mediation/table.ts'
import { NOTICES } from './notices/table.ts'

/** The tables that can be printed for the committee. */
export const TABLE_NAMES = ['grievance', 'orders', 'mediation', 'deadlines', 'notices', 'assessment'] as const
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
  assessment: () =>
    markdown(
      ['measure', 'of', 'yes', 'no', 'neither', 'counted for'],
      ASSESSMENT.map(({ measure, ...row }) => [measure, row.of, row.yes, row.no, row.neither, row.counts]),
    ),
}

interface Assessing {
  measure: Measure | 'percent'
  of: string
  yes: string
  no: string
  neither: string
  counts: string
}

const dropped = 'taken back or refused before it was due; a clock that stands still never breaks'

/** What `cases/assess.ts` does, in words. */
const ASSESSMENT: readonly Assessing[] = [
  ...(['contacted', 'answered'] as const).flatMap(measure =>
    (['case', 'order'] as const).map(of => ({
      ...{
        measure,
        of: `${of}: ${CLOCKS_OF[of][measure].join(' ')}`,
        neither: `no such clock, or ${dropped}`,
      },
      ...{ yes: 'every one kept', no: 'one broken' },
      counts: of === 'case' ? 'unit that holds it at the end' : 'unit of the order',
    })),
  ),
  {
    ...{ measure: 'redone', of: 'case', yes: 'done again at least once', no: 'never' },
    ...{ neither: '', counts: 'unit that holds it at the end' },
  },
  {
    ...{ measure: 'upheld', of: 'order objected to', yes: 'the district agreed', no: 'the order stood' },
    ...{ neither: 'no objection, or none decided', counts: 'unit of the order' },
  },
  {
    ...{ measure: 'solved', of: 'last answer', yes: 'the resident said so', no: 'the resident said no' },
    ...{ neither: 'silence', counts: 'unit that holds it at the end' },
  },
  {
    ...{ measure: 'satisfied', of: 'last answer', yes: 'satisfied or fair', no: 'not satisfied' },
    ...{ neither: 'silence', counts: 'unit that holds it at the end' },
  },
  {
    ...{ measure: 'percent', of: 'yes of yes and no', yes: `from ${FEW}`, no: 'fewer: n of n alone' },
    ...{ neither: '', counts: 'units in the order of the tree, never by result; no individuals' },
  },
]

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
