import { shallowRef } from 'vue'
import { Refusal } from '../../shared/api.ts'
import { t } from '../words.ts'
import * as logs from './log.ts'
import { newId } from './new-id.ts'
import { drop, keep, sturdy, type Unsent, unsent, writtenAt } from './outbox.ts'
import { createPump, type PumpPorts } from './pump.ts'

/** The person's own words: kept on the device, shown at once, and sent in order by whatever way is open. */

export const log = shallowRef(logs.emptyLog)

/** The way to the service; `chat.ts` makes it. */
export interface Way {
  /** Begins the conversation, if it has not begun. */
  start(): void
  isOpen(): boolean
  /** Hands one message over; answers its number once committed. Throws `Refusal`. */
  hand(item: Unsent): Promise<number>
  /** Makes the line anew, if it is not open. */
  again(): void
}

/** Milliseconds own words may stay without a line before the page says so. */
const SAY_SO_AFTER = 10_000

const shelf = sturdy(() => localStorage)
let way: Way | undefined

/** Sets the way. */
export function useWay(made: Way): void {
  way = made
}

/** Files and a place that go with words. */
export type Enclosed = Pick<Unsent, 'files' | 'position' | 'unit'>

/** Says something: kept on the device first, then sent, and sent again until the service has it. */
export function say(text: string, tap?: string, { files, position, unit }: Enclosed = {}): void {
  const item: Unsent = {
    id: newId(),
    text,
    at: writtenAt(unsent(shelf), Date.now()),
    ...(tap ? { tap } : {}),
    ...(files?.length ? { files } : {}),
    ...(position ? { position } : {}),
    ...(unit ? { unit } : {}),
  }
  keep(shelf, item)
  if (files?.length) withUploads(({ move }) => move(files, `message:${item.id}`))
  log.value = logs.queued(log.value, { ...item, state: 'sending' })
  way?.start()
  goOn()
}

/** Tries own words again now. */
export function retry(id: string): void {
  if (!log.value.pending.some(p => p.id === id)) return
  mark(id, 'sending')
  way?.again()
  way?.start()
  pump.again(id)
  goOn()
}

/** Takes own words that were refused back, to be changed: words and files. */
export function takeBack(id: string): { text: string; files: readonly string[] } {
  const { text = '', files = [] } = log.value.pending.find(p => p.id === id) ?? {}
  drop(shelf, id)
  log.value = logs.dropped(log.value, id)
  goOn()
  return { text, files }
}

/** Sends own words without the files named; what is then empty is not sent at all. */
export function sendWithout(id: string, refused: readonly string[]): void {
  const item = unsent(shelf).find(one => one.id === id)
  if (!item) return
  const { files: had = [], ...words } = item
  const files = had.filter(file => !refused.includes(file))
  withUploads(({ forget }) => forget(refused))
  log.value = logs.dropped(log.value, id)
  if (!files.length && !words.text) {
    drop(shelf, id)
    return
  }
  const rest: Unsent = { ...words, ...(files.length ? { files } : {}) }
  keep(shelf, rest)
  log.value = logs.queued(log.value, { ...rest, state: 'sending' })
  pump.again(id)
}

let filesHere: Promise<typeof import('../files/uploads.ts')> | undefined

/** What carries files; fetched when the first one is there. */
function uploads(): Promise<typeof import('../files/uploads.ts')> {
  filesHere ??= import('../files/uploads.ts').then(
    files => {
      files.onSettled(pump.wake)
      return files
    },
    error => {
      filesHere = undefined
      throw error
    },
  )
  return filesHere
}

const withUploads = (use: (files: typeof import('../files/uploads.ts')) => void): void =>
  void uploads().then(use, () => undefined)

const mark: PumpPorts['mark'] = (id, state, why) => {
  log.value = logs.marked(log.value, id, state, state === 'refused' ? why || t('state.broken') : why)
}

const isOpen = (): boolean => way?.isOpen() === true

const pump = createPump({
  unsent: () => unsent(shelf),
  async filesOf(ids) {
    await uploads()
    const { howFar } = await import('../files/uploads.ts')
    return howFar(ids)
  },
  isOpen,
  send: item => (way ? way.hand(item) : Promise.reject(new Refusal('offline', ''))),
  mark,
  delivered,
  later: (milliseconds, then) => void setTimeout(then, milliseconds),
})

/** Sends what is to be sent; says so when there is no line for long. */
function goOn(): void {
  pump.wake()
  setTimeout(() => {
    if (!isOpen()) notSent()
  }, SAY_SO_AFTER)
}

/** Words in the outbox stand in the log, and go when there is a way. */
export function queueUnsent(): void {
  for (const item of unsent(shelf)) log.value = logs.queued(log.value, { ...item, state: 'sending' })
  goOn()
}

/** Something changed: perhaps the next can go. */
export const wake = pump.wake

/** The service has committed these words. */
export function delivered(id: string, seq: number): void {
  letGo(id)
  log.value = logs.acked(log.value, id, seq)
}

/** Own words that came back, here or by another tab: the service has them and their files, the device need not keep them. */
export function letGo(id: string): void {
  const files = unsent(shelf).find(item => item.id === id)?.files
  if (files) withUploads(({ forget }) => forget(files))
  drop(shelf, id)
}

/** Without a line nothing is on its way: says so at once. */
export function notSent(): void {
  for (const p of log.value.pending) if (p.state === 'sending') mark(p.id, 'failed')
}

/** Another tab has changed the outbox: delivered these words, taken them back, or written new ones. */
export function changedElsewhere(id: string, isGone: boolean): void {
  const isRefused = log.value.pending.some(p => p.id === id && p.state === 'refused')
  if (!isGone) queueUnsent()
  else log.value = isRefused ? logs.dropped(log.value, id) : logs.marked(log.value, id, 'received')
  pump.wake()
}
