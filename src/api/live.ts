import type { WebSocket } from 'ws'
import type { Language } from '../rules/people/language.ts'
import type { Changes } from '../store/db.ts'
import { ownersOf } from '../store/own-cases.ts'
import { lastSeqs } from '../store/inbox-talks.ts'
import { linesOf } from '../store/talks.ts'
import { messageOf } from './message.ts'
import type { ApiParts } from './parts.ts'

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

export type LiveChat = ReturnType<typeof liveChat>

/** The open conversations of this process, and the way new lines reach them. */
export function liveChat(parts: ApiParts) {
  const { read } = parts.house.store
  const byPerson = new Map<string, Set<ChatLine>>()
  let count = 0

  function add(line: ChatLine) {
    const lines = byPerson.get(line.personId) ?? new Set()
    byPerson.set(line.personId, lines.add(line))
    count += 1
  }

  function drop(line: ChatLine) {
    const lines = byPerson.get(line.personId)
    if (!lines?.delete(line)) return
    count -= 1
    if (lines.size === 0) byPerson.delete(line.personId)
  }

  /** Sends what this line has not had yet, in order; one reader a line, so nothing is sent twice. */
  async function push(line: ChatLine): Promise<void> {
    if (line.last < 0) return
    line.again = line.busy
    if (line.busy) return
    line.busy = true
    try {
      let page: Awaited<ReturnType<typeof linesOf>>
      do {
        line.again = false
        page = await linesOf(read, line.personId, { after: line.last, limit: PAGE })
        for (const one of page) if (!sendLine(line, one)) return
      } while (line.again || page.length === PAGE)
    } finally {
      line.busy = false
    }
  }

  function pushTo(personId: string) {
    for (const line of byPerson.get(personId) ?? []) void push(line).catch(() => line.socket.terminate())
  }

  async function tellCases(codes: ReadonlySet<string>) {
    for (const { code, personId } of await ownersOf(read, [...codes]))
      for (const line of byPerson.get(personId) ?? []) send(line.socket, { t: 'case', code })
  }

  return {
    add,
    drop,
    push,
    size: () => count,
    /** After a commit of this process, or one another process told of. */
    changed(changes: Changes) {
      if (count === 0) return
      for (const personId of changes.persons) pushTo(personId)
      if (changes.cases.size > 0) void tellCases(changes.cases).catch(() => undefined)
    },
    /** Somebody else wrote: every open conversation is compared with the ledger. */
    async catchUp() {
      if (count === 0) return
      for (const { personId, seq } of await lastSeqs(read, [...byPerson.keys()]))
        for (const line of byPerson.get(personId) ?? []) if (seq > line.last) void push(line)
    },
    /** A clerk is writing. */
    typing(personId: string) {
      for (const line of byPerson.get(personId) ?? []) send(line.socket, { t: 'typing' })
    },
    all: function* () {
      for (const lines of byPerson.values()) yield* lines
    },
  }
}

function sendLine(line: ChatLine, one: Parameters<typeof messageOf>[0]): boolean {
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
