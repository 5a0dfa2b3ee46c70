import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Signature and encryption of WeChat's pushes (消息推送, and WeCom's by the same scheme): AES-256-CBC, iv = first half of the key, padded to 32
 * bytes; plain = 16 random bytes, length (4 bytes, big endian), words, id of the receiver.
 */

/** Lower-case hex SHA-1 over the parts, sorted as plain strings and put together. */
export const signatureOf = (...parts: string[]): string =>
  createHash('sha1').update(parts.sort().join('')).digest('hex')

/** Constant time: how far a guess was right shows nowhere. */
export function isSignedWith(given: unknown, ...parts: unknown[]): boolean {
  if (typeof given !== 'string' || given.length !== 40) return false
  if (!parts.every((part): part is string => typeof part === 'string')) return false
  const wanted = Buffer.from(signatureOf(...(parts as string[])))
  return timingSafeEqual(Buffer.from(given.padEnd(40).slice(0, 40), 'latin1'), wanted)
}

/** A key as the console shows it: 43 characters, 32 bytes. */
const keyOf = (aesKey: string) => Buffer.from(`${aesKey}=`, 'base64')

const BLOCK = 32
const HEAD = 20

export type Opened = { ok: true; words: string; aesKey: string } | { ok: false; why: 'appId' | 'broken' }

/**
 * Opens what was pushed with the first of the keys that fits (the current one, then the one before it), for this receiver alone. Never
 * throws: what cannot be opened is `broken`.
 */
export function openPushed(aesKeys: readonly string[], appId: string, encrypted: string): Opened {
  let why: 'appId' | 'broken' = 'broken'
  for (const aesKey of aesKeys) {
    const plain = decrypted(keyOf(aesKey), Buffer.from(encrypted, 'base64'))
    if (!plain) continue
    const end = HEAD + plain.readUInt32BE(16)
    if (end > plain.length) continue
    if (plain.subarray(end).toString() === appId)
      return { ok: true, words: plain.subarray(HEAD, end).toString(), aesKey }
    why = 'appId'
  }
  return { ok: false, why }
}

function decrypted(key: Buffer, cipher: Buffer): Buffer | null {
  if (key.length !== 32 || cipher.length < BLOCK || cipher.length % 16 !== 0) return null
  const open = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([open.update(cipher), open.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK || padded.length - pad < HEAD) return null
  return padded.subarray(padded.length - pad).every(byte => byte === pad)
    ? padded.subarray(0, padded.length - pad)
    : null
}

/** Seals words for the receiver `appId`. `random`: 16 bytes, for tests. */
export function sealPushed(aesKey: string, appId: string, words: string, random = randomBytes(16)): string {
  const key = keyOf(aesKey)
  const body = Buffer.from(words)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random, length, body, Buffer.from(appId)])
  const pad = BLOCK - (plain.length % BLOCK)
  const seal = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([seal.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), seal.final()]).toString(
    'base64',
  )
}
