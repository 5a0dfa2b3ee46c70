import { randomBytes } from 'node:crypto'
import { promises as disk } from 'node:fs'
import { join } from 'node:path'
import { openBytes, sealBytes } from './seal.ts'

/** A finished copy: as large as we keep it, or as a thumbnail. */
export type Copy = 'full' | 'small'

/**
 * The bytes of files, sealed, in a folder of their own each: pieces while a file arrives, then its finished copies. Everything is
 * written aside, brought to the disk and only then given its name: what bears a name is whole, whenever the process was killed.
 */
export interface Shelf {
  keepPiece(id: string, key: Buffer, at: number, bytes: Buffer): Promise<void>
  /** All pieces put together; null when they do not make `length` bytes in a row. */
  together(id: string, key: Buffer, length: number): Promise<Buffer | null>
  dropPieces(id: string): Promise<void>
  keepCopy(id: string, key: Buffer, copy: Copy, bytes: Buffer): Promise<void>
  /** The bytes of a copy; null when they are not there. */
  copy(id: string, key: Buffer, copy: Copy): Promise<Buffer | null>
  has(id: string, copy: Copy): Promise<boolean>
  drop(id: string): Promise<void>
  /** Ids of files that have lain there since before an instant, a shelf board at a time. */
  before(instant: string): AsyncGenerator<string[]>
}

/** Opens the shelf at a folder; nothing is made before the first byte comes. */
export function openShelf(folder: string): Shelf {
  const home = (id: string) => join(folder, boardOf(id), id)
  const keep = async (id: string, name: string, sealed: Buffer) => {
    await disk.mkdir(home(id), { recursive: true, mode: 0o700 })
    await writeWhole(home(id), name, sealed)
  }
  return {
    keepPiece: (id, key, at, bytes) =>
      keep(id, `piece.${at}`, sealBytes(key, placeOf(id, `piece.${at}`), bytes)),
    together: (id, key, length) => together(home(id), id, key, length),
    async dropPieces(id) {
      for (const name of await namesIn(home(id)))
        if (/^(piece|aside)\./.test(name)) await disk.rm(join(home(id), name), { force: true })
    },
    keepCopy: (id, key, copy, bytes) => keep(id, copy, sealBytes(key, placeOf(id, copy), bytes)),
    async copy(id, key, copy) {
      const sealed = await readOrNull(join(home(id), copy))
      return sealed && openBytes(key, placeOf(id, copy), sealed)
    },
    has: async (id, copy) => (await statOrNull(join(home(id), copy))) !== null,
    drop: id => disk.rm(home(id), { recursive: true, force: true }),
    before: instant => before(folder, instant),
  }
}

/** The end of a time-ordered id is its random part: boards fill evenly. */
const boardOf = (id: string) => id.slice(-2)
/** What a sealed value is bound to. */
const placeOf = (id: string, name: string) => `File.${name}.${id}`

async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const aside = join(folder, `aside.${randomBytes(6).toString('hex')}`)
  const handle = await disk.open(aside, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await disk.rename(aside, join(folder, name))
  await syncFolder(folder)
}

/** The new name itself must reach the disk; where a system cannot do that for folders it does without. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await disk.open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function together(folder: string, id: string, key: Buffer, length: number): Promise<Buffer | null> {
  const whole = Buffer.alloc(length)
  for (let at = 0; at < length; ) {
    const name = `piece.${at}`
    const sealed = await readOrNull(join(folder, name))
    if (!sealed) return null
    const piece = openBytes(key, placeOf(id, name), sealed)
    if (piece.length === 0 || at + piece.length > length) return null
    piece.copy(whole, at)
    at += piece.length
  }
  return whole
}

async function* before(folder: string, instant: string): AsyncGenerator<string[]> {
  const until = Date.parse(instant)
  for (const board of await namesIn(folder)) {
    const old: string[] = []
    for (const id of await namesIn(join(folder, board))) {
      const found = await statOrNull(join(folder, board, id))
      if (found && found.mtimeMs < until) old.push(id)
    }
    if (old.length > 0) yield old
  }
}

const gone = (fault: unknown) => {
  const { code } = fault as { code?: string }
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  throw fault
}
const readOrNull = (path: string): Promise<Buffer | null> => disk.readFile(path).catch(gone)
const statOrNull = (path: string) => disk.stat(path).catch(gone)
const namesIn = async (folder: string): Promise<string[]> => (await disk.readdir(folder).catch(gone)) ?? []
