import type { Changes, Store } from '../store/db.ts'

/** Milliseconds between two looks at whether another process wrote. */
const LOOK_EVERY = 500
/** While we write ourselves the counter moves anyway: then look for others' writes only every so many looks. */
const WHILE_WRITING = 4

interface Watcher {
  changed(changes: Changes): void
  catchUp(): Promise<void> | void
}

/** Tells the open sockets of every commit: ours at once, on SQLite those of other processes by looking. Returns the way to stop. */
export function watchLedger(store: Store, ...watchers: Watcher[]): () => void {
  let ours = false
  const stopListening = store.onChange(changes => {
    ours = true
    for (const watcher of watchers) watcher.changed(changes)
  })
  if (store.kind !== 'sqlite') return stopListening
  let seen = versionOf(store)
  let looks = 0
  const look = async () => {
    looks += 1
    if (ours && looks % WHILE_WRITING !== 0) return
    const version = versionOf(store)
    const moved = (await version) !== (await seen)
    seen = version
    ours = false
    if (moved) for (const watcher of watchers) await watcher.catchUp()
  }
  // A look that fails is followed by the next one.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY)
  timer.unref()
  return () => {
    clearInterval(timer)
    stopListening()
  }
}

/** Moves with every commit another connection made, our own writing one included. */
async function versionOf(store: Store): Promise<number | undefined> {
  const row = await store.read.sql.get<{ data_version: number }>('PRAGMA data_version')
  return row?.data_version
}
