import type { Changes, Store } from '../store/db.ts'

/** Milliseconds between two looks at whether another process wrote. */
const LOOK_EVERY = 500

interface Watcher {
  changed(changes: Changes): void
  catchUp(): Promise<void> | void
}

/** Tells the open sockets of every commit: ours at once, on SQLite those of other processes by looking. Returns the way to stop. */
export function watchLedger(store: Store, ...watchers: Watcher[]): () => void {
  const stopListening = store.onChange(changes => {
    for (const watcher of watchers) watcher.changed(changes)
  })
  let seen = store.othersWrote()
  if (seen === null) return stopListening
  const look = async () => {
    const version = store.othersWrote()
    if (version === seen) return
    seen = version
    for (const watcher of watchers) await watcher.catchUp()
  }
  // A look that fails is followed by the next one.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY)
  timer.unref()
  return () => {
    clearInterval(timer)
    stopListening()
  }
}
