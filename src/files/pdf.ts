import { promisify } from 'node:util'
import { inflate } from 'node:zlib'

const unpack = promisify(inflate)

/** Names of things in a PDF that act when it is opened, carry another file, or hide from us what they are. */
const ACTS = /\/(?:(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Encrypt)(?![A-Za-z0-9])|XFA\s*[[\d])/
/** Bytes of one packed part, and of all together, that are looked into. */
const MOST_PART = 8_000_000
const MOST_ALL = 64_000_000

/**
 * True when a PDF only shows pages: no scripts, programs, files inside, no lock. Objects packed into streams are unpacked and looked
 * into; what cannot be unpacked is not taken.
 */
export async function isQuietPdf(bytes: Buffer): Promise<boolean> {
  const words = bytes.toString('latin1')
  if (acts(words)) return false
  let left = MOST_ALL
  for (const [start, end] of packedParts(words)) {
    const part = await unpack(bytes.subarray(start, end), { maxOutputLength: MOST_PART }).catch(() => null)
    left -= part?.length ?? left + 1
    if (!part || left < 0 || acts(part.toString('latin1'))) return false
  }
  return true
}

/** A name may be written with its letters as numbers: `/J#61vaScript`. */
const acts = (words: string) =>
  ACTS.test(
    words.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  )

/** From where to where the streams lie that hold objects of their own. */
function* packedParts(words: string): Generator<[number, number]> {
  for (const found of words.matchAll(/\/ObjStm(?![A-Za-z0-9])/g)) {
    const head = words.indexOf('stream', found.index)
    if (head < 0) return
    const start = head + (words.startsWith('stream\r\n', head) ? 8 : 7)
    const end = words.indexOf('endstream', start)
    yield [start, end < 0 ? words.length : end]
  }
}
