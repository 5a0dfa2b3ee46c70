/** What this browser remembers between visits. Storage that is full or forbidden is lived with: nothing here is the only copy of a fact. */

const PREFIX = 'hy.staff.'

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

/** Keeps `value` under `key`; null forgets it. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, value)
  } catch {
    // Without storage a draft lives as long as the page.
  }
}

/** The keys kept that begin with `start`. */
export function keptKeys(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter(key => key.startsWith(PREFIX + start))
      .map(key => key.slice(PREFIX.length))
  } catch {
    return []
  }
}
