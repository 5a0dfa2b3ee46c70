/**
 * Words written but not yet committed by the service, kept on the device so that a closed page or a dead battery loses
 * nothing. One storage key per message: two tabs never overwrite each other's list.
 */
export interface Unsent {
  id: string
  text: string
  tap?: string
  /** ISO instant of writing; also the order of sending. */
  at: string
}

/** The part of `Storage` used here. */
export interface Shelf {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export const OUTBOX = 'huiyin.outbox.'

/** Keeps words until they are dropped. False when the device cannot keep them (private mode, full). */
export function keep(shelf: Shelf, unsent: Unsent): boolean {
  try {
    shelf.setItem(OUTBOX + unsent.id, JSON.stringify(unsent))
    return true
  } catch {
    return false
  }
}

/** The service has them. */
export function drop(shelf: Shelf, id: string): void {
  try {
    shelf.removeItem(OUTBOX + id)
  } catch {
    // A shelf that cannot be written holds nothing to remove.
  }
}

/** All kept words, oldest first; damaged entries are skipped. */
export function unsent(shelf: Shelf): Unsent[] {
  const found: Unsent[] = []
  try {
    for (let i = 0; i < shelf.length; i++) {
      const key = shelf.key(i)
      if (key?.startsWith(OUTBOX)) found.push(...read(shelf.getItem(key)))
    }
  } catch {
    return found
  }
  return found.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
}

function read(value: string | null): Unsent[] {
  try {
    const { id, text, tap, at } = JSON.parse(value ?? '') as Partial<Unsent>
    if (typeof id !== 'string' || typeof text !== 'string' || typeof at !== 'string') return []
    return [{ id, text, at, ...(typeof tap === 'string' ? { tap } : {}) }]
  } catch {
    return []
  }
}
