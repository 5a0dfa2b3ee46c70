import { onMounted, onScopeDispose, ref } from 'vue'
import { nowISO } from '../clock.ts'
import { useHints } from '../hints.ts'
import { newId } from '../new-id.ts'
import { ask, mayDispatch, saying } from '../session.ts'
import { tellTrouble } from '../tell.ts'

/** Many cases dispatched at once, as the service holds and carries them out. */
export interface Batch {
  id: string
  unit: string
  state: 'held' | 'out' | 'undone'
  effectAt: string
  lines: { code: string; state: 'held' | 'out' | 'refused'; why: string | null; by: string | null }[]
}

/** Milliseconds between two looks while one is on its way, and for how long what went well is shown. */
const LOOK_EVERY = 1_000
const SHOWN_FOR = 8_000

export const isGoing = ({ state, lines }: Batch): boolean =>
  state === 'held' || (state === 'out' && lines.some(line => line.state === 'held'))
const isWhole = ({ state, lines }: Batch) =>
  state === 'undone' || !lines.some(line => line.state === 'refused')

/** What this person dispatched and has not put away. Sending throws `Refusal`. */
export function useDispatches() {
  const batches = ref<Batch[]>([])
  /** Seconds until each leaves. */
  const left = ref<Record<string, number>>({})
  const since = new Map<string, number>()

  const take = (told: { dispatches: Batch[] }) => {
    batches.value = told.dispatches
    count()
  }
  const call = (path: string) => ask<{ dispatches: Batch[] }>('POST', path).then(take)
  const fetchBatches = () => ask<{ dispatches: Batch[] }>('GET', 'dispatches').then(take, () => undefined)

  function count(): void {
    const now = Date.parse(nowISO())
    left.value = Object.fromEntries(
      batches.value.map(({ id, effectAt }) => [
        id,
        Math.max(0, Math.ceil((Date.parse(effectAt) - now) / 1000)),
      ]),
    )
  }

  async function send(unit: string, codes: readonly string[]): Promise<void> {
    take(await ask('POST', 'dispatches', { id: newId(), unit, codes }))
  }

  const tryOut = (path: string) =>
    call(path).catch(error => {
      tellTrouble(saying(error))
      return fetchBatches()
    })
  const undo = (id: string) => tryOut(`dispatches/${id}/undo`)
  const seen = (id: string) => tryOut(`dispatches/${id}/seen`)

  /** What is over and went as wished goes by itself; what did not stays until it is read. */
  function tidy(): void {
    for (const batch of batches.value) {
      if (isGoing(batch) || !isWhole(batch)) continue
      const from = since.get(batch.id) ?? Date.now()
      since.set(batch.id, from)
      if (Date.now() - from > SHOWN_FOR) void call(`dispatches/${batch.id}/seen`).catch(() => undefined)
    }
  }

  const timer = setInterval(() => {
    if (batches.value.length === 0) return
    count()
    tidy()
    if (batches.value.some(batch => isGoing(batch) && left.value[batch.id] === 0)) void fetchBatches()
  }, LOOK_EVERY)
  onScopeDispose(() => clearInterval(timer))
  if (mayDispatch()) {
    onMounted(fetchBatches)
    useHints({ again: () => void fetchBatches() })
  }

  /** Takes the newest one back that can be; false when there is none. */
  function undoNewest(): boolean {
    const held = batches.value.find(({ state }) => state === 'held')
    if (held) void undo(held.id)
    return held !== undefined
  }
  return { batches, left, send, undo, undoNewest, seen }
}
