import { phonesIn } from '../phone.ts'
import type { FoundName } from '../place.ts'
import { detailsIn } from '../place-details.ts'
import { asSaidIn } from './as-said.ts'
import { timesIn } from './times.ts'

/** Kind → the exact strings of the text. */
export interface Entities {
  time: readonly string[]
  amount: readonly string[]
  place: readonly string[]
  person: readonly string[]
  phone: readonly string[]
  plate: readonly string[]
  case_code: readonly string[]
}

const HAN = '[一二两三四五六七八九十百千万]'
const AMOUNT = new RegExp(
  [
    '(?:¥|￥|rmb ?)\\s?\\d[\\d,]{0,15}(?:\\.\\d{1,4})?',
    '(?<![\\d,.])\\d[\\d,]{0,15}(?:\\.\\d{1,4})?\\s?(?:[万千百]多?)?(?:元|块钱?|yuan)',
    '(?<![\\d,.])\\d[\\d,]{0,15}(?:\\.\\d{1,4})?\\s?[万千]多?(?![\\d户人名个家次平步里米斤吨年])(?:元|块钱?)?',
    `${HAN}{1,8}多?(?:元|块钱)`,
    // "a lump of ground" is no money: one character and 块 only where nothing follows it.
    `${HAN}{2,8}多?块|[两三四五六七八九十]块(?=$|[,，。;；!！?？\\s]|一|每)`,
    `${HAN}{1,7}万[一二三四五六七八九](?!${HAN}|[户人名个家次年])`,
  ].join('|'),
  'g',
)
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z]\s?[·.]?\s?(?:[a-hj-np-z0-9]{5}|[df][a-hj-np-z0-9]{5}|\d{5}[df])(?![a-z0-9])/g
const INTRODUCED = '(?:我叫|我是|本人叫?|姓名[是:]?|名字[是叫:]?|联系人[是:]?)'
/** What may stand behind a name by which the writer introduces himself. */
const AFTER_NAME = '(?=[,，。、;；!！\\s]|电话|手机|家住|住|我家|的?联系|$)'
const TITLE =
  '先生|女士|师傅|阿姨|大爷|大妈|大娘|大姐|大哥|老师|医生|大夫|经理|主任|局长|书记|警官|奶奶|爷爷|律师|院长|校长|所长|队长'
const PERSON = new RegExp(
  `${INTRODUCED}\\s?([\\u4e00-\\u9fa5]{2,4}?)${AFTER_NAME}|我姓([\\u4e00-\\u9fa5])(?![\\u4e00-\\u9fa5]{0,1}名)|([\\u4e00-\\u9fa5])(?:${TITLE})`,
  'g',
)
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐'
const LONG_SURNAMES = /^(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容)/
/** Words that begin like a name and are none. */
const NO_NAME =
  /^(?:高中|马上|安全|文明|金融|江湖|白天|石头|方便|程度|万一|温度|向来|任何|严重|康复|于是|钱[^\u4e00-\u9fa5]|黄昏|范围|施工|田地|叶子|林业|雷锋|石油)/
const CODE = /(?<![a-z])[a-z]{2,4}[\s-]?(20\d{6})[\s-]?(\d{4,8})(?!\d)/g

/** Case codes in the text: as kept (`HS-20261103-0042`) and as written. */
export function codesIn(plain: string): { code: string; words: string }[] {
  return [...plain.matchAll(CODE)].map(hit => {
    const prefix = /^[a-z]+/.exec(hit[0])![0].toUpperCase()
    return { code: `${prefix}-${hit[1]}-${hit[2]}`, words: hit[0] }
  })
}

/** Persons named in the text, by introduction or by surname and title. */
export function personsIn(plain: string): string[] {
  return [...plain.matchAll(PERSON)].flatMap(hit => {
    const [words, full, surname, titled] = hit
    if (full) return isName(full) ? [full] : []
    if (surname) return SURNAMES.includes(surname) ? [surname] : []
    return titled && SURNAMES.includes(titled) ? [words] : []
  })
}

const isName = (words: string): boolean =>
  LONG_SURNAMES.test(words) || (words.length <= 3 && SURNAMES.includes(words[0]!) && !NO_NAME.test(words))

const INTRODUCES = new RegExp(`${INTRODUCED}\\s?([\\u4e00-\\u9fa5]{2,4}?)${AFTER_NAME}`, 'g')

/** A name by which the writer introduces himself, else undefined. */
export const introducedName = (plain: string): string | undefined =>
  [...plain.matchAll(INTRODUCES)].map(hit => hit[1]!).find(isName)

/** Everything named in a text, in the person's own letters. `plain` is its matching form, `names` the places found in it; `now` an ISO instant. */
export function entitiesIn(text: string, plain: string, names: readonly FoundName[], now: string): Entities {
  const asSaid = asSaidIn(text)
  const { street, building } = detailsIn(plain)
  const places = names.map(name => name.words)
  const rest = places.reduce((left, name) => left?.replace(name, ''), street)
  const beside = rest !== undefined && rest.length > 2 && !places.some(name => name.includes(rest))
  const own = (words: readonly string[]) => [...new Set(words.flatMap(each => asSaid(each.trim()) ?? []))]
  return {
    time: own(timesIn(plain, now).map(time => time.words)),
    amount: own(plain.match(AMOUNT) ?? []),
    place: own([...places, ...(beside ? [rest] : []), ...(building ? [building] : [])]),
    person: own(personsIn(plain)),
    phone: own(phonesIn(plain).map(phone => phone.words)),
    plate: own(plain.match(PLATE) ?? []),
    case_code: own(codesIn(plain).map(code => code.words)),
  }
}
