import { onScopeDispose, reactive } from 'vue'
import { type Live, openLive } from '../shared/live.ts'
import { nowISO } from './clock.ts'

/** `/ws/staff`: hints of what changed. Whoever shows it fetches it again; after a cut, everybody does. */

export interface Hint {
  /** Cases that changed, and whether any list did. `again`: the line stands anew, anything may have changed. */
  changed?(codes: readonly string[], lists: boolean): void
  alert?(): void
  /** A notice was written, sent or given up. */
  notices?(): void
  conversation?(id: string): void
  /** Who else has the case open, and which of them write. */
  viewers?(code: string, names: readonly string[], writing: readonly string[]): void
  again?(): void
}

/** `syncedAt` is the last moment the line was known to be good. */
export const line = reactive({ up: false, tried: false, syncedAt: nowISO() })

const ears = new Set<Hint>()
let live: Live | null = null
let viewing: string | null = null

/** Opens the line for the log-in that has just begun. */
export function startHints(): void {
  stopHints()
  live = openLive('/ws/staff', {
    opened() {
      line.up = true
      line.tried = true
      line.syncedAt = nowISO()
      tell('viewing', { code: viewing })
      // The first time too: what a page fetched before the line stood may have changed meanwhile, and nobody told it.
      for (const ear of ears) ear.again?.()
    },
    heard(frame) {
      line.syncedAt = nowISO()
      hear(frame)
    },
    changed(state) {
      if (state.is === 'waiting') line.tried = true
      if (state.is !== 'open') line.up = false
    },
  })
}

export function stopHints(): void {
  live?.close()
  live = null
  line.up = false
  line.tried = false
}

/** Listens as long as the component lives. Changes are gathered, so that a burst is one fetch. */
export function useHints(hint: Hint): void {
  ears.add(hint)
  onScopeDispose(() => ears.delete(hint))
}

/** Tells the others which case this person has open. */
export function showViewing(code: string | null): void {
  viewing = code
  tell('viewing', { code })
}

/** Tells the resident that somebody is writing, at most every two seconds. */
export function showTyping(conversation: string): void {
  const now = Date.now()
  if (now - typedAt < 2_000) return
  typedAt = now
  tell('typing', { conversation })
}
let typedAt = 0

/** Milliseconds of quiet after which nobody is said to write any more. */
const STILL = 20_000
const pen = { code: null as string | null, timer: 0 }

/** Tells the others on a case that this person writes; until nothing is written for a while, or null. */
export function showWriting(code: string | null): void {
  clearTimeout(pen.timer)
  if (code !== pen.code) tell('writing', { on: code !== null })
  pen.code = code
  if (code) pen.timer = window.setTimeout(() => showWriting(null), STILL)
}

const tell = (t: string, more: object) => live?.send({ t, ...more })

const GATHER = 150
/** Milliseconds from one telling to the next at least: where hundreds work at once something moves all the time, and every telling is a fetch. */
const REST = 1_000
const gathered = { codes: new Set<string>(), lists: false, timer: 0, told: 0 }

function hear(frame: { t: string; [key: string]: unknown }): void {
  if (frame.t === 'changed') gather(frame.cases, frame.lists)
  if (frame.t === 'notices') for (const ear of ears) ear.notices?.()
  if (frame.t === 'alert') for (const ear of ears) ear.alert?.()
  if (frame.t === 'conversation') for (const ear of ears) ear.conversation?.(String(frame.id))
  if (frame.t === 'viewers' && Array.isArray(frame.names))
    for (const ear of ears)
      ear.viewers?.(
        String(frame.code),
        frame.names.map(String),
        Array.isArray(frame.writing) ? frame.writing.map(String) : [],
      )
}

function gather(codes: unknown, lists: unknown): void {
  if (Array.isArray(codes)) for (const code of codes) gathered.codes.add(String(code))
  gathered.lists ||= lists === true
  const wait = Math.max(GATHER, gathered.told + REST - Date.now())
  gathered.timer ||= window.setTimeout(() => {
    const told = [...gathered.codes]
    const { lists: moved } = gathered
    Object.assign(gathered, { codes: new Set<string>(), lists: false, timer: 0, told: Date.now() })
    for (const ear of ears) ear.changed?.(told, moved)
  }, wait)
}
