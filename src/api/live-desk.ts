import type { WebSocket } from 'ws'
import { forRights, type Who } from '../actions/rights.ts'
import { type CaseForRights, maySee } from '../rules/people/may.ts'
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
/** Cases whose sight is remembered. */
const MOST_SEEN = 20_000

/** The open desks of this process: hints of what changed, and who reads which case. */
export class LiveDesk {
  readonly #parts: ApiParts
  readonly #lines = new Set<DeskLine>()
  readonly #cases = new Set<string>()
  readonly #talks = new Set<string>()
  readonly #alerts = new Set<string>()
  /** Who could see a case when its desks were told last: whoever no longer can must hear once more. */
  readonly #seen = new Map<string, CaseForRights>()
  /** Cases opened after this instant and not among `#seen` were never told of. */
  #since: string
  #lists = false
  #notices = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: ApiParts) {
    this.#parts = parts
    this.#since = parts.house.now()
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
    this.#lists ||= lists && cases.size === 0
    this.#notices ||= notices
    if (lists || notices || cases.size > 0 || conversations.size > 0 || alerts.size > 0)
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
    const codes = [...this.#cases]
    if (this.#lists || codes.length > MOST_CODES)
      this.#all({ t: 'changed', cases: codes.slice(0, MOST_CODES), lists: true })
    else if (codes.length) void this.#tellConcerned(codes)
    if (this.#notices) this.#all({ t: 'notices' })
    for (const id of this.#alerts) this.#all({ t: 'alert', id })
    for (const id of this.#talks) this.#all({ t: 'conversation', id })
    for (const set of [this.#cases, this.#talks, this.#alerts]) set.clear()
    this.#lists = false
    this.#notices = false
  }

  /** Each desk hears of the cases it may see, or could until now: with hundreds of desks a hint to all would be hundreds of fetches for nothing. */
  async #tellConcerned(codes: readonly string[]) {
    const sights = await Promise.all(codes.map(code => this.#sightOf(code).catch(() => null)))
    for (const { socket, who } of this.#lines) {
      const own = codes.filter((_, n) => {
        const sight = sights[n]
        return !sight || who.members.some(member => sight.some(at => maySee(member, at)))
      })
      if (own.length) send(socket, { t: 'changed', cases: own, lists: true })
    }
  }

  /** As a case stood when it was told of last, and as it stands; null: it concerns everybody, or nobody knows. */
  async #sightOf(code: string): Promise<CaseForRights[] | null> {
    const { store, district, now } = this.#parts.house
    const row = await caseByCode(store.read, code)
    // Mediations have sentences of their own.
    if (!row || row.kind === 'mediation') return null
    const at = await forRights(store.read, district, row)
    const before = this.#seen.get(code)
    if (this.#seen.size >= MOST_SEEN) {
      this.#seen.clear()
      this.#since = now()
    }
    this.#seen.set(code, at)
    if (before) return [before, at]
    return row.createdAt >= this.#since ? [at] : null
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
