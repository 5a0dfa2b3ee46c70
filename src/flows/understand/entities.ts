import { phonesIn } from '../phone.ts'
import { detailsIn, type Gazetteer, namesIn } from '../place.ts'
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

const AMOUNT =
  /(?:¥|￥|rmb ?)\s?\d[\d,]{0,15}(?:\.\d{1,4})?|(?<![\d,.])\d[\d,]{0,15}(?:\.\d{1,4})?\s?(?:万多?|千多?|百多?)?(?:元|块钱?|万元?|万块钱?|yuan)|[一二两三四五六七八九十百千万]{1,8}(?:多)?(?:元|块钱?|万块?)/g
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z]\s?[·.]?\s?(?:[a-hj-np-z0-9]{5}|[df][a-hj-np-z0-9]{5}|\d{5}[df])(?![a-z0-9])/g
const PERSON =
  /(?:我叫|我是|姓名[是:]?|名字[是叫:]?|联系人[是:]?)\s?([\u4e00-\u9fa5]{2,3})(?=[,，。、;；\s]|电话|手机|$)|([\u4e00-\u9fa5])(先生|女士|师傅|阿姨|大爷|大妈|老师|医生|经理|主任|局长|书记|警官)/g
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐'
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
    const full = hit[1]
    if (full) return SURNAMES.includes(full[0]!) ? [full] : []
    return SURNAMES.includes(hit[2]!) ? [`${hit[2]}${hit[3]}`] : []
  })
}

/** A name by which the writer introduces himself, else undefined. */
export const introducedName = (plain: string): string | undefined =>
  personsIn(plain).find(name =>
    new RegExp(`(?:我叫|我是|姓名[是:]?|名字[是叫:]?|联系人[是:]?)\\s?${name}`).test(plain),
  )

/** Everything named in a text. `plain` as from `forMatching`; `now` as ISO instant. */
export function entitiesIn(plain: string, gazetteer: Gazetteer, now: string): Entities {
  const { street, building } = detailsIn(plain)
  const places = namesIn(plain, gazetteer).map(name => name.words)
  return {
    time: timesIn(plain, now).map(time => time.words),
    amount: unique(plain.match(AMOUNT) ?? []),
    place: unique([...places, ...(street ? [street] : []), ...(building ? [building] : [])]),
    person: unique(personsIn(plain)),
    phone: unique(phonesIn(plain).map(phone => phone.words)),
    plate: unique(plain.match(PLATE) ?? []),
    case_code: unique(codesIn(plain).map(code => code.words)),
  }
}

const unique = (words: readonly string[]): string[] => [...new Set(words)]
