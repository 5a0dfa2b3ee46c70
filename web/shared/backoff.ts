/**
 * How long to wait before the n-th new try, in milliseconds: doubling from half a second to half a minute, and spread
 * by `random` (0…1) so that a whole district does not come back in the same second.
 */
export function backoff(tries: number, random: number): number {
  const most = Math.min(30_000, 500 * 2 ** Math.min(tries, 10))
  return Math.round(most / 2 + (most / 2) * random)
}
