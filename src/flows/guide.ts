import { forMatching, lettersOf } from './text.ts'

/** The service guide as the talk knows it: which errand a question names. */

/** What is told of an errand, in one language. */
export interface ErrandWords {
  name: string
  bring: readonly string[]
  where: string
  hours: string
  days: string
  fee: string
  steps: readonly string[]
}

export interface Errand {
  key: string
  /** Other words people use for it, in any language. */
  aliases: readonly string[]
  words: ErrandWords
  english: ErrandWords
  doorstep: boolean
  online: boolean
  phone?: string
  /** The office has confirmed what stands here. */
  checked: boolean
}

/** An errand with the words that name it, in matching form. */
export interface NamedErrand extends Errand {
  names: readonly string[]
}

/** Prepares the guide for matching. */
export const namedErrands = (guide: readonly Errand[]): readonly NamedErrand[] =>
  guide.map(errand => ({
    ...errand,
    names: [...new Set([errand.words.name, errand.english.name, ...errand.aliases].map(forMatching))],
  }))

/** "What must I bring, where, how, how much, who may": the sentence asks about an errand. Written by the project. */
const ASKS =
  /带(?:什么|啥|哪些)|要带|拿(?:什么|啥)|(?:什么|哪些|啥|需要?|准备).{0,4}(?:材料|手续|证件|资料|条件)|怎么(?:申请|申报|办理|申领|报名|缴|交|登记|预约|补|换|领|弄|办)|咋(?:办|申请|弄|交|领)|如何(?:申请|申报|办|缴|交|登记|预约|补|领)|(?:去|在|到|上|找)(?:哪|什么地方|谁)|多少钱|要钱|收费|免费|费用|多久|多长时间|几天|谁(?:能|可以)|能不能(?:办|申请|上门|网上|代办)|(?:可以|能)(?:上门|网上|代办)|流程|步骤|指南|几点|什么时候(?:办|开|上班)|电话是?多少|how (?:do|can|to|much|long)|what.{0,24}(?:bring|need|documents|papers)|where (?:do|can|is)|who (?:can|may)|(?:is it|for) free|cost/

/** Something went wrong with the errand: that is a matter, not a question. */
const COMPLAINS =
  /不管|没人|投诉|举报|反映|坏了|不给|取消|停了|停发|断了|不让|不批|没批|不退|拖|推诿|刁难|乱收|没发|没到|少发|迟迟|一直|没办|不热|complain|refus|nobody|no one|stopped/

/** What may stand beside a bare name: "我要办居住证". */
const BESIDE =
  /我|要|想|办理?|申请|咨询|问|请|的|事|关于|指南|一下|我们|老人|帮|(?<![a-z])(?:i|want|to|apply|for|a|the|about|get|my)(?![a-z])/g

/** A name alone, or nearly, may stand for the question in a message of at most so many characters. */
const SHORT = 16
/** A longer message tells a story; a name in it is no question. */
const LONG = 60

/**
 * The errands a message asks about, best first; none when it asks about none. `openly` wants a question, not a bare name:
 * in the middle of another conversation a bare name may be an answer.
 */
export function errandsAsked(
  plain: string,
  guide: readonly NamedErrand[],
  openly: boolean,
): readonly NamedErrand[] {
  if (plain.length > LONG || COMPLAINS.test(plain)) return []
  const asks = ASKS.test(plain)
  if (!asks && (openly || plain.length > SHORT)) return []
  const bare = ({ name }: Hit) => lettersOf(plain.replace(name, '').replace(BESIDE, '')).length === 0
  const found = errandsNamed(plain, guide)
  return (asks ? found : found.filter(bare)).map(({ errand }) => errand)
}

interface Hit {
  errand: NamedErrand
  /** The longest of its names in the message. */
  name: string
}

/** Every errand named, the longest name first; `医保` inside `医保卡` names nothing. */
function errandsNamed(plain: string, guide: readonly NamedErrand[]): Hit[] {
  const hits = guide.flatMap(errand => {
    const name = errand.names
      .filter(each => plain.includes(each))
      .reduce((best, each) => (each.length > best.length ? each : best), '')
    return name ? [{ errand, name }] : []
  })
  return hits
    .filter(hit => !hits.some(other => other.name !== hit.name && covers(other.name, hit.name, plain)))
    .sort((a, b) => b.name.length - a.name.length)
}

/** Whether the shorter name stands in the message only as a part of the longer one. */
const covers = (longer: string, shorter: string, plain: string): boolean =>
  longer.includes(shorter) && !plain.replaceAll(longer, ' ').includes(shorter)
