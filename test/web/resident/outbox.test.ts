import { describe, expect, it } from 'vitest'
import { drop, keep, OUTBOX, type Shelf, unsent } from '../../../web/resident/chat/outbox.ts'

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
})
