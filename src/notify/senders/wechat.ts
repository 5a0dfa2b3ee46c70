import type { Bubble } from '../../bot/channel.ts'
import { fieldValue } from '../../rules/notices/fields.ts'
import type { Sent } from '../../rules/notices/outcome.ts'
import type { Language } from '../../rules/people/language.ts'
import { agreements, disagree, useAgreement } from '../../store/channels.ts'
import { forgetAddress } from '../../store/identities.ts'
import { type Account, sentOf } from '../../wechat/account.ts'
import type { Answered } from '../../wechat/client.ts'
import { type Place, say } from '../../wechat/say.ts'
import type { Addresses, Said, Sender } from '../ways.ts'

/** What a field of a template shows: its name (`thing2`) → what of the notice stands in it. */
export type Fields = Readonly<Record<string, 'what' | 'code' | 'office' | 'at'>>

/** A template as this account has it. */
export interface Template {
  id: string
  fields: Fields
}

export interface WechatParts extends Place {
  account: Account
  /** Where the page of a case lies; null where people cannot reach us. */
  publicUrl: string | null
  /** What a short form says of several told as one: the newest, and how many. */
  together(language: Language, what: string, count: number): string
}

type Address = Addresses[number]

/** The newest address at an account. */
const addressAt = (addresses: Addresses, account: Account): Address | null =>
  addresses.find(at => at.channel === account.name && at.appId === account.appId) ??
  addresses.find(at => at.channel === account.name) ??
  null

/** Where the whole of it stands: the page of the case, or what the notice itself leads to. */
function pageOf({ publicUrl }: WechatParts, { code, link }: Bubble): string | null {
  if (!publicUrl) return null
  if (code) return `${publicUrl}/cases/${code}`
  return link ? `${publicUrl}${link}` : null
}

/** Customer-service message: the whole text with its choices, inside the window. */
export const customSender =
  (parts: WechatParts): Sender =>
  async ({ addresses, bubble }) => {
    const at = addressAt(addresses, parts.account)
    if (!at) return null
    const text = [bubble.text, pageOf(parts, bubble)].filter(Boolean).join('\n')
    return say(parts, parts.account, { identityId: at.id, address: at.address }, { ...bubble, text })
  }

/** The values of a template, each cut to what its field takes. Null: the notice has no short form. */
function dataOf(parts: WechatParts, said: Said, fields: Fields): Record<string, { value: string }> | null {
  const { brief } = said.bubble
  if (!brief) return null
  const { language, count, row } = said
  const what = count > 1 ? parts.together(language, brief.what, count) : brief.what
  const values = { ...brief, what, at: row.createdAt }
  return Object.fromEntries(
    Object.entries(fields).map(([field, of]) => [
      field,
      { value: fieldValue(field, values[of], parts.zone) },
    ]),
  )
}

interface Kind {
  /** Under which name it is counted and stopped. */
  channel: 'template' | 'subscribe' | 'mini'
  path: string
  /** Whether an agreement of the person is needed, and used up. */
  agreed: boolean
  body(said: Said, page: string | null): Record<string, unknown>
}

/** Template message: needs no window. The id of the newest notice in it keeps a repeat from arriving twice. */
const TEMPLATE: Kind = {
  channel: 'template',
  path: '/cgi-bin/message/template/send',
  agreed: false,
  body: ({ sameAs }, page) => ({ client_msg_id: sameAs, ...(page ? { url: page } : {}) }),
}

/** Subscription of the official account. */
const SUBSCRIBE: Kind = {
  channel: 'subscribe',
  path: '/cgi-bin/message/subscribe/bizsend',
  agreed: true,
  body: ({ sameAs }, page) => ({ client_msg_id: sameAs, ...(page ? { page } : {}) }),
}

/** Subscription of the mini program: its shell opens our page. */
const MINI: Kind = {
  channel: 'mini',
  path: '/cgi-bin/message/subscribe/send',
  agreed: true,
  body: ({ bubble }) => ({
    page: `pages/index/index${bubble.code ? `?path=/cases/${bubble.code}` : ''}`,
    lang: 'zh_CN',
  }),
}

export const KINDS = { template: TEMPLATE, subscribe: SUBSCRIBE, mini: MINI }

/** Sends by a template, with or without an agreement. */
export const templateSender =
  (parts: WechatParts, kind: Kind, template: Template): Sender =>
  async said => {
    const at = addressAt(said.addresses, parts.account)
    const data = dataOf(parts, said, template.fields)
    if (!at || !data || said.still.has(`${kind.channel}.${template.id}`)) return null
    if (kind.agreed && !(await agreements(parts.store.read, at.id)).has(template.id)) return null
    const base = { touser: at.address, template_id: template.id, data }
    const body = { ...base, ...kind.body(said, pageOf(parts, said.bubble)) }
    const answer = await sendOnce(parts, kind, body)
    await keepAddress(parts, kind, at, template, answer)
    return outcome(parts, kind, template, answer)
  }

/** A page the released version does not know is left out, once. */
async function sendOnce(
  { account }: WechatParts,
  kind: Kind,
  body: Record<string, unknown>,
): Promise<Answered> {
  const first = await account.client.call(kind.path, { json: body })
  if (first.ok || first.row.besides !== 'dropPage') return first
  const { page: _, ...without } = body
  return account.client.call(kind.path, { json: without })
}

/** The agreement is used up or gone, the address is nobody's. */
async function keepAddress(
  { store, now }: WechatParts,
  kind: Kind,
  at: Address,
  template: Template,
  answer: Answered,
): Promise<void> {
  const besides = answer.ok ? null : answer.row.besides
  if (answer.ok && kind.agreed) await store.write(tx => useAgreement(tx, at.id, template.id), at.id)
  if (besides === 'noCredit') await store.write(tx => disagree(tx, at.id, template.id), at.id)
  if (besides === 'forget') await store.write(tx => forgetAddress(tx, at.id, now()), at.id)
}

const outcome = (parts: WechatParts, kind: Kind, template: Template, answer: Answered): Promise<Sent> =>
  sentOf(parts, answer, { channel: kind.channel, template: template.id })
