import { createHash, createHmac } from 'node:crypto'
import type { Sent } from '../../rules/notices/outcome.ts'
import type { Language } from '../../rules/people/language.ts'
import { isMobile } from '../../rules/people/mobile.ts'
import type { Said, Sender } from '../ways.ts'

/**
 * A provider of text messages: hands one over. Off unless configured. A text names the step and the number of the matter, never a name, a place or
 * a word of what was told: a phone typed in talk may be somebody else's.
 */
export type SmsProvider = (phone: string, values: readonly string[]) => Promise<Sent>

export interface TencentSms {
  apiBase: string
  secretId: string
  secretKey: string
  appId: string
  sign: string
  template: string
  region: string
}

/** What Tencent Cloud's codes mean; all others are tried again later. */
const NEVER =
  /^(AuthFailure|UnauthorizedOperation|FailedOperation\.(TemplateIncorrect|SignatureIncorrect|ContainSensitiveWord|PhoneNumberInBlacklist|TemplateParamSetNotMatch)|InvalidParameter|MissingParameter|UnsupportedOperation)/

interface Answer {
  Response?: { Error?: { Code?: string }; SendStatusSet?: { Code?: string; SerialNo?: string }[] }
}

/** Tencent Cloud SMS, SendSms 2021-01-11, signed by TC3-HMAC-SHA256. */
export const tencentSms =
  (given: TencentSms, now: () => string): SmsProvider =>
  async (phone, values) => {
    const body = JSON.stringify({
      PhoneNumberSet: [phone.startsWith('+') ? phone : `+86${phone}`],
      SmsSdkAppId: given.appId,
      SignName: given.sign,
      TemplateId: given.template,
      TemplateParamSet: values,
    })
    try {
      const answer = await fetch(given.apiBase, {
        method: 'POST',
        headers: signed(given, body, now()),
        body,
        signal: AbortSignal.timeout(10_000),
      })
      return meaning((await answer.json()) as Answer)
    } catch {
      return { is: 'later', afterSeconds: 60, why: 'noAnswer' }
    }
  }

function meaning({ Response }: Answer): Sent {
  const one = Response?.SendStatusSet?.[0]
  if (one?.Code === 'Ok') return { is: 'sent', ...(one.SerialNo ? { receipt: one.SerialNo } : {}) }
  const why = Response?.Error?.Code ?? one?.Code ?? 'noAnswer'
  if (NEVER.test(why)) return { is: 'never', why }
  return { is: 'later', afterSeconds: why.startsWith('LimitExceeded') ? 3600 : 60, why }
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex')
const keyed = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** The headers of one call, as Tencent Cloud's signature version 3 wants them. */
export function signed(given: TencentSms, body: string, now: string): Record<string, string> {
  const { host } = new URL(given.apiBase)
  const timestamp = String(Math.floor(Date.parse(now) / 1000))
  const date = now.slice(0, 10)
  const type = 'application/json; charset=utf-8'
  const named = 'content-type;host;x-tc-action'
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\nx-tc-action:sendsms\n\n${named}\n${hex(body)}`
  const scope = `${date}/sms/tc3_request`
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hex(canonical)}`
  const day = keyed(keyed(keyed(`TC3${given.secretKey}`, date), 'sms'), 'tc3_request')
  const signature = keyed(day, toSign).toString('hex')
  return {
    authorization: `TC3-HMAC-SHA256 Credential=${given.secretId}/${scope}, SignedHeaders=${named}, Signature=${signature}`,
    'content-type': type,
    'x-tc-action': 'SendSms',
    'x-tc-version': '2021-01-11',
    'x-tc-timestamp': timestamp,
    'x-tc-region': given.region,
  }
}

/** Where a recipient's phone is found. */
export type PhoneOf = (row: {
  personId: string | null
  staffId: string | null
  recipient: string
}) => Promise<string | null>

/**
 * Sends what stands in `brief`: the step and the number. Staff hear that something waits, by its number alone. An invitation goes by a
 * template of its own, `inviting`, whose one value is the code; null where the account has none.
 */
export const smsSender =
  (
    provider: SmsProvider,
    phoneOf: PhoneOf,
    together: Together,
    inviting: SmsProvider | null = null,
  ): Sender =>
  async said => {
    const { row, bubble } = said
    const phone = await phoneOf(row)
    if (!phone || !isMobile(phone)) return null
    if (row.notice === 'invited.mediation') return inviting ? inviting(phone, [bubble.text]) : null
    return provider(phone, valuesOf(said, together))
  }

/** What a short form says of several told as one. */
type Together = (language: Language, what: string, count: number) => string

function valuesOf({ bubble, count, language }: Said, together: Together): string[] {
  const { brief, code } = bubble
  const what = brief?.what ?? '有新情况'
  return [count > 1 ? together(language, what, count) : what, brief?.code || code || '-']
}
