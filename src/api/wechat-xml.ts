import { XMLParser } from 'fast-xml-parser'

/** Values stay text: `0110` is not 110, and an entity is nobody's way in. */
const parser = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreAttributes: true,
})

/** What WeChat pushed, as far as it is text; null when it is no such thing. */
export interface Pushed {
  ToUserName: string
  FromUserName: string
  MsgType: string
  MsgId?: string
  Content?: string
  Recognition?: string
  Event?: string
}

export function readPush(xml: string): Pushed | null {
  try {
    const { xml: root } = parser.parse(xml) as { xml?: Partial<Pushed> }
    const { ToUserName, FromUserName, MsgType } = root ?? {}
    if (![ToUserName, FromUserName, MsgType].every(value => typeof value === 'string' && value)) return null
    return root as Pushed
  } catch {
    return null
  }
}

/** Signs XML 1.0 has no place for. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** The end mark inside the words is split over two sections. */
const cdata = (words: string): string =>
  `<![CDATA[${words.replace(FORBIDDEN, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** A passive text reply. `seconds` is the time since 1970. */
export const textReply = (to: string, from: string, seconds: number, content: string): string =>
  `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${cdata(content)}</Content></xml>`

/** What a reply may hold: WeChat takes 2,048 bytes; some room is left. */
const MOST_BYTES = 2000
const MORE = '…'

/** Words cut to what one reply may hold, between characters. */
export function cutToReply(words: string): string {
  if (words.length * 4 <= MOST_BYTES || Buffer.byteLength(words) <= MOST_BYTES) return words
  let bytes = Buffer.byteLength(MORE)
  let kept = ''
  for (const letter of words) {
    bytes += Buffer.byteLength(letter)
    if (bytes > MOST_BYTES) break
    kept += letter
  }
  return kept + MORE
}
