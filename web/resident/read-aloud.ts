import type { Language } from './shapes.ts'

/** Reading a page aloud: which words of it are said, in which pieces. */

/** What is needed of a node of the page, so that any tree will do. */
export interface Bit {
  nodeType: number
  nodeValue: string | null
  nodeName: string
  childNodes: ArrayLike<Bit>
  getAttribute?(name: string): string | null
}

/** How an element stands on the page: not at all, within a line, or as a block of its own. */
export type Stands = 'none' | 'inline' | 'block'

const TEXT = 3
const ELEMENT = 1
/** Nothing to say: drawings without a name, what is typed into, what stands for the loading itself. */
const SILENT = /^(svg|script|style|noscript|input|textarea|select|dialog|iframe|canvas)$/i

/** The blocks of words a person sees below `root`, in order. A drawing with a name is said by its name. */
export function blocksOf(root: Bit, stands: (bit: Bit) => Stands): string[] {
  const blocks: string[] = []
  let block = ''
  const close = () => {
    const words = block.replace(/\s+/g, ' ').trim()
    if (words) blocks.push(words)
    block = ''
  }
  const walk = (bit: Bit) => {
    if (bit.nodeType === TEXT) block += bit.nodeValue ?? ''
    if (bit.nodeType !== ELEMENT || isSilent(bit)) return
    const how = stands(bit)
    if (how === 'none') return
    if (how === 'block') close()
    const named = /^(svg|img)$/i.test(bit.nodeName)
    if (named) block += ` ${bit.getAttribute?.('aria-label') ?? bit.getAttribute?.('alt') ?? ''} `
    else for (let i = 0; i < bit.childNodes.length; i++) walk(bit.childNodes[i]!)
    if (how === 'block' || /^br$/i.test(bit.nodeName)) close()
  }
  walk(root)
  close()
  return blocks
}

function isSilent(bit: Bit): boolean {
  const ask = (name: string) => bit.getAttribute?.(name) ?? null
  if (ask('aria-hidden') === 'true' || ask('data-quiet') !== null) return true
  return SILENT.test(bit.nodeName) && ask('aria-label') === null
}

/** Letters of one piece at most: some voices stop in the middle of longer ones. */
const LONGEST = 120

/** The pieces in which blocks are said: a sentence each, with numbers and dates as people say them. */
export const piecesOf = (blocks: readonly string[], language: Language): string[] =>
  blocks
    .map(block => asSaid(block, language))
    .flatMap(block => block.replace(/([。！？；])|([.!?;])\s+/g, '$1$2\n').split('\n'))
    .flatMap(shorter)
    .map(piece => piece.trim())
    .filter(piece => /[\p{L}\p{N}]/u.test(piece))

/** Breaks a long sentence at a comma, else where it must. */
function shorter(sentence: string): string[] {
  if (sentence.length <= LONGEST) return [sentence]
  const comma = Math.max(...['，', '、', '：', ', '].map(mark => sentence.lastIndexOf(mark, LONGEST - 2)))
  const at = comma > 20 ? comma + 1 : LONGEST
  return [sentence.slice(0, at), ...shorter(sentence.slice(at))]
}

const ZH_DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** Numbers are called out: as on the telephone, where 一 is 幺, save the town's own line that everybody knows as 一二三四五. */
function calledOut(digits: string, language: Language): string {
  if (language === 'en') return digits.split('').join(' ')
  const one = digits.startsWith('12345') ? '一' : '幺'
  return digits
    .split('')
    .map(digit => (digit === '1' ? one : ZH_DIGITS[Number(digit)]))
    .join('')
}

const WEEKDAYS: Readonly<Record<string, string>> = {
  Mon: 'Monday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
  Sun: 'Sunday',
}
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** Emergency lines, and whatever is too long to be a count. */
const isNumberToCall = (digits: string) => digits.length >= 5 || /^(110|119|120|122)$/.test(digits)
/** What follows a number that counts something. */
const AMOUNT =
  /^\s*([.,]\d|元|块|万|天|个|件|人|户|岁|次|层|米|平|公里|斤|年|月|日|分|小时|号楼|号院|%|yuan|days?|hours?|minutes?|people|metres?)/

/** Words as they are said: times, dates, the number of a case, telephone numbers. */
export function asSaid(words: string, language: Language): string {
  const zh = language === 'zh-CN'
  const plain = words
    .replace(/\b([A-Z]{2,4})-(\d{8})-(\d{4,})\b/g, (_, letters: string, day: string, serial: string) =>
      [letters.split('').join(' '), calledOut(day, language), calledOut(serial, language)].join(
        zh ? '，' : ', ',
      ),
    )
    .replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (_, y: string, m: string, d: string) =>
      zh ? `${y}年${Number(m)}月${Number(d)}日` : `${Number(d)} ${MONTHS[Number(m) - 1] ?? ''} ${y}`,
    )
    .replace(/(\d{1,2}:\d\d)\s*[–—~-]\s*(\d{1,2}:\d\d)/g, zh ? '$1到$2' : '$1 to $2')
    .replace(/\d+/g, (digits, at: number, whole: string) =>
      isNumberToCall(digits) && !AMOUNT.test(whole.slice(at + digits.length))
        ? calledOut(digits, language)
        : digits,
    )
    .replace(/\s*[·|•→>]\s*/g, zh ? '，' : ', ')
  return zh ? timesInChinese(plain) : daysInEnglish(plain)
}

const timesInChinese = (words: string) =>
  words.replace(/(^|[^\d:])(\d{1,2}):(\d\d)(?![\d:])/g, (_, before: string, hour: string, minute: string) =>
    minute === '00' ? `${before}${Number(hour)}点` : `${before}${Number(hour)}点${minute}分`,
  )

const daysInEnglish = (words: string) =>
  words
    .replace(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?/g, day => WEEKDAYS[day.slice(0, 3)] ?? day)
    .replace(
      /\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b\.?/g,
      (_, day: string, month: string) =>
        `${day} ${MONTHS.find(name => name.startsWith(month.slice(0, 3))) ?? month}`,
    )
