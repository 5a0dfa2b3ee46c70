import fc from 'fast-check'
import { expect, it } from 'vitest'
import { weight } from '../../../web/staff/files/files.ts'
import { fitting, moved, type Room, WHOLE, zoomed } from '../../../web/staff/files/zoom.ts'

const stage = { width: 1000, height: 600 }
const room: Room = { stage, picture: { width: 800, height: 600 } }

it.each([
  ['wide', { width: 2000, height: 600 }, { width: 1000, height: 300 }],
  ['high', { width: 900, height: 1800 }, { width: 300, height: 600 }],
  ['small: not blown up', { width: 60, height: 40 }, { width: 60, height: 40 }],
])('a picture fits its stage: %s', (_what, picture, fits) => expect(fitting(picture, stage)).toEqual(fits))

it('what lies under the pointer stays there', () => {
  const at = { x: 100, y: -50 }
  const near = zoomed(WHOLE, 4, room, at)
  expect([(at.x - near.x) / near.scale, (at.y - near.y) / near.scale]).toEqual([100, -50])
})

it('goes no nearer than ten times and no further than the whole', () => {
  expect(zoomed(WHOLE, 99, room).scale).toBe(10)
  expect(zoomed({ scale: 3, x: 400, y: 300 }, 0.01, room)).toEqual(WHOLE)
})

it('never leaves a gap at an edge the picture could fill', () => {
  const step = fc.oneof(
    fc.record({
      factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
      x: fc.integer({ min: -500, max: 500 }),
      y: fc.integer({ min: -300, max: 300 }),
    }),
    fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      let view = WHOLE
      for (const one of steps)
        view = 'factor' in one ? zoomed(view, one.factor, room, one) : moved(view, one, room)
      const over = (part: 'width' | 'height') =>
        Math.max(0, (room.picture[part] * view.scale - stage[part]) / 2)
      expect(Math.abs(view.x)).toBeLessThanOrEqual(over('width') + 1e-6)
      expect(Math.abs(view.y)).toBeLessThanOrEqual(over('height') + 1e-6)
    }),
  )
})

it.each([
  [0, '1 KB'],
  [230 * 1024, '230 KB'],
  [1_500_000, '1.4 MB'],
])('%i bytes are %s', (bytes, words) => expect(weight(bytes)).toBe(words))
