/** At least ten characters, as the service asks, and twice the same. Gives the key of what is wrong, or null. */
export function passwordFault(once: string, twice: string): 'short' | 'different' | null {
  if ([...once].length < 10) return 'short'
  return once === twice ? null : 'different'
}
