// A small linear learner: support vectors by dual coordinate descent (Hsieh et al. 2008), one class against the rest.

/** A text as a sparse, length-one vector. */
export interface Vector {
  at: Int32Array
  value: Float64Array
}

/** Mulberry32: the same seed gives the same order on every machine. */
function shuffler(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Learns one class (`mine[i]` true) against the rest; `trust` is how much each example counts. The last weight is the bias. */
export function learnOne(
  texts: readonly Vector[],
  mine: readonly boolean[],
  trust: Float64Array,
  size: number,
  rounds: number,
): Float64Array {
  const weights = new Float64Array(size + 1)
  const alphas = new Float64Array(texts.length)
  const lengths = texts.map((text, i) => text.value.reduce((sum, v) => sum + v * v, 1) + 0.5 / trust[i]!)
  const order = Int32Array.from(texts, (_, i) => i)
  const random = shuffler(1)
  for (let round = 0; round < rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const kept = order[i]!
      order[i] = order[j]!
      order[j] = kept
    }
    let most = 0
    for (const i of order) {
      const { at, value } = texts[i]!
      const sign = mine[i] ? 1 : -1
      let margin = weights[size]!
      for (let k = 0; k < at.length; k++) margin += weights[at[k]!]! * value[k]!
      const before = alphas[i]!
      const slope = sign * margin - 1 + (before * 0.5) / trust[i]!
      const step = before === 0 ? Math.min(slope, 0) : slope
      most = Math.max(most, Math.abs(step))
      if (Math.abs(step) < 1e-12) continue
      const after = Math.max(before - slope / lengths[i]!, 0)
      alphas[i] = after
      const move = (after - before) * sign
      weights[size]! += move
      for (let k = 0; k < at.length; k++) weights[at[k]!]! += move * value[k]!
    }
    if (most < 0.02) break
  }
  return weights
}
