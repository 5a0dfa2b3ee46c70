import type { HeardMessage } from '../bot/channel.ts'
import { announce, PIECE, takePiece } from '../files/arrive.ts'
import { openWindow } from '../store/channels.ts'
import { readyFiles } from '../store/files.ts'
import { knownBy } from '../store/persons.ts'
import type { Shelf } from '../store/shelf.ts'
import type { Account } from './account.ts'
import type { Place } from './say.ts'

/**
 * Fetches a picture somebody sent, by the way every file goes: looked at, made anew, sealed. Answers with its name, or
 * `lost` where it cannot be had (`last`: no further try is made). Null: try again.
 */
export async function fetchPicture(
  parts: Place & { account: Account; shelf: Shelf },
  row: { id: string },
  heard: HeardMessage,
  mediaId: string,
  last: boolean,
): Promise<NonNullable<HeardMessage['files']> | 'lost' | null> {
  const { store, now } = parts
  const { personId } = await store.write(async tx => {
    const known = await knownBy(tx, heard, now())
    if (heard.opens) await openWindow(tx, known.identityId, heard.opens, now())
    return known
  }, heard.address)
  const before = await readyFiles(store.read, personId, [row.id])
  if (before.length > 0) return before
  const got = await parts.account.client.fetch('/cgi-bin/media/get', { query: { media_id: mediaId } })
  if (!got.ok) return got.row.is === 'later' && !last ? null : 'lost'
  if (!('bytes' in got)) return 'lost'
  const { bytes } = got
  const known = await announce(parts, personId, { id: row.id, name: 'wechat', bytes: bytes.length })
  if (!known.ok) return known.why === 'tooMany' && !last ? null : 'lost'
  for (let at = known.row.received; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, Math.min(at + PIECE, bytes.length))
    const taken = await takePiece(parts, personId, row.id, at, piece)
    if (!taken.ok) return 'lost'
  }
  const files = await readyFiles(store.read, personId, [row.id])
  return files.length > 0 ? files : 'lost'
}
