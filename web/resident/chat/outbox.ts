/**
 * Words written but not yet committed by the service, kept on the device so that a closed page or a dead battery loses
 * nothing. One storage key per message: two tabs never overwrite each other's list.
 */
export interface Unsent {
  id: string
  text: string
  tap?: string
  /** Ids of files the service has or is getting. */
  files?: string[]
  /** Where the person stands, WGS84 degrees. */
  position?: { lat: number; lng: number }
  /** Code of a town, community or grid picked from a list. */
  unit?: string
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

/** The device's shelf; what it refuses to keep (private mode, full) is held while the page is open. */
export function sturdy(device: () => Shelf): Shelf {
  const held = new Map<string, string>()
  const real = <T>(use: (shelf: Shelf) => T, otherwise: T): T => {
    try {
      return use(device())
    } catch {
      return otherwise
    }
  }
  const count = () => real(shelf => shelf.length, 0)
  return {
    get length() {
      return count() + held.size
    },
    key: index =>
      index < count() ? real(shelf => shelf.key(index), null) : ([...held.keys()][index - count()] ?? null),
    getItem: key => held.get(key) ?? real(shelf => shelf.getItem(key), null),
    setItem(key, value) {
      const isKept = real(shelf => {
        shelf.setItem(key, value)
        return true
      }, false)
      if (isKept) held.delete(key)
      else held.set(key, value)
    },
    removeItem(key) {
      held.delete(key)
      real(shelf => shelf.removeItem(key), undefined)
    },
  }
}

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

/** When these words count as written: after everything kept so far, whatever the phone's clock does. ISO instant. */
export function writtenAt(kept: readonly Unsent[], now: number): string {
  const last = kept.reduce((latest, { at }) => Math.max(latest, Date.parse(at) || 0), 0)
  return new Date(Math.max(now, last + 1)).toISOString()
}

/** What goes to the service, by socket or by REST: a bare message carries only what it has. */
export const wireOf = ({ at: _at, ...message }: Unsent): Omit<Unsent, 'at'> => message

function read(value: string | null): Unsent[] {
  try {
    const { id, text, tap, files, position, unit, at } = JSON.parse(value ?? '') as Partial<Unsent>
    if (typeof id !== 'string' || typeof text !== 'string' || typeof at !== 'string') return []
    return [
      {
        id,
        text,
        at,
        ...(typeof tap === 'string' ? { tap } : {}),
        ...(Array.isArray(files) && files.length ? { files: files.map(String) } : {}),
        ...(typeof position?.lat === 'number' && typeof position.lng === 'number' ? { position } : {}),
        ...(typeof unit === 'string' ? { unit } : {}),
      },
    ]
  } catch {
    return []
  }
}
