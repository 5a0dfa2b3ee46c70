import { once } from 'node:events'
import { createDeflate, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { crc32 } from './crc32.ts'

/** Files people (and others) send, made here: nothing of them lies in the repository. */

export interface Size {
  width: number
  height: number
}

/** A picture of many colours, so that it does not pack to nothing. */
export const painted = ({ width, height }: Size, channels: 3 | 4 = 3) => {
  const raw = Buffer.alloc(width * height * channels)
  for (let at = 0, seed = 7; at < raw.length; at++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    raw[at] = ((at / 97) & 0xff) ^ (seed & 0x1f)
  }
  return sharp(raw, { raw: { width, height, channels } })
}

export const jpeg = (size: Size = { width: 900, height: 600 }) => painted(size).jpeg().toBuffer()

/** Where it was taken, by whom, with which camera: everything that must not come back. */
export const GPS = {
  IFD0: { Make: 'CAMERAMAKER', Model: 'CAMERAMODEL', Artist: '欧阳若兰', Copyright: 'SOMEBODY' },
  IFD2: { UserComment: 'SECRETCOMMENT', DateTimeOriginal: '2026:11:03 10:21:00' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '42/1 15/1 30/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '118/1 57/1 20/1',
  },
}

/** A photo of 600 × 400 as a phone held upright stores it: lying, with a place and a word to turn it. */
export const photoWithPlace = () =>
  painted({ width: 600, height: 400 })
    .withExif(GPS)
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>XMPSECRET</secret></x:xmpmeta>')
    .withMetadata({ orientation: 6, exif: GPS })
    .jpeg()
    .toBuffer()

const chunk = (name: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A whole and right PNG of black, one bit a pixel, made row by row: 30,000 × 30,000 are a few hundred kilobytes. */
export async function blackPng({ width, height }: Size): Promise<Buffer> {
  const row = Buffer.alloc(1 + Math.ceil(width / 8))
  const packer = createDeflate({ level: 9 })
  const parts: Buffer[] = []
  packer.on('data', part => parts.push(part))
  const many = Buffer.concat(Array.from({ length: 100 }, () => row))
  for (let left = height; left > 0; left -= 100)
    if (!packer.write(left >= 100 ? many : many.subarray(0, left * row.length))) await once(packer, 'drain')
  packer.end()
  await once(packer, 'end')
  return png({ width, height }, Buffer.concat(parts), 1)
}

/** A PNG with the packed bytes given, whatever they are. */
export function png({ width, height }: Size, packed: Buffer, bits = 8): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = bits
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Says it is tiny, unpacks to a hundred megabytes. */
export const stuffedPng = () =>
  png({ width: 8, height: 8 }, deflateSync(Buffer.alloc(100_000_000), { level: 9 }))

/** A JPEG whose head claims other measures than it has. */
export async function claimedJpeg({ width, height }: Size): Promise<Buffer> {
  const bytes = Buffer.from(await jpeg())
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

/** A GIF of one colour, its screen as large as claimed. */
export function gif({ width, height }: Size): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16LE(width, 0)
  size.writeUInt16LE(height, 2)
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0]),
    size,
    Buffer.from([0, 2, 2, 0x44, 1, 0, 0x3b]),
  ])
}

export const svg = Buffer.from(
  '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>',
)
export const html = Buffer.from('<!doctype html><html><script>fetch("/api/resident/cases")</script></html>')
export const heic = Buffer.concat([
  Buffer.from('0000001c', 'hex'),
  Buffer.from('ftypheic....mif1heic'),
  Buffer.alloc(400),
])
export const film = Buffer.concat([
  Buffer.from('00000020', 'hex'),
  Buffer.from('ftypisom....isomiso2'),
  Buffer.alloc(400),
])

/** A small right PDF of one empty page, with whatever is put into its catalogue and behind it. */
export const pdf = (inCatalogue = '', more = '') =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${inCatalogue} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n${more}trailer\n<< /Root 1 0 R >>\n%%EOF\n`,
    'latin1',
  )

/** Objects packed into a stream of a PDF. */
export const packedPdf = (objects: Buffer) => {
  const packed = deflateSync(objects, { level: 9 })
  const head = `9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`
  return pdf('', `${head}${packed.toString('latin1')}\nendstream\nendobj\n`)
}
