/** Chinese telephone numbers in running text: mobiles and landlines, however they are grouped. */

const MOBILE = /(?<![\d.])(?:\+?86[-\s]?)?(1[3-9]\d(?:[-\s]?\d){8})(?!\d)/g
const LANDLINE = /(?<!\d)(?:\+?86[-\s]?)?\(?(0\d{2,3})\)?[-\s]?(\d{7,8})(?!\d)/g
/** A mobile number said digit by digit. */
const SPOKEN =
  /(?<![一二三四五六七八九零〇幺])[一幺][三四五六七八九][零〇一二两三四五六七八九幺]{9}(?![一二三四五六七八九零〇幺])/g
const LOCAL = /^[2-8]\d{6,7}$/

/** A number as it is kept (`13800000000`, `0476-8221234`) and as it stood in the text. */
export interface FoundPhone {
  number: string
  words: string
}

/** Every telephone number in `plain` (see `forMatching`). */
export function phonesIn(plain: string): FoundPhone[] {
  const found: FoundPhone[] = []
  for (const hit of plain.matchAll(MOBILE)) {
    found.push({ number: hit[1]!.replace(/\D/g, ''), words: hit[0].trim() })
  }
  for (const hit of plain.matchAll(LANDLINE)) {
    if (!found.some(other => other.words.includes(hit[2]!)))
      found.push({ number: `${hit[1]}-${hit[2]}`, words: hit[0].trim() })
  }
  for (const hit of plain.matchAll(SPOKEN)) {
    found.push({ number: [...hit[0]].map(digit => DIGIT[digit] ?? '').join(''), words: hit[0] })
  }
  return found
}

const DIGIT: Readonly<Record<string, string>> = {
  ...{ 零: '0', 〇: '0', 一: '1', 幺: '1', 二: '2', 两: '2', 三: '3', 四: '4' },
  ...{ 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' },
}

/** Reads a reply to "which number": also a bare local number, which gets the district's area code. */
export function phoneOf(plain: string, areaCode: string): string | undefined {
  const found = phonesIn(plain)[0]
  if (found) return found.number
  const digits = plain.replace(/[\s-]/g, '')
  return LOCAL.test(digits) && areaCode ? `${areaCode}-${digits}` : undefined
}

/** `138****4276`, `0476-****234`: enough to recognise one's own. */
export const maskedPhone = (number: string): string =>
  number.includes('-')
    ? number.replace(/-\d+(\d{3})$/, '-****$1')
    : number.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')
