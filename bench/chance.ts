/** Chance for made-up ledgers: the same run after run. */
export interface Chance {
  /** A number below `n`. */
  any(n: number): number
  pick<T>(of: readonly T[]): T
  /** One of the first far more often than one of the last, as words and subjects are. */
  skewed<T>(of: readonly T[]): T
}

export function chance(seed = 1): Chance {
  let state = seed
  const share = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const any = (n: number) => Math.floor(share() * n)
  const at = <T>(of: readonly T[], index: number): T => of[Math.min(index, of.length - 1)]!
  return {
    any,
    pick: of => at(of, any(of.length)),
    skewed: of => at(of, Math.floor(of.length ** share()) - 1),
  }
}
