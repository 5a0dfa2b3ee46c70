import http from 'node:http'
import { WebSocket } from 'ws'
import type { Bubble } from '../../src/bot/channel.ts'
import { plainText } from '../../src/bot/wording.ts'
import { AGAIN_AFTER, afterCut, Cut, callOnce } from './call.ts'
import { pause } from './chance.ts'
import { type Journal, newJournal, type Sent, type Speaker } from './matter.ts'
import type { Service } from './service.ts'

interface Frame {
  t: string
  seq?: number
  id?: string
  from?: string
  body?: Bubble
  code?: string
}

/** A line of the conversation as the page has it. */
export interface Seen {
  seq: number
  id: string
  from: string
  /** All that is in the bubble, its card and choices too. */
  text: string
}

/** Milliseconds between two messages: the socket takes 60 in ten seconds, repeats included. */
const BREATH = 220
/** Milliseconds to wait for an acknowledgement or for the rest of a reply on a line that stands. */
const PATIENCE = 15_000

/** Somebody with the page open: one numbered line, taken up again where it broke. */
export class Page implements Speaker {
  readonly journal: Journal = newJournal('web')
  /** Every line it was sent, in the order it came. */
  readonly seen: Seen[] = []
  readonly #service: Service
  readonly #acks = new Map<string, number>()
  #cookie = ''
  #socket: WebSocket | undefined
  #wake: () => void = () => undefined
  #lastSaid: { id: string; text: string; seq: number } | undefined

  constructor(service: Service) {
    this.#service = service
  }

  /** Gets the cookie that says who this is. */
  async open(): Promise<this> {
    const agent = new http.Agent()
    const headers = { 'content-type': 'application/json' }
    const call = { method: 'POST', path: '/api/resident/session', headers, body: '{}' } as const
    const { headers: got } = await callOnce(this.#service, agent, call)
    agent.destroy()
    this.#cookie = (got['set-cookie'] ?? []).map(one => one.split(';')[0]).join('; ')
    return this
  }

  async say(words: string, enough: (reply: string) => boolean): Promise<string> {
    await pause(BREATH)
    const sent: Sent = { id: `p${this.journal.sent.length + 1}`, text: words }
    this.journal.sent.push(sent)
    const seq = await this.#untilAcknowledged(sent)
    sent.acknowledgedAt = Date.now()
    this.#lastSaid = { id: sent.id, text: words, seq }
    return this.#replyAfter(seq, enough)
  }

  close(): void {
    this.#socket?.terminate()
  }

  async #untilAcknowledged(sent: Sent): Promise<number> {
    for (let wasCut = false; ; wasCut = true) {
      try {
        await this.#connected()
        if (wasCut) await this.#lastOnceMore()
        const seq = await this.#once(sent)
        if (wasCut) this.journal.cut += 1
        return seq
      } catch (error) {
        await afterCut(error)
      }
    }
  }

  /** A message acknowledged before the cut, said again: the same number must come back. */
  async #lastOnceMore(): Promise<void> {
    const last = this.#lastSaid
    if (!last) return
    this.#acks.delete(last.id)
    const now = await this.#once(last)
    this.journal.repeated += 1
    if (now !== last.seq) this.journal.oddities.push(`${last.id} has number ${last.seq}, then ${now}`)
  }

  async #once({ id, text }: { id: string; text: string }): Promise<number> {
    this.#service.inHand += 1
    try {
      this.#socket?.send(JSON.stringify({ t: 'say', id, text }))
      await this.#until(() => this.#acks.has(id), `no word on ${id}`)
      return this.#acks.get(id)!
    } finally {
      this.#service.inHand -= 1
    }
  }

  async #replyAfter(seq: number, enough: (reply: string) => boolean): Promise<string> {
    const heard = () =>
      this.seen
        .filter(line => line.seq > seq && line.from === 'bot')
        .map(line => line.text)
        .join('\n')
    for (;;) {
      try {
        await this.#connected()
        await this.#until(() => enough(heard()), `after ${seq}`)
        return heard()
      } catch (error) {
        if (!(error instanceof Cut)) throw new Error(`${error} – heard: ${heard()}`)
        await afterCut(error)
      }
    }
  }

  /** Waits on a line that stands. Throws `Cut` when it breaks. */
  async #until(fits: () => boolean, what: string): Promise<void> {
    const until = performance.now() + PATIENCE
    while (!fits()) {
      if (this.#socket?.readyState !== WebSocket.OPEN) throw new Cut()
      if (performance.now() > until) throw new Error(`nothing came: ${what}`)
      await new Promise<void>(done => {
        const timer = setTimeout(done, 1000)
        this.#wake = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
  }

  /** Opens the line when there is none, and says up to where it was heard. */
  async #connected(): Promise<void> {
    while (this.#socket?.readyState !== WebSocket.OPEN) {
      const { port } = this.#service
      const headers = { cookie: this.#cookie, origin: `http://127.0.0.1:${port}` }
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/chat`, { headers, perMessageDeflate: false })
      this.#socket = socket
      socket.on('message', data => this.#hear(JSON.parse(String(data)) as Frame))
      socket.on('error', () => undefined)
      const opened = await new Promise<boolean>(done => {
        socket.once('open', () => done(true))
        socket.once('close', () => done(false))
      })
      socket.on('close', () => this.#wake())
      if (opened) socket.send(JSON.stringify({ t: 'hello', after: this.#last() }))
      else await pause(AGAIN_AFTER)
    }
  }

  #last(): number {
    return this.seen.at(-1)?.seq ?? 0
  }

  #hear(frame: Frame): void {
    const { oddities } = this.journal
    if (frame.t === 'ack') this.#acks.set(frame.id!, frame.seq!)
    if (frame.t === 'error') oddities.push(`the socket said ${frame.code}`)
    if (frame.t === 'message') {
      const { seq = 0, id = '', from = '', body } = frame
      if (seq !== this.#last() + 1) oddities.push(`after ${this.#last()} came ${seq}`)
      this.seen.push({ seq, id, from, text: body ? plainText(body) : '' })
    }
    this.#wake()
  }
}
