/** Small things this device remembers. A device that refuses to remember (private mode) is no error. */

export type Kept =
  | 'language'
  | 'theme'
  | 'mode'
  | 'contrast'
  | 'recovery'
  | 'draft'
  | 'read'
  | 'mine'
  | 'tray'
  | 'form'
  | 'left'

/** What was remembered under `name`, or null. */
export function kept(name: Kept): string | null {
  try {
    return localStorage.getItem(`huiyin.${name}`)
  } catch {
    return null
  }
}

/** Remembers `value`; null forgets. */
export function remember(name: Kept, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`huiyin.${name}`)
    else localStorage.setItem(`huiyin.${name}`, value)
  } catch {
    // Nothing to do: the page works without a memory.
  }
}
