import sharp, { type Sharp } from 'sharp'
import type { Sort } from './sniff.ts'

/** A picture made anew: JPEG bytes without anything the camera wrote into it. */
export interface Picture {
  full: Buffer
  small: Buffer
  /** Pixels of `full`. */
  width: number
  height: number
}

export type PictureFault = 'pixels' | 'broken'

/** Longest edges in pixels; quality as JPEG counts it. */
const FULL = { edge: 2560, quality: 82 }
const SMALL = { edge: 480, quality: 74 }

/**
 * Pixels taken at most. A JPEG is made smaller while it is read; the others stand whole in memory, four bytes a pixel, and none of a
 * phone's screenshots comes near.
 */
// biome-ignore format: a table
const MOST_PIXELS: Readonly<Record<Exclude<Sort, 'pdf'>, number>> = {
  jpeg: 120_000_000, png: 60_000_000, webp: 60_000_000, gif: 60_000_000,
}
/** Seconds of work on one picture. */
const PATIENCE = 25

// What a picture is has been told by its first bytes; no other reader may ever be tried on what a stranger sends.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'],
})
// Nobody's picture is kept in memory for a next time, and one picture takes one core.
sharp.cache(false)
sharp.concurrency(1)

/** Makes a picture anew: upright, sRGB on white, no metadata, at most 2560 pixels long, with a thumbnail. Moving ones keep their first frame. */
export async function remake(bytes: Buffer, sort: Exclude<Sort, 'pdf'>): Promise<Picture | PictureFault> {
  try {
    const told = await sharp(bytes, { limitInputPixels: false, failOn: 'none' }).metadata()
    if (told.format !== sort) return 'broken'
    if (told.width * (told.pageHeight ?? told.height) > MOST_PIXELS[sort]) return 'pixels'
    const read = {
      limitInputPixels: MOST_PIXELS[sort],
      failOn: 'error',
      pages: 1,
      sequentialRead: true,
    } as const
    const { data, info } = await shaped(sharp(bytes, read).autoOrient(), FULL)
    const small = await shaped(sharp(data), SMALL)
    return { full: data, small: small.data, width: info.width, height: info.height }
  } catch {
    // Whatever the reader stumbles over (cut short, damaged, too slow) means one thing to the sender.
    return 'broken'
  }
}

const shaped = (picture: Sharp, { edge, quality }: typeof FULL) =>
  picture
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .jpeg({ quality, mozjpeg: true })
    .timeout({ seconds: PATIENCE })
    .toBuffer({ resolveWithObject: true })
