import { type AuditLine, addAudit } from '../store/audit.ts'
import type { House } from './house.ts'

/** A front fetches what it shows anew on every hint: the same person at the same thing within so many minutes is one reading. */
const SAME_MINUTES = 5
/** Milliseconds in which readings are gathered for one write. A crash loses no more than these. */
const GATHER = 300
const MOST_KNOWN = 20_000

interface Waiting {
  lines: { line: AuditLine; at: string }[]
  /** When somebody was last written down at something, by who and what. */
  known: Map<string, number>
  timer: NodeJS.Timeout | undefined
}

const houses = new WeakMap<House, Waiting>()
const waitingOf = (house: House): Waiting => {
  let waiting = houses.get(house)
  if (!waiting) {
    waiting = { lines: [], known: new Map(), timer: undefined }
    houses.set(house, waiting)
  }
  return waiting
}

/** Writes down that somebody looked at something, together with others a moment later: looking costs no transaction of its own. */
export function noteReading(house: House, line: AuditLine): void {
  const waiting = waitingOf(house)
  const now = house.now()
  const at = Date.parse(now)
  const same = [line.staffId, line.what, line.caseId, line.field, line.ok].join(' ')
  const last = waiting.known.get(same)
  if (last !== undefined && Math.abs(at - last) < SAME_MINUTES * 60_000) return
  if (waiting.known.size >= MOST_KNOWN) waiting.known.clear()
  waiting.known.set(same, at)
  waiting.lines.push({ line, at: now })
  waiting.timer ??= setTimeout(() => void flushReadings(house).catch(() => undefined), GATHER).unref()
}

/** Writes what was gathered. What could not be written waits for the next time. */
export async function flushReadings(house: House): Promise<void> {
  const waiting = waitingOf(house)
  clearTimeout(waiting.timer)
  waiting.timer = undefined
  const lines = waiting.lines.splice(0)
  if (lines.length === 0) return
  try {
    await house.store.write(async tx => {
      for (const { line, at } of lines) await addAudit(tx, line, at)
    })
  } catch (fault) {
    waiting.lines.unshift(...lines)
    throw fault
  }
}
