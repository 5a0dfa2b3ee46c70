import { Refusal } from '../../shared/api.ts'
import { backoff } from '../../shared/backoff.ts'
import type { Pending } from './log.ts'
import type { Unsent } from './outbox.ts'

/**
 * Sends what was written, the oldest first and one at a time: the next goes only when the service has the one before.
 * Words with photos wait for their photos, and what was written later waits behind them. Everything may be sent twice
 * (a cut, a second tab): the id makes it one. What is refused is set aside and holds nobody up.
 */
export interface PumpPorts {
  /** What is still to be sent, oldest first. */
  unsent(): readonly Unsent[]
  filesOf(ids: readonly string[]): Promise<'ready' | 'coming' | { refused: string }>
  /** Is there a way to the service at all? */
  isOpen(): boolean
  /** Hands one message over; answers its number once it is committed. Throws `Refusal`. */
  send(item: Unsent): Promise<number>
  mark(id: string, state: Pending['state'], why?: string): void
  /** The service has it: it is no longer among `unsent`. */
  delivered(id: string, seq: number): void
  /** Calls `then` after so many milliseconds. */
  later(milliseconds: number, then: () => void): void
}

export interface Pump {
  /** Something changed: words were written, the line is open, a photo has arrived. */
  wake(): void
  /** Takes a message that was set aside back into the row. */
  again(id: string): void
}

/** Refusals that are about the moment, not the words. */
const PASSING = new Set(['offline', 'broken', 'notReady', 'tooMany', 'csrf', 'notSignedIn'])
/** Milliseconds until files are looked for again when that could not be done. */
const FILES_LATER = 5_000
/** Times the service may break over one message before the others go on without it. */
const BROKEN_TOO_OFTEN = 5

export function createPump(ports: PumpPorts): Pump {
  const aside = new Set<string>()
  const broken = new Map<string, number>()
  let tries = 0
  let isRunning = false
  let isWoken = false

  function wake(): void {
    isWoken = true
    if (isRunning) return
    isRunning = true
    void run().finally(() => {
      isRunning = false
      if (isWoken) wake()
    })
  }

  async function run(): Promise<void> {
    isWoken = false
    for (let item = head(); item && ports.isOpen(); item = head()) if (!(await handOver(item))) return
    // Photos go on meanwhile; whether they are refused can be said without a line.
    const waiting = head()
    if (waiting) await filesReady(waiting)
  }

  const head = (): Unsent | undefined => ports.unsent().find(item => !aside.has(item.id))

  /** True when the next may go. */
  async function handOver(item: Unsent): Promise<boolean> {
    const files = await filesReady(item)
    if (files !== 'ready') return files === 'refused'
    // It may have been delivered by another tab, or taken back, while we asked.
    if (head()?.id !== item.id) return true
    for (const one of ports.unsent()) if (!aside.has(one.id)) ports.mark(one.id, 'sending')
    try {
      const seq = await ports.send(item)
      ports.delivered(item.id, seq)
      tries = 0
      return true
    } catch (error) {
      return failed(item, error instanceof Refusal ? error : new Refusal('broken', ''))
    }
  }

  async function filesReady({ id, files }: Unsent): Promise<'ready' | 'coming' | 'refused'> {
    if (!files?.length) return 'ready'
    const state = await ports.filesOf(files).catch(() => {
      ports.later(FILES_LATER, wake)
      return 'coming' as const
    })
    if (state === 'ready') return 'ready'
    if (state === 'coming') {
      ports.mark(id, 'files')
      for (const one of ports.unsent()) if (one.id !== id && !aside.has(one.id)) ports.mark(one.id, 'behind')
      return 'coming'
    }
    aside.add(id)
    ports.mark(id, 'refused', state.refused)
    return 'refused'
  }

  function failed(item: Unsent, refusal: Refusal): boolean {
    const times = refusal.code === 'broken' ? (broken.get(item.id) ?? 0) + 1 : 0
    broken.set(item.id, times)
    if (PASSING.has(refusal.code) && times < BROKEN_TOO_OFTEN) {
      ports.mark(item.id, 'failed')
      ports.later(Math.max(backoff(tries++, Math.random()), 1000 * (refusal.retryAfter ?? 0)), wake)
      return false
    }
    aside.add(item.id)
    ports.mark(item.id, 'refused', refusal.message)
    return true
  }

  return {
    wake,
    again(id) {
      aside.delete(id)
      broken.delete(id)
      wake()
    },
  }
}
