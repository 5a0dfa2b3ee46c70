/** What a change touched: told to those who look on, after the commit and never before. */
export interface Changes {
  persons: Set<string>
  cases: Set<string>
  lists: boolean
  conversations: Set<string>
  alerts: Set<string>
  notices: boolean
  /** The district's books were changed: every process reads them anew. */
  district: boolean
}

export const noChanges = (): Changes => ({
  persons: new Set(),
  cases: new Set(),
  lists: false,
  conversations: new Set(),
  alerts: new Set(),
  notices: false,
  district: false,
})

/** Those who look on, told after each commit. */
export function changeListeners() {
  const all = new Set<(changes: Changes) => void>()
  return {
    add(listen: (changes: Changes) => void) {
      all.add(listen)
      return () => void all.delete(listen)
    },
    tell(changes: Changes) {
      for (const listen of all) listen(changes)
    },
  }
}
