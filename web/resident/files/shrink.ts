/**
 * Makes a photo small enough for a bad line, on the phone. Whatever the browser cannot draw goes as it is: the service
 * judges it.
 */
export interface Shrunk {
  blob: Blob
  kind: 'image' | 'file'
  width?: number
  height?: number
}

/** Pixels of the longer side, and JPEG quality: a house number stays readable. */
const LONGEST = 2560
const QUALITY = 0.85
/** A picture with more pixels would take down a cheap phone. */
const MOST_PIXELS = 120_000_000
/** Drawings that move or carry script are not redrawn. */
const REDRAWN = /^image\/(jpeg|jpg|png|webp|bmp|heic|heif|avif)$/
const SHOWN = /^image\/gif$/

/** The picture as JPEG of at most 2560 px, or the file itself when that is smaller or cannot be done. Never throws. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const kind = SHOWN.test(file.type) ? 'image' : 'file'
  if (!REDRAWN.test(file.type)) return { blob: file, kind }
  const picture = (await pixelsOfPng(file)) > MOST_PIXELS ? null : await decode(file)
  // What cannot be drawn has no thumbnail either.
  if (!picture) return { blob: file, kind: 'file' }
  const { width, height } = picture
  const scale = Math.min(1, LONGEST / Math.max(width, height))
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
  const drawn = await draw(picture, size).catch(() => null)
  if ('close' in picture) picture.close()
  if (!drawn || drawn.size >= file.size) return { blob: file, kind: 'image', width, height }
  return { blob: drawn, kind: 'image', ...size }
}

type Picture = ImageBitmap | HTMLImageElement

async function decode(file: Blob): Promise<Picture | null> {
  try {
    if ('createImageBitmap' in window) return await createImageBitmap(file)
  } catch {
    // Some engines take no blob here but show the picture all the same.
  }
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function draw(
  picture: Picture,
  { width, height }: { width: number; height: number },
): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (!pen) return null
  // JPEG knows no transparency: paper is white.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, 0, 0, width, height)
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', QUALITY))
  // Gives the memory back at once.
  canvas.width = canvas.height = 0
  return blob
}

/** A PNG says its size in its first bytes; a bomb is small and huge. 0 for anything else. */
async function pixelsOfPng(file: Blob): Promise<number> {
  if (file.type !== 'image/png' || file.size < 24) return 0
  const head = new DataView(await new Response(file.slice(0, 24)).arrayBuffer())
  return head.getUint32(16) * head.getUint32(20)
}
