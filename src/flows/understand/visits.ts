import type { Met, VisitKind } from '../../rules/care/duties.ts'
import { timesIn } from './times.ts'

/** What a volunteer's report tells, by words. Written by the project. */

// biome-ignore format: a table
const KINDS: readonly { kind: VisitKind; says: RegExp }[] = [
  { kind: 'letter',    says: /写(?:了)?(?:封|一封)?信|寄(?:了)?(?:封|一封)?信|\bletter\b/ },
  { kind: 'homeVisit', says: /家访|(?:去|到)(?:了|过)?[^，。！？]{0,4}家|上门|登门|家里(?:看|坐)|去看|看望|看了|看过|去过|送(?:了|去)|\bvisit/ },
  { kind: 'call',      says: /打(?:了|过|个|的|通)?.{0,6}电话|通(?:了|过|个)?(?:电)?话|来电|视频|语音|没接|没打通|\b(?:call|phone)/ },
  { kind: 'message',   says: /发(?:了|过)?(?:个|条)?(?:微信|短信|消息|信息)|微信(?:上|里)?(?:聊|说|问)|聊(?:了)?(?:会儿?|几句)?微信|\b(?:messaged|texted|wechat)/ },
  { kind: 'meeting',   says: /见(?:了|到|过|着)|碰(?:见|到|上)|(?:在|去|到)学校|接[^，。！？]{0,4}放学|一起(?:吃|玩|去)|带(?:他|她|孩子)去|陪|\b(?:met|saw)\b/ },
]

export const kindIn = (plain: string): VisitKind | undefined =>
  KINDS.find(({ says }) => says.test(plain))?.kind

const AWAY =
  /(?:爸爸?|妈妈?|父亲|母亲|父母|爹|娘|家长)(?:[^，。！？]{0,8}(?:在外|外地|打工))?|\b(?:father|mother|parents?|dad|mum|mom)\b/
const GUARDIAN =
  /奶奶|爷爷|姥姥|姥爷|外婆|外公|监护人|婶|姑姑?|姨|舅|伯|叔叔|老人|\b(?:grand\w+|guardian|aunt|uncle)\b/
const CHILD =
  /孩子|娃|小朋友|(?:他|她)(?:挺|很|都|还|学习|成绩|身体)|挺好|都好|长高|作业|学习|成绩|\b(?:child|kid|he|she)\b/

/** Whom it reached, as far as said. A child named is met in a visit; in a call to a grown-up it is talked about. */
export function metIn(plain: string, kind: VisitKind | undefined): Met[] {
  const grown: Met[] = [
    ...(GUARDIAN.test(plain) ? (['guardian'] as const) : []),
    ...(AWAY.test(plain) ? (['parent'] as const) : []),
  ]
  if (kind === 'letter') return ['parent']
  const talkedAbout = (kind === 'call' || kind === 'message') && grown.length > 0
  const present = kind === 'homeVisit' || kind === 'meeting' || CHILD.test(plain)
  return present && !talkedAbout
    ? ['child', ...grown.filter(one => one !== 'parent' || !GUARDIAN.test(plain))]
    : grown
}

const FAILED =
  /没(?:有)?(?:见到|见着|碰到|碰上|遇到|去成|打通|联系上|找到)|没人(?:在家|接|开门)?|没接|不在家|扑空|关机|停机|打不通|联系不上|nobody (?:home|in|answered)|no answer|could ?n[o']t reach|was(?:n't| not) (?:home|in)/
/** True where the try came to nothing. */
export const failedIn = (plain: string): boolean => FAILED.test(plain)

/** Told how the child is. */
export const reportedIn = (plain: string): boolean =>
  /(?:说|讲|告诉|汇报|介绍|通报)(?:了|过)?(?:一下)?.{0,6}(?:孩子|娃|情况|学习|近况)|\btold (?:him|her|them)/.test(
    plain,
  )

export const NEED_KINDS = ['school', 'doctor', 'subsidy', 'living', 'mind'] as const
export type NeedKind = (typeof NEED_KINDS)[number]

// biome-ignore format: a table
const NEEDS: readonly { kind: NeedKind; says: RegExp }[] = [
  { kind: 'school',  says: /(?:缺|没有?|需要|想要|要)[^，。！？]{0,6}(?:书包|文具|课本|学习用品|台灯|校服|辅导|作业本|桌子)|school (?:things|bag|books)|tutor/ },
  { kind: 'doctor',  says: /(?:生病|病了|发烧|咳嗽|身体不好|不舒服|看病|住院|牙疼|眼睛看不清|要(?:去)?(?:看)?(?:医生|大夫|医院))|\b(?:doctor|sick|ill|fever)\b/ },
  { kind: 'subsidy', says: /低保|补助|补贴|救助|困难补助|申请.{0,6}(?:钱|补)|学费(?:交不|没|不够)|\bsubsid/ },
  { kind: 'living',  says: /(?:缺|没有?|需要)[^，。！？]{0,6}(?:衣服|棉衣|被子|鞋|煤|米|油|炉子|取暖)|漏雨|断电|房子(?:破|漏)|warm clothes/ },
  { kind: 'mind',    says: /不爱说话|闷闷不乐|想(?:爸爸|妈妈|父母)|老哭|情绪(?:不好|低落)|孤单|不想上学|厌学|\b(?:sad|lonely|withdrawn)\b/ },
]

/** Needs heard, each once. */
export const needsIn = (plain: string): NeedKind[] =>
  NEEDS.flatMap(({ kind, says }) => (says.test(plain) ? [kind] : []))

/** Support given, in kind or money, in the words it was told in. */
export const givenIn = (text: string): string | undefined =>
  /(?:带|送|给|买|捐)(?:了|去|过)?[^，。！？]{0,10}(?:书包|文具|书|衣服|鞋|牛奶|水果|米|面|油|月饼|粽子|零食|被子|\d+\s?元|\d+块|钱)[^，。！？]{0,6}/.exec(
    text,
  )?.[0]

/** The day it happened, `YYYY-MM-DD`, if told. */
export const dayIn = (plain: string, now: string): string | undefined =>
  timesIn(plain, now).find(time => time.day !== undefined)?.day

export const REMIND_TOMORROW =
  /^(?:请|麻烦)?明天(?:再)?(?:提醒|叫|喊|说)(?:我|一下|一声)*[吧啊。!！~\s]*$|^(?:过|等)?(?:一|1)天再提醒我?|^remind me tomorrow/
export const CANNOT =
  /(?:这|本)(?:周|星期|礼拜|个?星期|几天|段时间)(?:我)?(?:都|可能|实在|真的)?(?:去不了|不行|没空|没时间|来不了|过不去)|(?:去不了|没空|没时间)[^，。]{0,6}(?:这|本)(?:周|星期|几天)|cannot this week|can'?t (?:make it |go )?this week/
/** A one-time code: `YW-` of a volunteer, `JZ-` of a parent or carer. */
export const LINK_CODE = /(yw|jz)-?\s?([0-9a-z]{10})\b/
/** "给小禾爸爸写封信：…": the wish to write, not a letter that was written (写了信); what follows the colon is the letter. */
export const LETTER_WISH =
  /^(?:请|麻烦)?(?:我(?:想|要))?(?:帮我)?给[^，。：:！？]{0,16}写(?:一)?封?信(?![了过])(?:\s*[：:，,]\s*([\s\S]*))?|^(?:please )?write (?:a letter )?to [^:.!?]{0,40}?(?:father|mother|dad|mum|mom|parents?)(?:\s*:\s*([\s\S]*))?/i
/** "看交接": what the volunteer before them left. */
export const HAND_OVER =
  /^(?:我想|想|请|给我)?(?:看|看看|看一下|查)?(?:[^，。！？]{0,6}的)?交接(?:情况|记录|的话|内容)?[吧啊。!！~\s]*$|^(?:show (?:me )?)?(?:the )?hand-?over(?: notes?)?[.!\s]*$/
/** "看信": the letters sent to a parent. */
export const READ_LETTERS =
  /^(?:我想|想|请|打开)?(?:看|读|打开|念)(?:一?下)?(?:那封|这封|孩子的)?信[吧啊。!！~\s]*$|^(?:open|read|show)(?: me)? (?:the |my )?letters?[.!\s]*$/
