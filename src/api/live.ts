import type { WebSocket } from 'ws'
import type { Language } from '../rules/people/language.ts'
import type { Changes, Reads } from '../store/db.ts'
import { lastSeqs } from '../store/inbox-talks.ts'
import { ownersOf } from '../store/own-cases.ts'
import { type Line, linesOf } from '../store/talks.ts'
import { messageOf } from './message.ts'

/** One open conversation. Kept small: there are thousands. */
export interface ChatLine {
  socket: WebSocket
  personId: string
  language: Language
  /** Number of the last line sent; -1 until the client has said where it stands. */
  last: number
  /** Lines are being read and sent for it. */
  busy: boolean
  /** Something new came while it was busy. */
  again: boolean
}

/** Bytes that may wait for a slow reader; beyond, the line is cut and the reader comes back with its last number. */
const MOST_WAITING = 1024 * 1024
const PAGE = 200

/** The open conversations of this process, and the way new lines reach them. */
export class LiveChat {
  readonly #read: Reads
  readonly #byPerson = new Map<string, Set<ChatLine>>()
  #count = 0

  constructor(read: Reads) {
    this.#read = read
  }

  get size(): number {
    return this.#count
  }

  add(line: ChatLine): void {
    const lines = this.#byPerson.get(line.personId) ?? new Set()
    this.#byPerson.set(line.personId, lines.add(line))
    this.#count += 1
  }

  drop(line: ChatLine): void {
    const lines = this.#byPerson.get(line.personId)
    if (!lines?.delete(line)) return
    this.#count -= 1
    if (lines.size === 0) this.#byPerson.delete(line.personId)
  }

  /** Sends what this line has not had yet, in order; one reader a line, so nothing is sent twice. */
  async push(line: ChatLine): Promise<void> {
    if (line.last < 0) return
    line.again = line.busy
    if (line.busy) return
    line.busy = true
    try {
      let page: Line[]
      do {
        line.again = false
        page = await linesOf(this.#read, line.personId, { after: line.last, limit: PAGE, unveiled: true })
        for (const one of page) if (!sendLine(line, one)) return
      } while (line.again || page.length === PAGE)
    } finally {
      line.busy = false
    }
  }

  /** After a commit of this process, or one another process told of. */
  changed(changes: Changes): void {
    if (this.#count === 0) return
    for (const personId of changes.persons) for (const line of this.#of(personId)) this.#pushOrCut(line)
    if (changes.cases.size > 0) void this.#tellCases(changes.cases).catch(() => undefined)
  }

  /** Somebody else wrote: every open conversation is compared with the ledger. */
  async catchUp(): Promise<void> {
    if (this.#count === 0) return
    for (const { personId, seq } of await lastSeqs(this.#read, [...this.#byPerson.keys()]))
      for (const line of this.#of(personId)) if (seq > line.last) this.#pushOrCut(line)
  }

  /** A clerk is writing. */
  typing(personId: string): void {
    for (const line of this.#of(personId)) send(line.socket, { t: 'typing' })
  }

  #of(personId: string): Iterable<ChatLine> {
    return this.#byPerson.get(personId) ?? []
  }

  /** A line that cannot be brought up to date is cut: its client comes back and says where it stands. */
  #pushOrCut(line: ChatLine) {
    void this.push(line).catch(() => line.socket.terminate())
  }

  async #tellCases(codes: ReadonlySet<string>) {
    for (const { code, personId } of await ownersOf(this.#read, [...codes]))
      for (const line of this.#of(personId)) send(line.socket, { t: 'case', code })
  }
}

function sendLine(line: ChatLine, one: Line): boolean {
  if (one.seq <= line.last) return true
  if (!send(line.socket, { t: 'message', ...messageOf(one) })) return false
  line.last = one.seq
  return true
}

/** Sends one frame; false when the line is closed, or was cut because its reader is too slow. */
export function send(socket: WebSocket, frame: object): boolean {
  if (socket.readyState !== socket.OPEN) return false
  if (socket.bufferedAmount > MOST_WAITING) {
    socket.terminate()
    return false
  }
  socket.send(JSON.stringify(frame))
  return true
}
