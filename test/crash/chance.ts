/** A repeatable source of chance: the same seed draws the same moments. mulberry32; numbers from 0 to below 1. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296
  }
}

export const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))
