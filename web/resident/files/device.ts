import { createStore, del, get, type UseStore, update, values } from 'idb-keyval'

/**
 * Files chosen on this device, kept until the service has them: a closed page, a dead battery or a cut line loses
 * nothing. A device that keeps nothing (private mode, full) still sends them while the page is open.
 */
export interface KeptFile {
  id: string
  /** Who shows it: the composer, a message on its way, a question of a form. */
  scope: string
  name: string
  kind: 'image' | 'file'
  width?: number
  height?: number
  /** What is sent, or, while `preparing`, what was chosen. Gone from the device once the service has it. */
  blob?: Blob
  state: 'preparing' | 'waiting' | 'ready' | 'refused'
  why?: string
  /** ISO instant of choosing; also the order. */
  at: string
}

let opened: UseStore | undefined
const store = (): UseStore => (opened ??= createStore('huiyin-files', 'files'))

/** Days after which a file nobody came back for is thrown away. */
const KEEP_DAYS = 30

/** Everything kept, in the order of choosing; empty where nothing can be kept. */
export async function keptFiles(now: number): Promise<KeptFile[]> {
  const oldest = new Date(now - KEEP_DAYS * 86_400_000).toISOString()
  const found = await values<KeptFile>(store()).catch(() => [])
  for (const file of found) if (file.at < oldest) await dropFile(file.id)
  return found.filter(file => file.at >= oldest).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** One kept file; undefined when it is not, or cannot be read. */
export const keptFile = (id: string): Promise<KeptFile | undefined> =>
  get<KeptFile>(id, store()).catch(() => undefined)

/** Keeps a file, or what changed about it. Never fails: see above. */
export async function keepFile(file: KeptFile): Promise<void> {
  await update<KeptFile>(file.id, () => file, store()).catch(() => undefined)
}

/** Changes a kept file, if it is still there. */
export async function changeFile(id: string, change: Partial<KeptFile>): Promise<void> {
  await store()('readwrite', shelf => {
    const wanted = shelf.get(id)
    wanted.onsuccess = () => {
      const file = wanted.result as KeptFile | undefined
      if (!file) return
      const { blob, ...rest } = { ...file, ...change }
      // The service has the bytes: this device needs them no more.
      shelf.put(rest.state === 'ready' || !blob ? rest : { ...rest, blob }, id)
    }
    return new Promise<void>((done, fail) => {
      shelf.transaction.oncomplete = () => done()
      shelf.transaction.onabort = shelf.transaction.onerror = () => fail(shelf.transaction.error)
    })
  }).catch(() => undefined)
}

/** Throws a file away. */
export async function dropFile(id: string): Promise<void> {
  await del(id, store()).catch(() => undefined)
}
