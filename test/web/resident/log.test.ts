import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as logs from '../../../web/resident/chat/log.ts'
import type { Message } from '../../../web/resident/shapes.ts'

const at = '2026-11-03T02:21:00.000Z'
const message = (seq: number, echo?: string): Message => ({
  seq,
  id: `m${seq}`,
  from: echo ? 'me' : 'bot',
  at,
  body: { text: `第 ${seq} 句` },
  ...(echo ? { echo } : {}),
})
const pending = (id: string): logs.Pending => ({ id, text: id, at, state: 'sending' })
const seqs = (log: logs.Log) => log.messages.map(m => m.seq)
const page = (from: number, to: number, last = to, more = false) => ({
  messages: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)),
  last,
  more,
})

describe('the log of the conversation', () => {
  it('shows own words in the order of writing, also those another tab tells of late', () => {
    const said = (id: string, second: string): logs.Pending => ({
      ...pending(id),
      at: `2026-11-03T02:21:${second}.000Z`,
    })
    let log = logs.emptyLog
    for (const one of [said('b', '02'), said('a', '01'), said('c', '03')]) log = logs.queued(log, one)
    expect(log.pending.map(p => p.id)).toEqual(['a', 'b', 'c'])
  })

  it('puts messages in order and none twice, however they come', () => {
    let log = logs.newer(logs.emptyLog, page(1, 2))
    for (const seq of [4, 3, 4, 5, 1]) log = logs.heard(log, message(seq))
    expect(seqs(log)).toEqual([1, 2, 3, 4, 5])
    expect(log.last).toBe(5)
    expect(logs.hasGap(log)).toBe(false)
  })

  it('knows from where to ask again when a message is missing', () => {
    let log = logs.newer(logs.emptyLog, page(1, 3))
    log = logs.heard(log, message(6))
    expect(logs.hasGap(log)).toBe(true)
    expect(log.last).toBe(3)
    log = logs.heard(logs.heard(log, message(4)), message(5))
    expect(logs.hasGap(log)).toBe(false)
    expect(log.last).toBe(6)
  })

  it('does not ask for ever for a message that exists no more', () => {
    let log = logs.newer(logs.emptyLog, page(1, 3))
    log = logs.settled(logs.heard(log, message(6)), 6)
    expect(logs.hasGap(log)).toBe(false)
    expect(log.last).toBe(6)
  })

  it('takes the newest page first and older ones above it', () => {
    let log = logs.newer(logs.emptyLog, page(101, 150, 150, true))
    expect(log).toMatchObject({ last: 150, more: true })
    log = logs.older(log, page(51, 100, 150, true))
    expect(seqs(log)[0]).toBe(51)
    expect(log).toMatchObject({ last: 150, more: true })
    expect(logs.older(log, page(1, 50, 150)).more).toBe(false)
  })

  it('catching up page by page does not count as reached what is still to come', () => {
    const start = logs.newer(logs.emptyLog, page(1, 3))
    const half = logs.newer(start, page(4, 53, 80, true))
    expect(half.last).toBe(53)
    expect(logs.newer(half, page(54, 80)).last).toBe(80)
  })
})

describe('own words', () => {
  const start = logs.newer(logs.emptyLog, page(1, 3))

  it('are replaced by their echo, in the place the service gave them', () => {
    let log = logs.queued(logs.queued(start, pending('a')), pending('b'))
    log = logs.heard(log, message(4, 'a'))
    expect(log.pending.map(p => p.id)).toEqual(['b'])
    expect(log.messages.at(-1)?.echo).toBe('a')
  })

  it('are not shown again when the outbox still holds them after a cut', () => {
    const log = logs.heard(start, message(4, 'a'))
    expect(logs.queued(log, pending('a')).pending).toEqual([])
    expect(logs.queued(logs.queued(log, pending('b')), pending('b')).pending).toHaveLength(1)
  })

  it('wait as received between acknowledgement and echo', () => {
    let log = logs.acked(logs.queued(start, pending('a')), 'a', 4)
    expect(log.pending[0]?.state).toBe('received')
    log = logs.marked(log, 'a', 'failed')
    expect(log.pending[0]?.state).toBe('received')
    expect(logs.heard(log, message(4, 'a')).pending).toEqual([])
  })

  it('go when the acknowledgement is of a message long past', () => {
    expect(logs.acked(logs.queued(start, pending('old')), 'old', 2).pending).toEqual([])
  })

  it('carry the sentence of a refusal, and lose it when tried again', () => {
    let log = logs.marked(logs.queued(start, pending('a')), 'a', 'refused', '说得太快了')
    expect(log.pending[0]).toMatchObject({ state: 'refused', why: '说得太快了' })
    log = logs.marked(log, 'a', 'sending')
    expect(log.pending[0]).not.toHaveProperty('why')
    expect(logs.dropped(log, 'a').pending).toEqual([])
  })
})

it('any order, repeats and cuts of the same messages end in the same log', () => {
  const ids = (n: number) => (n % 3 === 0 ? `own${n}` : undefined)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 60 }),
      (count, noise) => {
        const all = Array.from({ length: count }, (_, i) => message(i + 1, ids(i + 1)))
        let log = logs.emptyLog
        for (const m of all) if (m.echo) log = logs.queued(log, pending(m.echo))
        for (const n of noise) if (all[n - 1]) log = logs.heard(log, all[n - 1]!)
        // The greeting after a cut brings everything after `last`.
        for (const m of all.filter(m => m.seq > log.last)) log = logs.heard(log, m)
        expect(seqs(log)).toEqual(all.map(m => m.seq))
        expect(log.pending).toEqual([])
        expect(log.last).toBe(count)
      },
    ),
  )
})
