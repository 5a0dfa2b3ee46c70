import { simplified } from './characters.ts'

/**
 * How words are prepared: two faces of one text. `text` is what the person wrote, letter by letter (only invisible control
 * characters and broken halves of characters go); `plain` is for matching alone: NFKC, lower case, one kind of space, simplified.
 */

const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g
const BROKEN = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The person's own letters, without invisible characters and outer blanks. */
export const asWritten = (text: string): string => text.replace(INVISIBLE, '').replace(BROKEN, '').trim()

/** The same text for matching: full-width digits and letters become narrow, letters small, blanks single, characters simplified. */
export const forMatching = (text: string): string =>
  simplified(asWritten(text).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())

/** Letters and digits, whatever the script: what is left when signs and blanks are taken away. */
export const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** Whether a text tells anything: four Chinese characters besides "I want to complain", or two words of another tongue. */
export function tellsSomething(plain: string): boolean {
  const said = plain.replace(/我|要|想|投诉|举报|反映|你们?|您|请|吗|呢|啊|吧/g, '')
  return (said.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4 || (plain.match(/[a-z]{2,}/g)?.length ?? 0) >= 2
}

/** Cuts to at most `length` characters without halving one. */
export function shortened(text: string, length: number): string {
  const letters = Array.from(text)
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`
}

const CHINESE_DIGITS = '零一二三四五六七八九'

/** A number up to 99 written in Chinese or Arabic digits (`两`, `十七`, `12`), or undefined. */
export function smallNumber(words: string): number | undefined {
  const plain = words.replace(/[两俩]/g, '二').replace(/〇/g, '零')
  if (/^\d{1,4}$/.test(plain)) return Number(plain)
  const tens = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(plain)
  if (tens) return CHINESE_DIGITS.indexOf(tens[1] ?? '一') * 10 + CHINESE_DIGITS.indexOf(tens[2] ?? '零')
  const one = CHINESE_DIGITS.indexOf(plain)
  return plain.length === 1 && one >= 0 ? one : undefined
}

/** A chosen number and what was said with it: `2`, `②` (already 2 after NFKC), `二`, `第二个`, `选2`, `2，我妈82了`. */
export interface Numbered {
  index: number
  rest: string
}

const CHOSEN =
  /^(?:选|我选|第|选第)?\s*(\d{1,2}|[一二两三四五六七八九十])\s*(?:个|项|号|条|楼主)?\s*(?:吧|啊)?\s*(?:$|[,，.。、;；:：\s)）]\s*)(.*)$/s

/** Reads a number that picks a choice; undefined when the text is something else. `plain` must come from `forMatching`. */
export function numberIn(plain: string): Numbered | undefined {
  const bare = plain.replace(/^[(（]\s*|\s*[)）]$/g, '')
  const found = CHOSEN.exec(bare)
  if (!found) return undefined
  const index = smallNumber(found[1]!)
  return index === undefined || index < 1 ? undefined : { index, rest: found[2] ?? '' }
}
