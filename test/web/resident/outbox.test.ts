import { describe, expect, it } from 'vitest'
import {
  drop,
  keep,
  OUTBOX,
  type Shelf,
  sturdy,
  unsent,
  wireOf,
  writtenAt,
} from '../../../web/resident/chat/outbox.ts'

function shelf(): Shelf & { things: Map<string, string> } {
  const things = new Map<string, string>()
  return {
    things,
    get length() {
      return things.size
    },
    key: index => [...things.keys()][index] ?? null,
    getItem: key => things.get(key) ?? null,
    setItem: (key, value) => void things.set(key, value),
    removeItem: key => void things.delete(key),
  }
}

const words = (id: string, at: string) => ({ id, text: `话 ${id}`, at })

describe('the outbox', () => {
  it('gives back what was kept, in the order of writing, until it is dropped', () => {
    const own = shelf()
    keep(own, words('b', '2026-11-03T02:22:00.000Z'))
    keep(own, { ...words('a', '2026-11-03T02:21:00.000Z'), tap: '3.send' })
    expect(unsent(own).map(u => u.id)).toEqual(['a', 'b'])
    expect(unsent(own)[0]?.tap).toBe('3.send')
    drop(own, 'a')
    expect(unsent(own).map(u => u.id)).toEqual(['b'])
  })

  it('skips what is damaged and what is not its own', () => {
    const own = shelf()
    own.setItem(`${OUTBOX}x`, '{"id":')
    own.setItem(`${OUTBOX}y`, '{"id":"y"}')
    own.setItem(`${OUTBOX}z`, 'null')
    own.setItem('huiyin.theme', 'dark')
    keep(own, words('a', '2026-11-03T02:21:00.000Z'))
    expect(unsent(own).map(u => u.id)).toEqual(['a'])
  })

  it('says when the device cannot keep anything', () => {
    const full: Shelf = {
      ...shelf(),
      setItem() {
        throw new Error('QuotaExceededError')
      },
    }
    expect(keep(full, words('a', '2026-11-03T02:21:00.000Z'))).toBe(false)
  })

  it('keeps files and places with the words, and hands them to the service as they are', () => {
    const own = shelf()
    const said = {
      ...words('a', '2026-11-03T02:21:00.000Z'),
      files: ['f1', 'f2'],
      position: { lat: 42.27, lng: 118.96 },
      unit: '150402001001',
    }
    keep(own, said)
    expect(unsent(own)).toEqual([said])
    const { at: _, ...wire } = said
    expect(wireOf(said)).toEqual(wire)
  })

  it('two messages of one moment, or of a clock put back, stay in the order of writing', () => {
    const now = Date.parse('2026-11-03T02:21:00.000Z')
    const first = words('z', writtenAt([], now))
    const second = words('a', writtenAt([first], now))
    const third = words('b', writtenAt([first, second], now - 60_000))
    const own = shelf()
    for (const one of [third, first, second]) keep(own, one)
    expect(unsent(own).map(u => u.id)).toEqual(['z', 'a', 'b'])
  })

  it('holds in memory what the device refuses to keep', () => {
    const full = sturdy(() => {
      throw new Error('SecurityError')
    })
    keep(full, words('b', '2026-11-03T02:22:00.000Z'))
    keep(full, words('a', '2026-11-03T02:21:00.000Z'))
    expect(unsent(full).map(u => u.id)).toEqual(['a', 'b'])
    drop(full, 'a')
    expect(unsent(full).map(u => u.id)).toEqual(['b'])
    const own = shelf()
    const whole = sturdy(() => own)
    keep(whole, words('a', '2026-11-03T02:21:00.000Z'))
    expect(unsent(own).map(u => u.id)).toEqual(['a'])
  })
})
