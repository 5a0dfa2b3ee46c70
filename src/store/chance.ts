import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Random bytes are drawn from the system in larger pieces: one call for many values instead of one each. */
const pool = Buffer.alloc(16_384)
let used = pool.length

/** So many random bytes, at most 64. A view that is overwritten some hundred calls later: what is kept longer is copied. */
export function randomFew(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += length
  return pool.subarray(used - length, used)
}

let last = { msecs: 0, seq: 0 }

/** An id (UUID version 7): ids of one process grow in the order they are made, also within a millisecond (RFC 9562, 6.2, method 1). */
export function newId(): string {
  const random = randomFew(16)
  const now = Date.now()
  const seq = now > last.msecs ? random.readUInt32BE(6) & 0x7fff_ffff : (last.seq + 1) >>> 0
  last = { msecs: now > last.msecs ? now : last.msecs + (seq === 0 ? 1 : 0), seq }
  return v7({ random, ...last })
}
