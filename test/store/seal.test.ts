import { expect, it } from 'vitest'
import { houseKeys, keyedHash, open, seal } from '../../src/store/seal.ts'

const { house, hash, wrap } = houseKeys('a secret for tests, longer than thirty-two characters')

it('opens what it sealed, and seals the same words differently each time', () => {
  const one = seal(house, 'Case.textEnc.1', '电梯坏了')
  expect(open(house, 'Case.textEnc.1', one)).toBe('电梯坏了')
  expect(seal(house, 'Case.textEnc.1', '电梯坏了')).not.toEqual(one)
})

it.each([
  ['another row', 'Case.textEnc.2', house],
  ['another column', 'Case.nameEnc.1', house],
  ['another key', 'Case.textEnc.1', wrap],
])('does not open under %s', (_what, place, key) => {
  expect(() => open(key, place, seal(house, 'Case.textEnc.1', '电梯'))).toThrow()
})

it('does not open with a single bit changed, or cut short', () => {
  const sealed = seal(house, 'p', '电梯')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => open(house, 'p', changed), `byte ${at}`).toThrow()
  }
  expect(() => open(house, 'p', sealed.subarray(0, 20))).toThrow()
})

it('hashes by key and by purpose', () => {
  const keys = houseKeys('another secret for tests, also long enough')
  expect(keyedHash({ hash, house, wrap }, 'phone', '138')).not.toBe(keyedHash(keys, 'phone', '138'))
  expect(keyedHash(keys, 'phone', '138')).not.toBe(keyedHash(keys, 'address', '138'))
})
