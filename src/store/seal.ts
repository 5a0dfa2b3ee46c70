import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { randomFew } from './chance.ts'

/**
 * Sealing of personal data: AES-256-GCM, bound to table.column.id so that a value moved to another row does not open.
 * Layout of a sealed value: version (1 byte) · iv (12) · tag (16) · ciphertext.
 */
const VERSION = 1
const HEAD = 29

/** Seals UTF-8 words. `place` is `Table.column.id`. */
export function seal(key: Buffer, place: string, words: string): Buffer {
  return sealBytes(key, place, Buffer.from(words, 'utf8'))
}

/** Opens what `seal` made; throws when the key, the place or a bit is wrong. */
export function open(key: Buffer, place: string, sealed: Uint8Array): string {
  return openBytes(key, place, sealed).toString('utf8')
}

export function sealBytes(key: Buffer, place: string, bytes: Buffer): Buffer {
  const iv = randomFew(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(place))
  const body = cipher.update(bytes)
  cipher.final()
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body])
}

export function openBytes(key: Buffer, place: string, sealed: Uint8Array): Buffer {
  const all = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (all.length < HEAD || all[0] !== VERSION) throw new Error(`not a sealed value: ${place}`)
  const opener = createDecipheriv('aes-256-gcm', key, all.subarray(1, 13))
  opener.setAAD(Buffer.from(place))
  opener.setAuthTag(all.subarray(13, HEAD))
  return Buffer.concat([opener.update(all.subarray(HEAD)), opener.final()])
}

/** The keys drawn from the one secret of the house: each purpose has its own. */
export interface HouseKeys {
  /** Wraps the data keys of persons and cases. */
  wrap: Buffer
  /** Seals what belongs to the house itself: staff names, reasons, rosters. */
  house: Buffer
  /** Keyed hashes: addresses, phones, codes, tokens. */
  hash: Buffer
}

/** `secret` is SECRET_KEY: at least 32 bytes of any text. */
export function houseKeys(secret: string): HouseKeys {
  const draw = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'huiyin', purpose, 32))
  return { wrap: draw('wrap'), house: draw('house'), hash: draw('hash') }
}

/** A keyed hash (base64url, 32 characters) to find a value again without keeping it. `what` keeps purposes apart. */
export function keyedHash(keys: HouseKeys, what: string, value: string): string {
  return createHmac('sha256', keys.hash).update(`${what}\0${value}`).digest('base64url').slice(0, 32)
}

/** Hashes of values that come again and again, by the keys they were made with: the address of whoever talks. */
const often = new WeakMap<HouseKeys, Map<string, string>>()
const MOST_OFTEN = 20_000

/** The same, kept at hand. */
export function keyedHashOften(keys: HouseKeys, what: string, value: string): string {
  let known = often.get(keys)
  if (!known) {
    known = new Map()
    often.set(keys, known)
  }
  const id = `${what}\0${value}`
  const found = known.get(id)
  if (found) return found
  if (known.size >= MOST_OFTEN) known.clear()
  const made = keyedHash(keys, what, value)
  known.set(id, made)
  return made
}
