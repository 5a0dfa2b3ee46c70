import { Refusal } from '../../shared/api.ts'
import { backoff } from '../../shared/backoff.ts'
import type { FileState } from '../shapes.ts'

/** The two calls that carry a file (docs/protocol.md). Both throw `Refusal`. */
export interface FileDoor {
  announce(id: string, name: string, bytes: number): Promise<FileState>
  piece(id: string, at: number, bytes: Blob): Promise<FileState>
}

/** What the sender needs from its surroundings. */
export interface Going {
  /** Bytes the service has. */
  came(received: number): void
  /** False once the person has removed the file. */
  wanted(): boolean
  /** Waits so many milliseconds, or less when the network comes back. */
  pause(milliseconds: number): Promise<void>
  /** Milliseconds, to tell a fast line from a slow one. */
  now(): number
}

/** Bytes of one piece: small on a bad line, so that little is lost with a cut; larger on a good one. */
const LEAST = 64 * 1024
const MOST = 256 * 1024
/** Milliseconds: a piece faster than the first makes the next larger, slower than the second smaller. */
const FAST = 1_000
const SLOW = 4_000
/** Refusals that are about the moment, not the file. */
const PASSING = new Set(['offline', 'broken', 'notReady', 'tooMany', 'csrf', 'notSignedIn'])

/**
 * Carries one file to the service in pieces, from wherever the service says it stands, until it is ready or refused.
 * Tries as long as the file is wanted; undefined once it is not.
 */
export async function sendFile(
  file: { id: string; name: string; blob: Blob },
  door: FileDoor,
  going: Going,
): Promise<FileState | undefined> {
  const { id, name, blob } = file
  let size = LEAST
  let tries = 0
  let state: FileState | undefined
  while (going.wanted()) {
    const from = going.now()
    try {
      state = state
        ? await door.piece(id, state.received, blob.slice(state.received, state.received + size))
        : await door.announce(id, name, blob.size)
      if (state.state !== 'arriving') return state
      const took = going.now() - from
      if (took < FAST) size = Math.min(MOST, size * 2)
      else if (took > SLOW) size = LEAST
      tries = 0
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('broken', '')
      const stands = state && standsAt(refusal)
      if (state && stands !== undefined) state = { ...state, received: stands }
      else if (refusal.code === 'notFound' && state) state = undefined
      else if (!PASSING.has(refusal.code)) return refused(id, blob.size, refusal.message)
      else {
        // After a cut nobody knows how far the piece came: ask.
        state = undefined
        size = LEAST
      }
      await going.pause(Math.max(backoff(tries++, Math.random()), 1000 * (refusal.retryAfter ?? 0)))
      continue
    }
    going.came(state.received)
  }
  return undefined
}

const refused = (id: string, bytes: number, why: string): FileState => ({
  id,
  state: 'refused',
  received: 0,
  bytes,
  ...(why ? { why } : {}),
})

/** Where the service stands, when it says that the piece does not begin there. */
function standsAt({ code, details }: Refusal): number | undefined {
  const why = code === 'conflict' ? details.find(detail => detail.field === 'at')?.why : undefined
  const at = Number(why)
  return why !== undefined && Number.isSafeInteger(at) && at >= 0 ? at : undefined
}
