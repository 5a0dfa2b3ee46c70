import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { finish } from '../../src/files/finish.ts'
import * as made from './made.ts'

const MORE = 1_000_000

/** What people send → why it is not taken. */
// biome-ignore format: a table
const REFUSED: readonly [string, () => Buffer | Promise<Buffer>, string][] = [
  ['nothing at all',                       () => Buffer.alloc(0), 'empty'],
  ['a web page named .jpg',                () => made.html, 'text'],
  ['words in Chinese',                     () => Buffer.from('3号楼电梯坏了两周，物业不管'), 'text'],
  ['words as Windows writes them',         () => Buffer.from('\ufeff3号楼电梯', 'utf16le'), 'text'],
  ['words of Latin letters, two bytes each', () => Buffer.from('\ufefflift is broken', 'utf16le'), 'text'],
  ['a script',                             () => Buffer.from('#!/bin/sh\nrm -rf /\n'), 'text'],
  ['a drawing with a script',              () => made.svg, 'svg'],
  ['a drawing behind a long comment',      () => Buffer.from(`<!--${'x'.repeat(900)}--><svg width="9"/>`), 'svg'],
  ['an iPhone photo',                      () => made.heic, 'heic'],
  ['a film',                               () => made.film, 'film'],
  ['a film as old cameras make it',        () => Buffer.from('RIFF....AVI LIST'), 'film'],
  ['a recording',                          () => Buffer.from('#!AMR\n\x0c\x00', 'latin1'), 'film'],
  ['a Word document',                      () => Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(99)]), 'office'],
  ['a program',                            () => Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(99)]), 'other'],
  ['a picture of 30,000 × 30,000 (PNG)',   () => made.blackPng({ width: 30_000, height: 30_000 }), 'pixels'],
  ['a PNG that only claims as much',       () => made.png({ width: 60_000, height: 60_000 }, Buffer.alloc(9)), 'pixels'],
  ['a JPEG that claims 65,000 × 65,000',   () => made.claimedJpeg({ width: 65_000, height: 65_000 }), 'pixels'],
  ['a GIF of 65,535 × 65,535',             () => made.gif({ width: 65_535, height: 65_535 }), 'pixels'],
  ['a JPEG cut in the middle',             async () => (await made.jpeg()).subarray(0, 20_000), 'broken'],
  ['a JPEG cut after its head',            async () => (await made.jpeg()).subarray(0, 400), 'broken'],
  ['a JPEG that is only its mark',         () => Buffer.from('ffd8ffe0', 'hex'), 'broken'],
  ['a PNG cut in the middle',              async () => (await made.painted({ width: 400, height: 300 }).png().toBuffer()).subarray(0, 30_000), 'broken'],
  ['a WebP cut in the middle',             async () => (await made.painted({ width: 400, height: 300 }).webp().toBuffer()).subarray(0, 3_000), 'broken'],
  ['a PNG with rubbish for pixels',        () => made.png({ width: 90, height: 90 }, Buffer.alloc(900, 7)), 'broken'],
  ['a web page behind the mark of a GIF',  () => Buffer.concat([Buffer.from('GIF89a'), made.html]), 'broken'],
  ['a web page behind the mark of a JPEG', () => Buffer.concat([Buffer.from('ffd8ff', 'hex'), made.html]), 'broken'],
  ['a PDF with a script',                  () => made.pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'pdf'],
  ['a PDF with a script, letters as numbers', () => made.pdf('/OpenAction << /S /J#61v#61Script >>'), 'pdf'],
  ['a PDF that starts a program',          () => made.pdf('/OpenAction << /S /Launch /F (cmd.exe) >>'), 'pdf'],
  ['a PDF with a file in it',              () => made.pdf('/Names << /EmbeddedFiles 9 0 R >>'), 'pdf'],
  ['a PDF with a form that runs',          () => made.pdf('/AcroForm << /XFA [9 0 R] >>'), 'pdf'],
  ['a locked PDF',                         () => made.pdf('', 'trailer << /Encrypt 9 0 R >>\n'), 'pdf'],
  ['a PDF with a script packed away',      () => made.packedPdf(Buffer.from('8 0 << /S /JavaScript >>')), 'pdf'],
  ['a PDF that unpacks to 100 MB',         () => made.packedPdf(Buffer.alloc(100 * MORE, 32)), 'pdf'],
]

it.each(REFUSED)('%s is refused', async (_what, make, why) => {
  expect(await finish(await make())).toEqual({ ok: false, why })
})

it('has a sentence for each reason, in both languages', () => {
  const reasons = new Set(REFUSED.map(([, , why]) => why))
  for (const language of ['zh-CN', 'en']) {
    const { error } = JSON.parse(readFileSync(`locales/${language}/api.json`, 'utf8'))
    const known = Object.keys(error.file).filter(
      key => !['tooLarge', 'changed', 'goOn', 'tooMany', 'full'].includes(key),
    )
    expect(new Set(known)).toEqual(reasons)
  }
})

/** What people send → the longest edge it has after. */
// biome-ignore format: a table
const TAKEN: readonly [string, () => Buffer | Promise<Buffer>, number][] = [
  ['a photo',                       () => made.jpeg({ width: 900, height: 600 }), 900],
  ['a large photo',                 () => made.jpeg({ width: 4000, height: 3000 }), 2560],
  ['a photo that loads in steps',   () => made.painted({ width: 900, height: 600 }).jpeg({ progressive: true }).toBuffer(), 900],
  ['a photo for print (CMYK)',      () => made.painted({ width: 900, height: 600 }).toColourspace('cmyk').jpeg().toBuffer(), 900],
  ['a grey photo',                  () => made.painted({ width: 900, height: 600 }).greyscale().jpeg().toBuffer(), 900],
  ['a screenshot with glass',       () => made.painted({ width: 720, height: 1600 }, 4).png().toBuffer(), 1600],
  ['a PNG of sixteen bits',         () => made.painted({ width: 90, height: 60 }).toColourspace('rgb16').png().toBuffer(), 90],
  ['a very long screenshot',        () => made.blackPng({ width: 720, height: 20_000 }), 2560],
  ['a PNG that unpacks to more',    () => made.stuffedPng(), 8],
  ['a WebP',                        () => made.painted({ width: 640, height: 480 }).webp().toBuffer(), 640],
  ['a GIF',                         () => made.painted({ width: 320, height: 240 }).gif().toBuffer(), 320],
  ['a single pixel',                () => made.jpeg({ width: 1, height: 1 }), 1],
  ['a photo with words behind it',  async () => Buffer.concat([await made.jpeg(), made.html]), 900],
]

describe('a picture is made anew', () => {
  it.each(TAKEN)('%s', async (_what, make, edge) => {
    const one = await finish(await make())
    if (!one.ok || one.kind !== 'image') throw new Error(`not taken: ${JSON.stringify(one)}`)
    const full = await sharp(one.full).metadata()
    expect(Math.max(one.width, one.height)).toBe(edge)
    expect(full).toMatchObject({
      format: 'jpeg',
      space: full.channels === 1 ? 'b-w' : 'srgb',
      width: one.width,
      height: one.height,
    })
    const small = await sharp(one.small).metadata()
    expect(Math.max(small.width, small.height)).toBe(Math.min(edge, 480))
    for (const told of [full, small]) expect(told).not.toHaveProperty('exif')
    expect(one.full.includes('fetch(')).toBe(false)
  })

  it('without where and by whom it was taken, and upright', async () => {
    const photo = await made.photoWithPlace()
    const before = await sharp(photo).metadata()
    expect(before).toMatchObject({ orientation: 6, width: 600, height: 400 })
    for (const word of ['Exif', 'CAMERAMODEL', 'SECRETCOMMENT']) expect(photo.includes(word), word).toBe(true)
    expect(
      before.exif!.includes(Buffer.from([0x88, 0x25])) || before.exif!.includes(Buffer.from([0x25, 0x88])),
    ).toBe(true)
    const one = await finish(photo)
    if (!one.ok || one.kind !== 'image') throw new Error('not taken')
    expect([one.width, one.height]).toEqual([400, 600])
    for (const copy of [one.full, one.small]) {
      const after = await sharp(copy).metadata()
      expect([after.exif, after.xmp, after.icc, after.iptc, after.orientation]).toEqual(
        Array(5).fill(undefined),
      )
      for (const word of [
        'Exif',
        'GPS',
        'http',
        'xmp',
        'ICC_PROFILE',
        'Photoshop',
        'CAMERA',
        'SECRET',
        'SOMEBODY',
        '欧阳若兰',
      ])
        expect(copy.includes(word), word).toBe(false)
      // APP1 (Exif, XMP), APP2 (ICC), APP13 (IPTC) and comments have no place before the picture begins.
      const head = copy.subarray(0, copy.indexOf(Buffer.from([0xff, 0xda])))
      for (const mark of [0xe1, 0xe2, 0xed, 0xfe])
        expect(head.includes(Buffer.from([0xff, mark])), mark.toString(16)).toBe(false)
    }
  })

  it('glass stands on white, and colours of another space become those of the screen', async () => {
    const clear = await sharp({ create: { width: 9, height: 9, channels: 4, background: '#0000' } })
      .png()
      .toBuffer()
    const one = await finish(clear)
    if (!one.ok || one.kind !== 'image') throw new Error('not taken')
    expect([...(await sharp(one.full).raw().toBuffer())].every(value => value > 250)).toBe(true)
    const wide = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#3c9' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    expect((await sharp(wide).metadata()).icc).toBeDefined()
    const two = await finish(wide)
    expect(two.ok && (await sharp(two.full).metadata()).icc).toBe(undefined)
  })
})

it('a PDF that only shows pages is kept to the letter', async () => {
  for (const quiet of [made.pdf(), made.packedPdf(Buffer.from('8 0 << /Type /Font >>'))])
    expect(await finish(quiet)).toEqual({ ok: true, kind: 'file', type: 'application/pdf', full: quiet })
})
