import { namesIn } from '../place.ts'
import { detailsIn } from '../place-details.ts'
import { forMatching, lettersOf } from '../text.ts'
import { entitiesIn } from './entities.ts'
import { sensitiveIn } from './sensitive.ts'
import { dangerOf, type Resources } from './understand.ts'

/** What stands where something personal stood. Clerks see them; the trainer reads a blank. */
const MARKS = {
  person: '〔人名〕',
  phone: '〔电话〕',
  number: '〔号码〕',
  plate: '〔车牌〕',
  place: '〔地点〕',
  firm: '〔单位〕',
  time: '〔时间〕',
  age: '〔岁数〕',
} as const
const MARK = /(〔[^〔〕]*〕)/
/** So few letters besides the marks teach nothing. */
const FEWEST = 6
/** A story is read so far; the subject stands at its beginning. */
const LONGEST = 600

/** What the words are known to hold: names, numbers and places given beside them. */
export interface Given {
  names: readonly string[]
  places: readonly string[]
}

const HAN_NUMBER = '[〇零一二两三四五六七八九十百幺]'
const SURNAME =
  '(?:欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|公孙|慕容|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤康施牛樊葛邢齐那鲍佟关])'
/** Words that begin like a name and are none; where one of them is a name after all, the clerk takes it out. */
const NO_NAME =
  '(?!马路|马上|马桶|马达|高空|高层|高压|高速|高价|高额|高温|高中|高考|黄色|白色|白天|金属|金额|石头|田地|龙头|毛病|方向|方面|方便|方案|万一|钱[款不没都还就也给交要]|方[的便]|陆续|曾经|任何|何时|何况|温度|施工|夏天|夏季|严重|严格|顾客|康复|胡同|胡乱|孙子|孙女|许多|周围|周末|周边|周[一二三四五六日]|程序|程度|叶子|林业|段时间|江湖|关于|关系|关键|关门|关闭|孔洞|范围|史上|贺|石板|段路|万人|万元|安|余额|汤|水)'
const NAME = `${NO_NAME}${SURNAME}[\\u4e00-\\u9fa5]{1,2}`
/** What stands before a name: behind it whatever may be a name goes. And what stands behind a name where nothing stands before. */
const WHO =
  '邻居|隔壁|车主|乘客|摊主|店主|经理|主任|书记|队长|组长|楼长|店长|院长|所长|校长|局长|律师|医生|大夫|老师|护士|司机|保安|师傅|民警|房东|房主|租户|租客|租房的|老板|业主|户主|住户|对门|同事|同学|孩子|儿子|女儿|老公|丈夫|妻子|老婆|爱人|老伴|父亲|母亲|岳父|岳母|婆婆|公公|朋友|战友|包工头|名叫|叫做|叫|姓名|法人|负责人|经办人|联系人|当事人'
const BEHIND =
  '(?=$|[,，。、;；:：!！?？\\s〔]|经常|总是|天天|每天|一直|多次|打|骂|说|住|养|欠|拖|占|把|被|在|的|家|和|与|跟|找|不|没|他|她|先生|女士|收|拿|骗|都|也|还|要|交|给|就|去|来|已|又|有|是|从|同意)'

/** What is masked besides the entities, in this order: the writing of numbers first, then of people and houses. In doubt it goes. */
// biome-ignore format: a table
const ALSO: readonly (readonly [keyof typeof MARKS, RegExp])[] = [
  ['number', /(?:https?:\/\/|www\.)[^\s，。；、]+|[a-z0-9._-]+@[a-z0-9.-]+/g],
  ['number', /(?:微信|wx|vx|v信|qq|wechat|抖音)(?:号码?|id)?[是为:：\s]*[a-z0-9_-]{4,}/g],
  ['plate', /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[a-z]\s?[·.\s]?\s?[a-z0-9]{4,6}(?![a-z0-9])/g],
  ['number', /[a-z]*\d(?:[\s-]?[\da-z*]){4,}/g],
  ['firm', /[^\s,，。、;；:：!！?？〔〕]{2,14}有限(?:责任)?公司/g],
  ['place', /(?<=住在?|家在|位于|地址(?:是|在|[:：])?\s?)[^\s,，。、;；:：!！?？〔〕]{2,16}/g],
  ['place', new RegExp(`第?(?:\\d{1,3}|${HAN_NUMBER}{1,3})\\s?(?:村民)?(?:小组|组|生产队|队)(?!织|长|员)`, 'g')],
  ['phone', new RegExp(`${HAN_NUMBER}{6,}`, 'g')],
  ['age', new RegExp(`(?:\\d{1,3}|${HAN_NUMBER}{1,4})多?(?:周?岁)`, 'g')],
  ['time', /\d{2,4}\s?年(?:底|初)?|\d{1,2}\s?月份?|\d{1,2}\s?[日号](?!楼|院|线)|\d{1,2}\s?[:：]\s?\d{2}|\d{1,2}\s?点(?:半|钟|多)?/g],
  ['place', new RegExp(`(?:[a-z]?\\d{1,4}|${HAN_NUMBER}{1,4}|[甲乙丙丁东南西北])\\s?-?\\s?(?:号楼|号院|号|栋|幢|座|单元|门洞|门牌|层|室|户|排|弄|楼)`, 'g')],
  ['place', /(?<![\d.])\d{1,3}(?:\s?-\s?\d{1,4})+/g],
  ['person', new RegExp(`(?<=${WHO})(?:是|叫|为|[:：\\s])?${NAME}`, 'g')],
  ['person', new RegExp(`(?<=^|[,，。、;；:：!！?？\\s〕和与跟找被让给的是请由把])${NAME}${BEHIND}`, 'g')],
  ['person', new RegExp(`(?<!养)(?:老|小|阿)${NO_NAME}${SURNAME}(?![路区学])`, 'g')],
  ['person', new RegExp(`${NO_NAME}${SURNAME}(?:某某?|家|总|工|哥|姐|叔|婶|姨|嫂|爷|奶|队|科长|处长|站长|镇长|村长|会计|律师|法官)(?![庭具程])`, 'g')],
  ['person', /(?<=\b(?:my name is|i am|i'm|called|named|mr\.?|mrs\.?|ms\.?|miss|dr\.?)\s)[a-z]+(?:\s[a-z]+)?/g],
]

/** Does something to what stands between the marks. */
const between = (text: string, to: (part: string) => string): string =>
  text
    .split(MARK)
    .map((part, at) => (at % 2 === 0 ? to(part) : part))
    .join('')

/** Every one of these words becomes the mark; longest first, so that no piece of a longer one is left. */
function masked(text: string, words: readonly string[], mark: string): string {
  const found = [...new Set(words.map(word => word.trim()).filter(word => word !== ''))]
  return found
    .sort((a, b) => b.length - a.length)
    .reduce((out, word) => between(out, part => part.replaceAll(word, mark)), text)
}

/** Streets, estates and buildings, one after the other until none is left. */
function withoutDetails(text: string): string {
  return between(text, part => {
    let rest = part
    for (let turn = 0; turn < 30; turn++) {
      const { street, building } = detailsIn(rest)
      if (!street && !building) break
      for (const words of [building, street]) if (words) rest = masked(rest, [words], MARKS.place)
    }
    return rest
  })
}

/**
 * The words of a case with everything personal masked, in matching form, as understanding reads them: people, phones, identity and other
 * numbers, plates, places, houses, times and ages. What is masked twice stays as it is. `now` (ISO) only resolves times.
 */
export function maskedWords(text: string, given: Given, { gazetteer }: Resources, now: string): string {
  const plain = forMatching(text.slice(0, LONGEST))
  const known = (words: readonly string[]) => words.map(forMatching).filter(word => [...word].length >= 2)
  let out = masked(masked(plain, known(given.names), MARKS.person), known(given.places), MARKS.place)
  const names = namesIn(out, gazetteer)
  const found = entitiesIn(out, out, names, now)
  const kinds = [
    [found.case_code, MARKS.number],
    [found.phone, MARKS.phone],
    [found.plate, MARKS.plate],
    [found.place, MARKS.place],
    // "broken for two weeks": broken stays.
    [found.time.map(words => words.replace(/^.*了(?=.)/, '')), MARKS.time],
    [found.person, MARKS.person],
  ] as const
  for (const [words, mark] of kinds) out = masked(out, words, mark)
  out = withoutDetails(out)
  for (const [kind, says] of ALSO) out = between(out, part => part.replace(says, MARKS[kind]))
  return out.replace(/(〔[^〕]*〕)(?:\s*\1)+/g, '$1').trim()
}

/**
 * What of a case may be an example: its masked words, or null where they hold sensitive data (health, children, identity numbers), speak of
 * danger, or say nothing once masked.
 */
export function exampleOf(text: string, given: Given, resources: Resources, now: string): string | null {
  if (sensitiveIn(text).length > 0 || dangerOf(text, resources).kinds.length > 0) return null
  const out = maskedWords(text, given, resources, now)
  return lettersOf(forTraining(out)).length >= FEWEST ? out : null
}

/** The words as the trainer reads them: a blank for every mark. */
export const forTraining = (example: string): string =>
  example
    .replace(/〔[^〕]*〕/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
