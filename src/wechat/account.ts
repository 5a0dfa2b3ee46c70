import type { Sent } from '../rules/notices/outcome.ts'
import type { CodeThen } from '../rules/notices/wechat-codes.ts'
import { stopChannel } from '../store/channels.ts'
import type { Store } from '../store/db.ts'
import { type Answered, ask, type Client, makeClient, type Tell } from './client.ts'
import { type Lender, makeLender } from './lender.ts'

/** One account of WeChat's: the official account, or the mini program. */
export interface Account {
  /** `wechat` or `mini`: the name its rows and stops carry. */
  name: 'wechat' | 'mini'
  appId: string
  client: Client
  /** Tickets for the JS-SDK of pages. */
  tickets: Lender
}

export interface AccountParts {
  store: Store
  now(): string
  apiBase: string
  appId: string
  secret: string
  tell: Tell
}

/** Opens an account; nothing is called before it is needed. */
export function openAccount(name: Account['name'], parts: AccountParts): Account {
  const { store, now, apiBase, appId, secret, tell } = parts
  const tokens = makeLender({
    ...{ store, now, id: `${name}.token.${appId}` },
    fetch: async force => {
      const answer = await ask(apiBase, '/cgi-bin/stable_token', {
        json: { grant_type: 'client_credential', appid: appId, secret, force_refresh: force },
      })
      return lentOf(answer, 'access_token', '/cgi-bin/stable_token', tell)
    },
  })
  const client = makeClient(apiBase, tokens, tell)
  const tickets = makeLender({
    ...{ store, now, id: `${name}.jsapi.${appId}` },
    fetch: async () => {
      const answer = await client.call('/cgi-bin/ticket/getticket', { query: { type: 'jsapi' } })
      return lentOf(answer, 'ticket', null, tell)
    },
  })
  return { name, appId, client, tickets }
}

function lentOf(
  answer: Answered | { ok: true; bytes: Buffer },
  field: string,
  path: string | null,
  tell: Tell,
) {
  if (!answer.ok) {
    if (path) tell({ path, code: answer.code, rid: answer.rid, besides: answer.row.besides })
    // A token that cannot be had is worth asking for again, whatever the code says of the call it was for.
    return answer
  }
  const body = 'body' in answer ? answer.body : {}
  const value = body[field]
  const seconds = Number(body.expires_in ?? 7200)
  if (typeof value === 'string' && value) return { ok: true as const, value, seconds }
  return { ok: false as const, code: -2, rid: null, row: { is: 'later' as const, after: 60 }, why: 'noValue' }
}

/** How long a wrongly configured channel, or a wrong template, stands still before it is tried again. Milliseconds. */
const STOP_MS = 10 * 60_000

/** What an answer means to the outbox. `stops` names what stands still when the answer says so: the channel, or one template. */
export async function sentOf(
  place: { store: Store; now(): string; zone: string },
  answer: Answered,
  stops: { channel: string; template?: string },
): Promise<Sent> {
  if (answer.ok) {
    const receipt = answer.body.msgid
    return { is: 'sent', ...(receipt === undefined ? {} : { receipt: String(receipt) }) }
  }
  const { row, why } = answer
  await stopFor(place, row.besides, stops, why)
  if (row.is === 'later') return { is: 'later', afterSeconds: row.after ?? 60, why }
  return { is: 'never', why }
}

async function stopFor(
  { store, now, zone }: { store: Store; now(): string; zone: string },
  besides: CodeThen | undefined,
  { channel, template }: { channel: string; template?: string },
  why: string,
) {
  const at = now()
  const until =
    besides === 'stopToday' ? nextMidnight(at, zone) : new Date(Date.parse(at) + STOP_MS).toISOString()
  const name = besides === 'stopTemplate' && template ? `${channel}.${template}` : channel
  if (besides === 'stop' || besides === 'stopToday' || besides === 'stopTemplate')
    await store.write(tx => stopChannel(tx, name, { until, why }, at), name)
}

/** WeChat counts days in Beijing; so does the district. */
export function nextMidnight(now: string, zone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone })
  const today = day.format(Date.parse(now))
  let at = Math.ceil(Date.parse(now) / 900_000) * 900_000
  while (day.format(at) === today) at += 900_000
  return new Date(at).toISOString()
}
