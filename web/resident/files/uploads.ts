import { type ComputedRef, computed, type Ref, reactive, ref } from 'vue'
import { newUuid } from '../chat/new-id.ts'
import { needWords, t } from '../words.ts'
import { changeFile, dropFile, type KeptFile, keepFile, keptFile, keptFiles } from './device.ts'
import { door } from './door.ts'
import { lookFor } from './look-for.ts'
import { alone, hearTabs, pause, tellTabs } from './other-tabs.ts'
import { inHand } from './pictures.ts'
import { sendFile } from './send-file.ts'
import { shrink } from './shrink.ts'

/**
 * Photos and files on their way to the service, one after another, for whichever part of the page chose them. They are
 * kept on the device and go on by themselves after a cut or a reload.
 */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly kind: 'image' | 'file'
  /** Address of a thumbnail; undefined where there is nothing to draw. */
  readonly url: string | undefined
  /** 0 to 1. */
  readonly progress: number
  readonly state: 'preparing' | 'waiting' | 'sending' | 'ready' | 'refused'
  /** Why it was refused, in words. */
  readonly why?: string
}

/** The files of one scope. `items` and `readyIds` are refs: a template reads them plainly. */
export interface Uploads {
  readonly items: ComputedRef<readonly Upload[]>
  /** Ids the service has, in the order of choosing. */
  readonly readyIds: ComputedRef<readonly string[]>
  /** What was not taken at all, in words (more than nine); empty while all is well. */
  readonly trouble: Ref<string>
  /** True while something is neither ready nor refused. */
  readonly busy: ComputedRef<boolean>
  add(files: Iterable<File>): void
  remove(id: string): void
  /** The service has what was to be done with these: the scope is empty again, nothing is taken back. */
  clear(): void
}

/** Files of one message or answer, and bytes of one file, as the service takes them. */
export const MOST_FILES = 9
const MOST_BYTES = 20 * 1024 * 1024

type Item = { -readonly [K in keyof Upload]: Upload[K] } & { scope: string; at: string }

const all = reactive(new Map<string, Item>())
/** What is sent, by id; the device keeps a copy. */
const blobs = new Map<string, Blob>()
const listeners = new Set<() => void>()
let restoring: Promise<void> | undefined
let preparing: Promise<void> = Promise.resolve()
let isSending = false

/** The files of `scope`, such as `chat` or `form:grievance:photos`; what was left there before is there again. */
export function useUploads(scope: string): Uploads {
  void restore()
  const items = computed(() => inOrder([...all.values()].filter(item => item.scope === scope)))
  const trouble = ref('')
  return {
    items,
    trouble,
    readyIds: computed(() => items.value.filter(item => item.state === 'ready').map(item => item.id)),
    busy: computed(() => items.value.some(item => item.state !== 'ready' && item.state !== 'refused')),
    add(files) {
      const room = MOST_FILES - items.value.length
      const chosen = [...files]
      trouble.value =
        chosen.length > room ? t('files.tooMany', { most: MOST_FILES, left: chosen.length - room }) : ''
      for (const file of chosen.slice(0, Math.max(0, room))) take(file, scope)
    },
    remove(id) {
      trouble.value = ''
      forget([id])
    },
    clear: () => forget(items.value.map(item => item.id)),
  }
}

/** Hands files to another scope: from the composer to a message, or back. */
export function move(ids: readonly string[], scope: string): void {
  for (const id of ids) {
    const item = all.get(id)
    if (!item) continue
    item.scope = scope
    void changeFile(id, { scope })
    tellTabs({ id, scope })
  }
}

/** The files are not needed here any more; those on their way stop. */
export function forget(ids: readonly string[]): void {
  for (const id of ids) {
    all.delete(id)
    blobs.delete(id)
    void dropFile(id)
    tellTabs({ id, scope: null })
  }
  changed()
}

/** How far the files of a message have come. Unknown ones are asked for at the service. */
export async function howFar(ids: readonly string[]): Promise<'ready' | 'coming' | { refused: string }> {
  await restore()
  for (const id of ids) if (!all.has(id)) await lookUp(id)
  const items = ids.map(id => all.get(id))
  const bad = items.find(item => item?.state === 'refused')
  if (bad) return { refused: bad.why ?? t('files.lost') }
  return items.every(item => item?.state === 'ready') ? 'ready' : 'coming'
}

/** The files with these ids as they are now; reactive. */
export const uploadsOf = (ids: readonly string[]): Upload[] =>
  ids.map(id => all.get(id)).filter((item): item is Item => item !== undefined)

/** Calls `listener` whenever a file has become ready or refused. */
export function onSettled(listener: () => void): void {
  listeners.add(listener)
}

/** Brings back what this device kept, once, and goes on sending. */
export function restore(): Promise<void> {
  // The server draws pages too; it keeps nothing for anybody.
  if (import.meta.env.SSR) return Promise.resolve()
  restoring ??= (async () => {
    await needWords('files').catch(() => undefined)
    for (const file of await keptFiles(Date.now())) if (!all.has(file.id)) putBack(file)
    hearTabs(({ id, scope, ready }) => {
      const item = all.get(id)
      if (!item) return
      if (scope === null) all.delete(id)
      else if (scope) item.scope = scope
      if (ready) settle(id, { state: 'ready' })
    })
    void sendAll()
  })()
  return restoring
}

function putBack({ id, scope, name, kind, width, height, blob, state, why, at }: KeptFile): void {
  const size = { ...(width ? { width } : {}), ...(height ? { height } : {}) }
  const shared = { id, scope, name, kind, at, progress: state === 'ready' ? 1 : 0 }
  if (state === 'preparing' && blob) {
    all.set(id, { ...shared, url: undefined, state })
    preparing = preparing.then(() => alone(id, () => prepareAgain(id)))
    return
  }
  if (blob) blobs.set(id, blob)
  const lost = state !== 'ready' && !blob
  const now = lost ? { state: 'refused' as const, why: t('files.lost') } : { state, ...(why ? { why } : {}) }
  all.set(id, { ...shared, url: show(id, kind, blob, size), ...now })
}

/** Goes on where the page was closed; another tab may have done it meanwhile. */
async function prepareAgain(id: string): Promise<void> {
  const file = await keptFile(id)
  if (!file || all.get(id)?.state !== 'preparing') return
  if (file.state === 'preparing' && file.blob) return prepare(id, file.blob)
  putBack(file)
  changed()
  void sendAll()
}

/** A thumbnail: from the bytes in hand, else the service's. */
function show(
  id: string,
  kind: 'image' | 'file',
  blob?: Blob,
  size: { width?: number; height?: number } = {},
) {
  if (kind !== 'image') return undefined
  if (!blob) return `/api/resident/files/${id}/small`
  const url = URL.createObjectURL(blob)
  inHand.set(id, { url, ...size })
  return url
}

function take(file: File, scope: string): void {
  const id = newUuid()
  const last = Math.max(0, ...[...all.values()].map(item => Date.parse(item.at) || 0))
  const at = new Date(Math.max(Date.now(), last + 1)).toISOString()
  const { name } = file
  all.set(id, { id, scope, name, at, kind: 'file', url: undefined, progress: 0, state: 'preparing' })
  const keeping = keepFile({ id, scope, name, at, kind: 'file', blob: file, state: 'preparing' })
  // One after another: nine photos at once are too much for a cheap phone.
  preparing = preparing.then(() => keeping).then(() => alone(id, () => prepare(id, file)))
}

async function prepare(id: string, file: Blob): Promise<void> {
  if (all.get(id)?.state !== 'preparing') return
  const { blob, ...shape } = await shrink(file)
  const item = all.get(id)
  if (!item) return
  item.kind = shape.kind
  item.url = show(id, shape.kind, blob, shape)
  if (blob.size > MOST_BYTES) return settle(id, { state: 'refused', why: t('files.tooLarge') })
  if (blob.size === 0) return settle(id, { state: 'refused', why: t('files.empty') })
  blobs.set(id, blob)
  item.state = 'waiting'
  await changeFile(id, { ...shape, blob, state: 'waiting' })
  void sendAll()
}

async function sendAll(): Promise<void> {
  if (isSending) return
  isSending = true
  for (let next = firstWaiting(); next; next = firstWaiting()) await alone(next.id, () => sendOne(next.id))
  isSending = false
}

const inOrder = (items: Item[]): Item[] => items.sort((a, b) => (a.at < b.at ? -1 : 1))
const firstWaiting = (): Item | undefined =>
  inOrder([...all.values()].filter(item => item.state === 'waiting' || item.state === 'sending'))[0]

async function sendOne(id: string): Promise<void> {
  const item = all.get(id)
  const blob = blobs.get(id)
  // Another tab may have done it meanwhile.
  if (!item || item.state === 'ready') return
  if (!blob) return settle(id, { state: 'refused', why: t('files.lost') })
  item.state = 'sending'
  const end = await sendFile({ id, name: item.name, blob }, door, {
    came: received => {
      item.progress = received / blob.size
    },
    wanted: () => all.get(id)?.state === 'sending',
    pause,
    now: () => performance.now(),
  })
  if (end)
    settle(
      id,
      end.state === 'ready' ? { state: 'ready' } : { state: 'refused', why: end.why || t('files.refused') },
    )
}

/** The last word on a file: kept, shown, told to the other tabs and to whoever waits for it. */
function settle(id: string, end: { state: 'ready' | 'refused'; why?: string }): void {
  const item = all.get(id)
  if (!item || item.state === end.state) return
  Object.assign(item, end, { progress: end.state === 'ready' ? 1 : item.progress })
  blobs.delete(id)
  void changeFile(id, end)
  if (end.state === 'ready') tellTabs({ id, ready: true })
  changed()
}

/** A message names a file this page knows nothing of: another tab may have kept it, or the service have it. */
async function lookUp(id: string): Promise<void> {
  const file = await keptFile(id)
  if (all.has(id)) return
  if (file) {
    putBack(file)
    return void sendAll()
  }
  const found = await lookFor(id, door.look, changed)
  if (found === 'coming' || all.has(id)) return
  const now =
    found === 'lost' ? { state: 'refused' as const, why: t('files.lost') } : { state: 'ready' as const }
  const kind = found === 'lost' ? 'file' : (found.kind ?? 'file')
  const url = found === 'lost' ? undefined : show(id, kind)
  all.set(id, { id, scope: '', name: '', at: '', kind, url, progress: 1, ...now })
}

const changed = (): void => {
  for (const listener of listeners) listener()
}
