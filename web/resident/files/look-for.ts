import { Refusal } from '../../shared/api.ts'
import type { FileState } from '../shapes.ts'

/** Milliseconds a file nobody here knows may take to turn up: another tab may be at work on it. */
const PATIENCE = 20_000

const since = new Map<string, { at: number; received: number }>()

/** Asks the service for a file this device does not hold; `later` is called when it is worth asking again. */
export async function lookFor(
  id: string,
  look: (id: string) => Promise<FileState>,
  later: () => void,
): Promise<FileState | 'coming' | 'lost'> {
  const state = await look(id).catch((error: unknown) =>
    error instanceof Refusal && error.code === 'notFound' ? null : undefined,
  )
  if (state?.state === 'ready') return state
  if (state?.state === 'refused') return 'lost'
  const received = state?.received ?? 0
  const before = since.get(id)
  const moved = !before || before.received !== received || state === undefined
  if (moved) since.set(id, { at: Date.now(), received })
  else if (Date.now() - before.at >= PATIENCE) return 'lost'
  setTimeout(later, PATIENCE / 4)
  return 'coming'
}
