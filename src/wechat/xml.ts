import { XMLParser } from 'fast-xml-parser'
import { flatFields } from './flat.ts'

/** Values stay text: `0110` is not 110, and an entity is nobody's way in. */
const parser = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreAttributes: true,
})

/** One template's word in a subscription event. */
export interface Listed {
  TemplateId?: string
  SubscribeStatusString?: string
  MsgID?: string
  ErrorCode?: string
}

/** What WeChat pushed, as far as it is text. Names are WeChat's own. */
export interface Pushed {
  ToUserName: string
  FromUserName: string
  MsgType: string
  CreateTime?: string
  MsgId?: string
  MsgID?: string
  Content?: string
  bizmsgmenuid?: string
  Recognition?: string
  MediaId?: string
  Location_X?: string
  Location_Y?: string
  Label?: string
  Title?: string
  Description?: string
  Url?: string
  Event?: string
  EventKey?: string
  Status?: string
  OpenID?: string
  /** Of a subscription event, one object made a list. */
  List?: Listed[]
}

/** A push as it came: its words in clear, or sealed. */
export interface Envelope {
  encrypted: string | null
  json: boolean
}

/** WeChat's pushes have some twenty tags; a thousand is somebody's attack. */
const MOST_TAGS = 200
const SECTION = /<!\[CDATA\[[\s\S]*?\]\]>/g
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos);)/

/** No document types, no entities, no endless nesting; what stands in CDATA is words. */
function isHarmless(xml: string): boolean {
  const bare = xml.replace(SECTION, '').replace(/^\s*<\?xml[^>]*\?>/, '')
  if (bare.includes('<!') || bare.includes('<?') || ENTITY.test(bare)) return false
  return bare.split('<').length <= MOST_TAGS
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(body: string): Fields | null {
  try {
    if (body.trimStart().startsWith('{')) return JSON.parse(quoted(body)) as Fields
    const flat = flatFields(body)
    if (flat) return flat
    if (!isHarmless(body)) return null
    const root = (parser.parse(body) as { xml?: unknown }).xml
    return typeof root === 'object' && root !== null ? (root as Fields) : null
  } catch {
    return null
  }
}

/** Numbers of a JSON push are 64 bits wide: they stay text. */
const quoted = (json: string) => json.replace(/("[A-Za-z_]+"\s*:\s*)(-?\d+)(?=\s*[,}])/g, '$1"$2"')

/** What a body is before it is opened; null when it is no push at all. */
export function readEnvelope(body: string): Envelope | null {
  const fields = fieldsOf(body)
  if (!fields) return null
  const { Encrypt } = fields
  return {
    encrypted: typeof Encrypt === 'string' ? Encrypt.trim() : null,
    json: body.trimStart().startsWith('{'),
  }
}

/** A push in clear; null when it is no such thing. */
export function readPush(body: string): Pushed | null {
  const fields = fieldsOf(body)
  if (!fields) return null
  const text: Record<string, unknown> = {}
  for (const name in fields) if (typeof fields[name] === 'string') text[name] = fields[name]
  const { ToUserName, FromUserName, MsgType } = text
  if (!ToUserName || !FromUserName || !MsgType) return null
  const List = listOf(fields)
  return { ...(text as unknown as Pushed), ...(List ? { List } : {}) }
}

/** One `<List>` parses to an object, two to an array; JSON has it in the event's own object or bare. */
function listOf(fields: Fields): Listed[] | null {
  for (const name of ['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent']) {
    const inside = fields[name] as { List?: Listed | Listed[] } | undefined
    if (inside?.List) return [inside.List].flat()
  }
  const { List } = fields as { List?: Listed | Listed[] }
  return List && typeof List === 'object' ? [List].flat() : null
}

/** Signs XML 1.0 has no place for. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** The end mark inside the words is split over two sections. */
const cdata = (words: string): string =>
  `<![CDATA[${words.replace(FORBIDDEN, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** A passive text reply. `seconds` is the time since 1970. */
export const textReply = (to: string, from: string, seconds: number, content: string): string =>
  `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${cdata(content)}</Content></xml>`

/** The same for an account that speaks JSON. */
export const jsonReply = (to: string, from: string, seconds: number, content: string): string =>
  JSON.stringify({
    ...{ ToUserName: to, FromUserName: from, CreateTime: seconds, MsgType: 'text', Content: content },
  })

/** A sealed reply as it travels: the four fields, as XML or JSON. */
export const sealedReply = (
  {
    encrypted,
    signature,
    timestamp,
    nonce,
  }: Record<'encrypted' | 'signature' | 'timestamp' | 'nonce', string>,
  json: boolean,
): string =>
  json
    ? JSON.stringify({
        ...{ Encrypt: encrypted, MsgSignature: signature, TimeStamp: Number(timestamp), Nonce: nonce },
      })
    : `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
