import { countTry, type TryLimit, waitFor } from '../store/attempts.ts'
import type { Store } from '../store/db.ts'
import {
  announceFile,
  type FileRow,
  fileById,
  fileKey,
  keepReady,
  keepReceived,
  keepRefused,
  loadOf,
} from '../store/files.ts'
import type { Copy, Shelf } from '../store/shelf.ts'
import { finish } from './finish.ts'
import { gate, inTurn } from './gate.ts'

/** Where files are kept: the ledger for what is known of them, the shelf for their bytes. */
export interface Place {
  store: Store
  shelf: Shelf
  /** The clock: an ISO instant. */
  now(): string
}

/** Bytes of one file, and of one piece of it. */
export const MOST_BYTES = 20 * 1024 * 1024
export const PIECE = 256 * 1024
/** Files one person may announce an hour, have under way at once, and bytes of theirs that may stand about without a case. */
const ANNOUNCED = 60
const ARRIVING = 12
const UNATTACHED = 300 * 1024 * 1024
const HOUR = 3_600_000

export type Arriving =
  | { ok: true; row: FileRow }
  | { ok: false; why: 'notFound' | 'empty' | 'tooLarge' | 'wrongBytes' | 'full' }
  | { ok: false; why: 'tooMany'; wait: number }
  | { ok: false; why: 'offset'; received: number }

/** Pictures worked on at once: each may stand whole in memory. */
const two = gate(2)
/** Pieces of one file are taken one after another. */
const onFile = inTurn()

/** A person says what will come. The same again answers how far it has come. */
export async function announce(
  place: Place,
  personId: string,
  given: { id: string; name: string; bytes: number },
  limits: readonly TryLimit[] = [],
): Promise<Arriving> {
  const { bytes } = given
  if (bytes === 0) return { ok: false, why: 'empty' }
  if (bytes > MOST_BYTES) return { ok: false, why: 'tooLarge' }
  const now = place.now()
  return place.store.write(async tx => {
    const row = await fileById(tx, given.id)
    if (row) return known(row, personId, bytes)
    const counted = [{ subject: `files.${personId}`, most: ANNOUNCED, minutes: 60 }, ...limits]
    for (const limit of counted) {
      const wait = await waitFor(tx, limit, now)
      if (wait > 0) return { ok: false, why: 'tooMany', wait }
    }
    const since = new Date(Date.parse(now) - HOUR).toISOString()
    const load = await loadOf(tx, personId, since)
    if (load.arriving >= ARRIVING || load.bytes + bytes > UNATTACHED) return { ok: false, why: 'full' }
    for (const limit of counted) await countTry(tx, limit, now)
    return { ok: true, row: await announceFile(tx, { ...given, personId }, now) }
  }, personId)
}

/** An id is the client's own; somebody else's is like one that does not exist. */
function known(row: FileRow, personId: string, bytes: number): Arriving {
  if (row.personId !== personId) return { ok: false, why: 'notFound' }
  if (row.state === 'arriving' && row.bytes !== bytes) return { ok: false, why: 'wrongBytes' }
  return { ok: true, row }
}

/** An own file; null when there is none or it is another's. */
export async function ownFile({ store }: Place, personId: string, id: string): Promise<FileRow | null> {
  const row = await fileById(store.read, id)
  return row?.personId === personId ? row : null
}

/**
 * Takes the piece that begins at `at`. A piece that is here already changes nothing; one that would leave a gap or overlap is refused
 * with the place to go on from. The last one counts as received only together with what came of the whole file.
 */
export function takePiece(
  place: Place,
  personId: string,
  id: string,
  at: number,
  bytes: Buffer,
): Promise<Arriving> {
  return onFile(id, async () => {
    const row = await ownFile(place, personId, id)
    if (!row) return { ok: false, why: 'notFound' }
    const end = at + bytes.length
    if (row.state !== 'arriving' || end <= row.received) return { ok: true, row }
    if (at !== row.received) return { ok: false, why: 'offset', received: row.received }
    if (end > row.bytes) return { ok: false, why: 'wrongBytes' }
    const key = await fileKey(place.store.read, id)
    if (!key) return { ok: false, why: 'notFound' }
    await place.shelf.keepPiece(id, key, at, bytes)
    if (end === row.bytes) return two(() => complete(place, row, key))
    await place.store.write(tx => keepReceived(tx, id, at, end), id)
    return state(place, id)
  })
}

async function state({ store }: Place, id: string): Promise<Arriving> {
  const row = await fileById(store.read, id)
  return row ? { ok: true, row } : { ok: false, why: 'notFound' }
}

/** Everything is here. Copies are on the shelf before the ledger says so; pieces leave after. */
async function complete({ store, shelf, now }: Place, row: FileRow, key: Buffer): Promise<Arriving> {
  const { id } = row
  const bytes = await shelf.together(id, key, row.bytes)
  if (!bytes) {
    // Two processes took pieces of other lengths at once, or the disk lost one: begin again, nothing else is hurt.
    await shelf.dropPieces(id)
    await store.write(tx => keepReceived(tx, id, row.received, 0), id)
    return { ok: false, why: 'offset', received: 0 }
  }
  const made = await finish(bytes)
  if (made.ok) {
    await shelf.keepCopy(id, key, 'full', made.full)
    if (made.kind === 'image') await shelf.keepCopy(id, key, 'small', made.small)
  }
  await store.write(async tx => {
    if (!made.ok) return keepRefused(tx, id, made.why)
    const { kind, type, full } = made
    const size = made.kind === 'image' ? made : { width: null, height: null }
    return keepReady(tx, id, { kind, type, bytes: full.length, width: size.width, height: size.height })
  }, id)
  await shelf.dropPieces(id)
  return state({ store, shelf, now }, id)
}

/** The bytes of a ready file's copy; null when there is no such copy, or its key is gone. */
export async function copyOf(
  place: Pick<Place, 'store' | 'shelf'>,
  row: FileRow,
  copy: Copy,
): Promise<Buffer | null> {
  if (row.state !== 'ready' || (copy === 'small' && row.kind !== 'image')) return null
  const key = await fileKey(place.store.read, row.id)
  return key && place.shelf.copy(row.id, key, copy)
}
