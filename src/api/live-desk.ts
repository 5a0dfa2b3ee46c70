import type { WebSocket } from 'ws'
import { forRights, type Who } from '../actions/rights.ts'
import { maySee } from '../rules/people/may.ts'
import { caseByCode } from '../store/cases.ts'
import type { Changes } from '../store/db.ts'
import { send } from './live.ts'
import type { ApiParts } from './parts.ts'

/** One open desk. */
export interface DeskLine {
  socket: WebSocket
  who: Who
  /** The case on the screen. */
  viewing: string | null
  /** Something is being written about it. */
  writing: boolean
}

/** Milliseconds in which changes are gathered: a burst of commits is one hint. */
const GATHER = 100
/** More codes than this are told as "fetch the lists". */
const MOST_CODES = 100

/** The open desks of this process: hints of what changed, and who reads which case. */
export class LiveDesk {
  readonly #parts: ApiParts
  readonly #lines = new Set<DeskLine>()
  readonly #cases = new Set<string>()
  readonly #talks = new Set<string>()
  readonly #alerts = new Set<string>()
  #lists = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: ApiParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#lines.size
  }

  add(line: DeskLine): void {
    this.#lines.add(line)
  }

  drop(line: DeskLine): void {
    this.#lines.delete(line)
    if (line.viewing) this.#viewers(line.viewing)
  }

  changed({ cases, conversations, alerts, lists, notices }: Changes): void {
    if (this.#lines.size === 0) return
    for (const code of cases) this.#cases.add(code)
    for (const id of conversations) this.#talks.add(id)
    for (const id of alerts) this.#alerts.add(id)
    const moved = lists || notices || cases.size > 0
    this.#lists ||= moved
    if (moved || conversations.size > 0 || alerts.size > 0)
      this.#timer ??= setTimeout(() => this.#tell(), GATHER)
  }

  /** Somebody else wrote, nobody knows what: everything shown is fetched again. */
  catchUp(): void {
    this.#all({ t: 'changed', cases: [...this.#viewed()], lists: true })
  }

  /** This person now has another case on the screen, or none. */
  async view(line: DeskLine, code: string | null): Promise<void> {
    const before = line.viewing
    line.writing = false
    line.viewing = code && (await isTheirs(this.#parts, line.who, code)) ? code : null
    if (before && before !== line.viewing) this.#viewers(before)
    if (line.viewing) this.#viewers(line.viewing)
  }

  /** This person writes about the case on their screen, or no longer. */
  write(line: DeskLine, on: boolean): void {
    if (line.writing === on) return
    line.writing = on
    if (line.viewing) this.#viewers(line.viewing)
  }

  #tell() {
    this.#timer = undefined
    const codes = [...this.#cases].slice(0, MOST_CODES)
    if (this.#lists || codes.length) this.#all({ t: 'changed', cases: codes, lists: this.#lists })
    for (const id of this.#alerts) this.#all({ t: 'alert', id })
    for (const id of this.#talks) this.#all({ t: 'conversation', id })
    for (const set of [this.#cases, this.#talks, this.#alerts]) set.clear()
    this.#lists = false
  }

  #all(frame: object) {
    for (const line of this.#lines) send(line.socket, frame)
  }

  /** Tells everybody on a case who else is. */
  #viewers(code: string) {
    const on = [...this.#lines].filter(line => line.viewing === code)
    for (const line of on) {
      const others = on.filter(other => other.who.staffId !== line.who.staffId)
      const namesOf = (some: DeskLine[]) => [...new Set(some.map(other => other.who.name))]
      const writing = namesOf(others.filter(other => other.writing))
      send(line.socket, { t: 'viewers', code, names: namesOf(others), writing })
    }
  }

  #viewed(): Set<string> {
    return new Set([...this.#lines].flatMap(line => line.viewing ?? []))
  }
}

async function isTheirs({ house }: ApiParts, who: Who, code: string): Promise<boolean> {
  const { read } = house.store
  const row = await caseByCode(read, code)
  const rights = row && (await forRights(read, house.district, row))
  return rights !== null && who.members.some(member => maySee(member, rights))
}
