import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isSignedWith, openPushed, sealPushed, signatureOf } from '../../src/wechat/crypt.ts'
import { pageSignature } from '../../src/wechat/login.ts'

interface Vector {
  id: string
  token: string
  encodingAESKey: string
  appid: string
  timestamp: string
  nonce: string
  signature: string
  msg_signature: string
  encrypt: string
  random: string
  msg: string
  expected: { msg: string; encrypt: string; msg_signature: string }
}

/** Worked examples of the platform's documentation and of its libraries; each names where it was published. */
const VECTORS = JSON.parse(readFileSync('test/wechat/vectors.json', 'utf8')) as Record<string, Vector[]>
const rows = (name: string) => VECTORS[name]!.map(one => [one.id, one] as const)

it.each([...rows('url_verification'), ...rows('plain_mode_signature')])('signature: %s', (_, one) => {
  expect(signatureOf(one.token, one.timestamp, one.nonce)).toBe(one.signature)
  expect(isSignedWith(one.signature, one.token, one.timestamp, one.nonce)).toBe(true)
})

it.each([...rows('safe_mode_decrypt'), ...rows('signature_only')])('signature over a seal: %s', (_, one) => {
  const parts = [one.token, one.timestamp, one.nonce, one.encrypt]
  expect(isSignedWith(one.msg_signature, ...parts)).toBe(true)
  expect(isSignedWith(one.msg_signature.replace(/^./, 'x'), ...parts)).toBe(false)
})

it.each(rows('safe_mode_decrypt'))('opens: %s', (_, one) => {
  const opened = openPushed([one.encodingAESKey], one.appid, one.encrypt)
  expect(opened).toEqual({ ok: true, words: one.expected.msg, aesKey: one.encodingAESKey })
})

it.each(rows('safe_mode_encrypt'))('seals: %s', (_, one) => {
  const sealed = sealPushed(one.encodingAESKey, one.appid, one.msg, Buffer.from(one.random))
  expect(sealed).toBe(one.expected.encrypt)
  expect(signatureOf(one.token, one.timestamp, one.nonce, sealed)).toBe(one.expected.msg_signature)
})

it('refuses what the documentation says must be refused', () => {
  const { token, timestamp, nonce, encrypt, encodingAESKey, appid, msg_signature } =
    VECTORS.safe_mode_decrypt![0]!
  expect(openPushed([encodingAESKey], 'wx-another-app', encrypt)).toEqual({ ok: false, why: 'appId' })
  expect(isSignedWith('6c5c811b55cc85e0e1b54100749188c20beb3f5d', token, timestamp, nonce, encrypt)).toBe(
    false,
  )
  expect(isSignedWith(msg_signature, token, timestamp, '415670742', encrypt)).toBe(false)
  expect(openPushed([encodingAESKey], appid, encrypt.slice(0, -24))).toEqual({ ok: false, why: 'broken' })
})

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const BEFORE = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'

it('opens with the key before, and says which fitted', () => {
  const sealed = sealPushed(BEFORE, 'wxMine', '你好')
  expect(openPushed([KEY, BEFORE], 'wxMine', sealed)).toEqual({ ok: true, words: '你好', aesKey: BEFORE })
  expect(openPushed([KEY], 'wxMine', sealed).ok).toBe(false)
})

it('gives back any words, and never throws at rubbish', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), words => {
      const opened = openPushed([KEY], 'wxMine', sealPushed(KEY, 'wxMine', words))
      expect(opened).toMatchObject({ ok: true, words: Buffer.from(words).toString() })
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(openPushed([KEY], 'wxMine', Buffer.from(bytes).toString('base64')).ok).toBe(false)
    }),
  )
})

it.each(
  VECTORS.jssdk_signature as unknown as {
    id: string
    jsapi_ticket: string
    noncestr: string
    timestamp: number
    url: string
    signature: string
  }[],
)('page signature: $id', one => {
  const given = { ticket: one.jsapi_ticket, nonce: one.noncestr, timestamp: one.timestamp, url: one.url }
  expect(pageSignature(given)).toBe(one.signature)
})
