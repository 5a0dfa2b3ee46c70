import type { Message, MessagePage } from '../shapes.ts'

/**
 * The conversation as this page knows it. Pure: the socket, the REST page and the outbox all end in these functions,
 * so that after any cut nothing is missing and nothing stands twice.
 */
export interface Log {
  /** Ascending by `seq`, no number twice. */
  readonly messages: readonly Message[]
  /** The person's own words the service has not sent back yet, in the order they were written. */
  readonly pending: readonly Pending[]
  /** Everything up to this number is here, or is known not to exist. A greeting after a cut asks from here. */
  readonly last: number
  /** There are older messages to fetch. */
  readonly more: boolean
}

/**
 * `received`: committed by the service; `failed`: not delivered yet, tried again by itself or by a tap; `files`: its
 * photos are still on their way; `behind`: it waits for such a message.
 */
export interface Pending {
  readonly id: string
  readonly text: string
  readonly tap?: string
  readonly files?: readonly string[]
  /** ISO instant of writing. */
  readonly at: string
  readonly state: 'sending' | 'received' | 'failed' | 'refused' | 'files' | 'behind'
  /** The service's own sentence when it refused these words. */
  readonly why?: string
}

export const emptyLog: Log = { messages: [], pending: [], last: 0, more: false }

/** One message of the socket. A repeat changes nothing; own words replace their pending twin. */
export function heard(log: Log, message: Message): Log {
  return joined(log, [message])
}

/** A page of messages newer than what is here, or the first page of all. `last` then counts as reached. */
export function newer(log: Log, page: MessagePage): Log {
  const first = log.messages.length === 0
  const all = joined(log, page.messages)
  // A first page shows the newest; a later one that says "more" has only come as far as its own last message.
  if (first) return settled({ ...all, more: page.more }, page.last)
  const reached = page.more ? (page.messages[page.messages.length - 1]?.seq ?? all.last) : page.last
  return settled(all, reached)
}

/** A page of messages older than what is here. */
export function older(log: Log, page: MessagePage): Log {
  return { ...joined(log, page.messages), more: page.more }
}

/** Everything up to `seq` has been sent: a hole that is still there stays a hole and is not asked for again. */
export function settled(log: Log, seq: number): Log {
  return seq <= log.last ? log : { ...log, last: reach(log.messages, seq) }
}

/** True when a message is here whose forerunner is not. */
export function hasGap(log: Log): boolean {
  const newest = log.messages[log.messages.length - 1]
  return newest !== undefined && newest.seq > log.last
}

/** Words just written, or found in the outbox. The same id twice is one. */
export function queued(log: Log, pending: Pending): Log {
  if (log.pending.some(p => p.id === pending.id) || log.messages.some(m => m.echo === pending.id)) return log
  // Another tab's words may be heard of later than they were written.
  const at = log.pending.findIndex(p => p.at > pending.at)
  const before = at < 0 ? log.pending : log.pending.slice(0, at)
  return { ...log, pending: [...before, pending, ...log.pending.slice(before.length)] }
}

/** The service has committed the words as `seq`; they stay until they come back, unless they already have. */
export function acked(log: Log, id: string, seq: number): Log {
  if (seq <= log.last) return { ...log, pending: log.pending.filter(p => p.id !== id) }
  return marked(log, id, 'received')
}

/** Changes how far one's own words have come; what was received stays received. */
export function marked(log: Log, id: string, state: Pending['state'], why?: string): Log {
  const mark = ({ why: _old, ...p }: Pending): Pending => ({ ...p, state, ...(why ? { why } : {}) })
  return {
    ...log,
    pending: log.pending.map(p => (p.id === id && p.state !== 'received' ? mark(p) : p)),
  }
}

/** Takes own words out again: the person wants to change them. */
export function dropped(log: Log, id: string): Log {
  return { ...log, pending: log.pending.filter(p => p.id !== id) }
}

function joined(log: Log, news: readonly Message[]): Log {
  if (news.length === 0) return log
  const bySeq = new Map(log.messages.map(m => [m.seq, m]))
  const echoes = new Set<string>()
  for (const message of news) {
    bySeq.set(message.seq, message)
    if (message.echo) echoes.add(message.echo)
  }
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  return {
    ...log,
    messages,
    pending: log.pending.filter(p => !echoes.has(p.id)),
    last: reach(messages, log.last),
  }
}

function reach(messages: readonly Message[], from: number): number {
  let last = from
  for (const { seq } of messages) if (seq === last + 1) last = seq
  return last
}
