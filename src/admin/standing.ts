import { type District, districtFrom } from '../district.ts'
import type { Texts } from '../district-read.ts'
import type { Store } from '../store/db.ts'
import { districtNo, keptFiles } from '../store/district.ts'

/** The district as it stands in this process: replaced as a whole, between two pieces of work, whenever somebody changed its books. */
export interface Standing {
  readonly district: District
  /** The texts it was read from; the folder's own while nothing was changed here. */
  readonly texts: Texts
  /** Number of the change it is as of. */
  readonly no: number
  /** Reads it anew where the ledger has a later one. True when it was replaced. */
  refresh(): Promise<boolean>
  /** Called when it is replaced, in the same turn: nothing of the old one is seen together with the new. */
  onSwap(listen: (district: District) => void): void
}

/** How a district came: read from its folder, with the texts. */
export interface FromFolder {
  district: District
  texts: Texts
}

/** Opens the district of a ledger: what was changed in the administration, else the folder. Throws when the ledger's cannot be used. */
export async function openStanding(store: Store, folder: FromFolder): Promise<Standing> {
  const listeners: ((district: District) => void)[] = []
  let now = { ...folder, no: 0 }
  let reading: Promise<boolean> | undefined

  async function read(): Promise<boolean> {
    const no = await districtNo(store.read)
    if (no === now.no) return false
    const kept = await keptFiles(store.read)
    // A file the ledger does not know came with a later version of the program.
    const texts = new Map([...folder.texts, ...kept])
    const district = districtFrom(texts, 'ledger')
    now = { district, texts, no }
    for (const listen of listeners) listen(district)
    return true
  }

  const standing: Standing = {
    get district() {
      return now.district
    },
    get texts() {
      return now.texts
    },
    get no() {
      return now.no
    },
    refresh() {
      // One reading at a time; whoever asks meanwhile may have seen a later number, so it is read again behind it.
      const next = (reading ?? Promise.resolve(false)).catch(() => false).then(read)
      reading = next
      return next
    },
    onSwap: listen => void listeners.push(listen),
  }
  await standing.refresh()
  return standing
}

/** Milliseconds between two looks at whether a change was missed: a line that broke, a process that slept. */
const LOOK_EVERY = 5_000

/**
 * Keeps a process up to date with changes made by others: told by the ledger at once, and looked for now and then. A district that cannot be
 * read is told as a fault, and the one that stands goes on. Returns the way to stop.
 */
export function followDistrict(
  store: Store,
  standing: Standing,
  fault: (what: string, error: unknown) => void,
): () => void {
  const look = () => void standing.refresh().catch(error => fault('district', error))
  const stop = store.onChange(changes => {
    if (changes.district) look()
  })
  const timer = setInterval(look, store.kind === 'sqlite' ? 500 : LOOK_EVERY)
  timer.unref()
  return () => {
    clearInterval(timer)
    stop()
  }
}
