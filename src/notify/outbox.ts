import type { House } from '../actions/house.ts'
import { dayOf } from '../actions/house.ts'
import { noteUnreached } from '../actions/unreached.ts'
import type { Sent } from '../rules/notices/outcome.ts'
import { NOTICES, type NoticeKey, quietUntil, sendAfter } from '../rules/notices/table.ts'
import { countSent, stopped } from '../store/channels.ts'
import {
  dueBeside,
  dueNotices,
  interrupted,
  keepOutcome,
  type NoticeRow,
  partyTold,
  setNoticeState,
  takeNotices,
  tryChannel,
} from '../store/notices.ts'
import { type Bundle, bundled } from './bundle.ts'
import { isUrgent, type Senders, type Way, type Ways, waysTo } from './ways.ts'

/** A notice is tried this often, at growing distances, or until it is no longer worth saying. */
const TRIES = 48
/** Notices looked at in one go, and people told side by side: a call takes a tenth of a second, a day's notices must not take hours. */
const BATCH = 1000
const WIDTH = 160
/** A channel that knows a repeat by its id does so this long. Milliseconds. */
const REMEMBERS = 9 * 60_000

/** Waiting time before the next attempt: 1 minute, doubling, at most 4 hours, and up to a tenth more so that not all come back at once. Seconds. */
export const backOff = (attempts: number, chance = 0): number =>
  Math.round(Math.min(60 * 2 ** Math.max(0, attempts - 1), 4 * 3600) * (1 + chance / 10))

/** Channels where a repeat does no harm: after a crash they are tried again. */
const IDEMPOTENT: readonly (string | null)[] = ['web', 'inbox', null]
/** Channels that drop a repeat themselves for some minutes: the notice's id goes with the call. */
const KNOWS_REPEATS: readonly (string | null)[] = ['template', 'subscribe']

/** After a start: what was being sent when the process died. Urgent and harmless ones repeat, others are listed as unknown. */
export async function recoverOutbox(house: House): Promise<{ repeated: number; unknown: number }> {
  const rows = await interrupted(house.store.read)
  let unknown = 0
  for (const row of rows) {
    const age = Date.parse(house.now()) - Date.parse(row.takenAt ?? row.createdAt)
    const known = KNOWS_REPEATS.includes(row.channel) && age < REMEMBERS
    const repeat = row.urgent === 1 || IDEMPOTENT.includes(row.channel) || known
    if (!repeat) unknown++
    await house.store.write(tx => setNoticeState(tx, row.id, repeat ? 'waiting' : 'unknown'), row.id)
  }
  return { repeated: rows.length - unknown, unknown }
}

export interface Run {
  house: House
  senders: Senders
  /** 0 to 1: spreads what comes back. */
  chance: () => number
  /** What stands still now: channels, and templates as `channel.id`. */
  still: ReadonlyMap<string, string>
  /** Handed over in this run, by channel. */
  counts: Map<string, number>
}

/** Hands over what is due: everybody's in order, many people side by side. Returns how many notices it dealt with. */
export async function runOutbox(
  house: House,
  senders: Senders,
  chance = Math.random,
  batch = BATCH,
): Promise<number> {
  const now = house.now()
  const due = await dueNow(house, now, batch)
  if (due.length === 0) return 0
  const still = new Map((await stopped(house.store.read, now)).map(row => [row.channel, row.until]))
  const run: Run = { house, senders, chance, still, counts: new Map() }
  const lines = byRecipient(due, house.district.zone)
  const worker = async () => {
    for (let line = lines.shift(); line; line = lines.shift()) await tellOne(run, line)
  }
  await Promise.all(Array.from({ length: Math.min(WIDTH, lines.length) }, worker))
  const day = dayOf(house, now)
  for (const [channel, sent] of run.counts) await house.store.write(tx => countSent(tx, channel, day, sent))
  return due.length
}

/** A batch of what is due; of those it tells, all that is due to them. */
async function dueNow({ store }: House, now: string, batch: number): Promise<NoticeRow[]> {
  const due = await dueNotices(store.read, now, batch)
  if (due.length < batch) return due
  return dueBeside(store, now, [...new Set(due.map(row => row.recipient))])
}

/** Everybody's notices in the order they were to be said: one that had to wait is due later now, and still comes first. */
function byRecipient(rows: readonly NoticeRow[], zone: string): NoticeRow[][] {
  const lines = new Map<string, NoticeRow[]>()
  for (const row of rows) {
    const line = lines.get(row.recipient)
    if (line) line.push(row)
    else lines.set(row.recipient, [row])
  }
  return [...lines.values()].map(line => (line.length > 1 ? inOrder(line, zone) : line))
}

function inOrder(line: readonly NoticeRow[], zone: string): NoticeRow[] {
  const at = ({ notice, createdAt }: NoticeRow) =>
    notice in NOTICES ? sendAfter(notice as NoticeKey, createdAt, zone) : createdAt
  return line
    .map(row => ({ row, order: `${at(row)} ${row.id}` }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ row }) => row)
}

/** One recipient's notices in order; what comes after one that has to wait, waits for it. */
async function tellOne(run: Run, line: readonly NoticeRow[]): Promise<void> {
  const now = run.house.now()
  const late = line.filter(row => row.until !== null && row.until < now)
  for (const row of late) await giveUp(run, [row], 'tooLate')
  for (const bundle of await bundled(
    run.house,
    line.filter(row => !late.includes(row)),
  )) {
    const is = await handOver(run, bundle)
    if (is === 'later' && !isUrgent(bundle.rows)) return
  }
}

/** Tries the ways to a recipient in order, all of them where somebody is in danger. */
async function handOver(run: Run, bundle: Bundle): Promise<'done' | 'later'> {
  const { house } = run
  const { rows } = bundle
  const first = rows[0]!
  const { ways, waiting } = await waysTo(house, run.senders, bundle, run.still)
  const channel = ways[0]?.channel ?? null
  // The rows say `sending`, and by which channel, before the call: after a crash nobody has to guess whether it was made.
  const ids = rows.map(row => row.id)
  if (!(await house.store.write(tx => takeNotices(tx, ids, channel, house.now()), first.recipient)))
    return 'later'
  const tried = await tryWays(run, bundle, ways, waiting)
  if (tried.sent) {
    const { way, receipt } = tried.sent
    run.counts.set(way.channel, (run.counts.get(way.channel) ?? 0) + 1)
    await settle(run, rows, {
      state: 'sent',
      channel: way.channel,
      why: 'sent',
      refused: tried.refused,
      receipt,
    })
    return 'done'
  }
  const { later } = tried
  if (!later || first.attempts + 1 >= TRIES) {
    const why = tried.refused.map(one => `${one.channel}: ${one.why}`).join('; ') || 'noChannel'
    await giveUp(run, rows, why, tried.refused)
    return 'done'
  }
  const dueAt = nextTime(run, first, later.afterSeconds)
  await settle(run, rows, { state: 'waiting', channel: later.channel, why: later.why, dueAt })
  return 'later'
}

interface Tried {
  sent: { way: Way; receipt: string | null } | null
  later: Ways['waiting']
  refused: { channel: string; why: string }[]
}

/** What costs, or tells nobody by itself, is no way out of a hiccup: it waits until the others refuse, or cannot be waited for. */
const LAST: readonly string[] = ['web', 'sms']

/** Goes the ways to a recipient in order; where one of them is worth waiting for, the last ones are left alone. */
async function tryWays(
  run: Run,
  { rows }: Bundle,
  ways: readonly Way[],
  waiting: Ways['waiting'],
): Promise<Tried> {
  const { store } = run.house
  const first = rows[0]!
  const patient = first.personId !== null && !isUrgent(rows)
  const tried: Tried = { sent: null, later: waiting, refused: [] }
  for (const [index, way] of ways.entries()) {
    if (patient && tried.later && LAST.includes(way.channel) && canWait(run, first, tried.later)) continue
    if (index > 0)
      await store.write(async tx => {
        for (const row of rows) await tryChannel(tx, row.id, way.channel)
      }, first.recipient)
    const sent = await way.send().catch((): Sent => ({ is: 'later', afterSeconds: 60, why: 'fault' }))
    if (sent === null) continue
    if (sent.is === 'sent') {
      tried.sent ??= { way, receipt: sent.receipt ?? null }
      if (!way.andTheNext) break
      continue
    }
    if (sent.is === 'later') tried.later ??= { ...sent, channel: way.channel }
    tried.refused.push({ channel: way.channel, why: sent.why })
  }
  return tried
}

/** Whether there will be another try while it is still worth saying. */
const canWait = (run: Run, row: NoticeRow, { afterSeconds }: NonNullable<Ways['waiting']>): boolean =>
  row.attempts + 1 < TRIES && (row.until === null || nextTime(run, row, afterSeconds) < row.until)

/** Not before the channel allows it, not before our own time, and not at night what keeps the quiet hours. */
function nextTime({ house, chance }: Run, row: NoticeRow, afterSeconds: number): string {
  const wait = Math.max(afterSeconds, backOff(row.attempts + 1, chance()))
  const at = new Date(Date.parse(house.now()) + wait * 1000).toISOString()
  const { quiet = false } = NOTICES[row.notice as NoticeKey] ?? {}
  return (quiet ? quietUntil(at, house.district.zone) : null) ?? at
}

type Outcome = Parameters<typeof keepOutcome>[2]

const settle = ({ house }: Run, rows: readonly NoticeRow[], outcome: Outcome) =>
  house.store.write(async tx => {
    for (const row of rows) await keepOutcome(tx, row, outcome, house.now())
  }, rows[0]?.recipient)

/** Nobody could be told: it stands in the list of those who hold the case, and in its timeline, until somebody has called. */
async function giveUp(
  run: Run,
  rows: readonly NoticeRow[],
  why: string,
  refused: readonly { channel: string; why: string }[] = [],
): Promise<void> {
  await settle(run, rows, { state: 'givenUp', channel: null, why, refused })
  const cases = new Set(
    rows.flatMap(({ caseId, personId, recipient }) =>
      caseId && (personId || partyTold(recipient)) ? [caseId] : [],
    ),
  )
  for (const caseId of cases) await noteUnreached(run.house, caseId).catch(() => undefined)
}
