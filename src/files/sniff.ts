/** What the bytes themselves say they are; a name or a type the sender claims counts for nothing. */
export type Sort = 'jpeg' | 'png' | 'webp' | 'gif' | 'pdf'

/** Why bytes are not taken, before they are even looked into. Keys of the words. */
export type Foreign = 'empty' | 'text' | 'svg' | 'heic' | 'film' | 'office' | 'other'

/** Names a sort we take, or says what it seems to be instead. */
export function sniff(bytes: Buffer): { sort: Sort } | { foreign: Foreign } {
  if (bytes.length === 0) return { foreign: 'empty' }
  for (const [sort, is] of TAKEN) if (is(bytes)) return { sort }
  for (const [foreign, is] of KNOWN) if (is(bytes)) return { foreign }
  return { foreign: readable(bytes) }
}

type Mark = (bytes: Buffer) => boolean

const begins =
  (...heads: string[]): Mark =>
  bytes =>
    heads.some(head => bytes.subarray(0, head.length / 2).toString('hex') === head)
const says =
  (at: number, ...words: string[]): Mark =>
  bytes =>
    words.some(word => bytes.toString('latin1', at, at + word.length) === word)
const both =
  (one: Mark, other: Mark): Mark =>
  bytes =>
    one(bytes) && other(bytes)

// biome-ignore format: a table
const TAKEN: readonly (readonly [Sort, Mark])[] = [
  ['jpeg', begins('ffd8ff')],
  ['png',  begins('89504e470d0a1a0a')],
  ['webp', both(says(0, 'RIFF'), says(8, 'WEBP'))],
  ['gif',  says(0, 'GIF87a', 'GIF89a')],
  ['pdf',  says(0, '%PDF-')],
]

/** ISO media files tell their sort by the brand behind `ftyp`. */
const PICTURE_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis']

// biome-ignore format: a table
const KNOWN: readonly (readonly [Foreign, Mark])[] = [
  ['heic',   both(says(4, 'ftyp'), says(8, ...PICTURE_BRANDS))],
  ['film',   says(4, 'ftyp', 'moov')],
  ['film',   both(says(0, 'RIFF'), says(8, 'AVI ', 'WAVE'))],
  // Matroska and WebM, MPEG, Flash; and sound: Ogg, MP3, AMR, FLAC.
  ['film',   begins('1a45dfa3', '000001ba', '000001b3', '464c56', '4f676753', '494433', 'fffb', '2321414d52', '664c6143')],
  ['office', begins('504b0304', 'd0cf11e0a1b11ae1')],
]

/** How far in a text is told from other bytes. */
const LOOK = 4096

function readable(bytes: Buffer): Foreign {
  const head = bytes.subarray(0, LOOK)
  // UTF-16 has a zero in every second byte of Latin letters.
  const wide = /^(fffe|feff)/.test(head.subarray(0, 2).toString('hex'))
  const words = wide ? head.toString('latin1').replace(/\0/g, '') : head.toString('latin1')
  if (/<svg[\s>]/i.test(words)) return 'svg'
  return [...words].some(isControl) ? 'other' : 'text'
}

const isControl = (letter: string) => {
  const code = letter.charCodeAt(0)
  return code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27
}
