import type { CaseClass } from '../talk.ts'

/** What makes a matter important or urgent, by its words. Written by the project; the first class with a hit is proposed. */
export const CLASS_WORDS: readonly { class: CaseClass; says: RegExp }[] = [
  {
    class: 'urgent',
    says: /爆管|漏电|电线(?:掉|断|垂|裸露)|井盖(?:丢|没|不见|缺|被偷)|没有井盖|(?:墙皮|外墙|广告牌|瓷砖|玻璃).{0,4}(?:掉|脱落|坠)|要塌|快塌|塌方|塌陷|煤气味|燃气味|燃气泄漏|漏气|被困|manhole (?:cover )?(?:is )?missing|live wire|gas leak/g,
  },
  {
    class: 'important',
    says: /老人|老年人|[七八九]\s?十多?岁|[789]\d\s?岁|[789]\d了|病人|孕妇|残疾|轮椅|瘫痪|婴儿|新生儿|坐月子|透析|停水|停电|停暖|暖气.{0,4}(?:不热|冰凉|停)|没暖气|没水|没电|消防通道|消防隐患|火灾隐患|安全隐患|食物中毒|拖欠工资|欠薪|农民工|群体|几十户|上百户|全小区|elderly|disabled|pregnant|wheelchair|no water|no heating|power cut/g,
  },
]

/** Matters where a person may be in need right now, so one short question comes before the filing. */
export const LIFT_OUT =
  /(?:电梯|升降梯).{0,16}(?:坏|停|故障|不能用|不动|罢工|没修|卡|掉|用不了|不修|瘫痪)|(?:坏|停运|停用|故障).{0,6}电梯|(?:elevator|lift).{0,24}(?:broken|stuck|not working|out of order|down|stopped)|broken (?:elevator|lift)/

/** Heating, water, power or gas that is out. */
export const SUPPLY_OUT =
  /停水|停电|停暖|停气|停供|断水|断电|断气|没水|没电|没暖气|没有暖气|暖气.{0,6}(?:不热|冰凉|停|凉)|不供暖|no (?:water|heating|electricity|power|gas)|power cut|heating.{0,12}(?:off|out|broken|not working)/

/** Someone at home who suffers more from it. */
export const FRAIL =
  /老人|老年人|老太太|老爷子|奶奶|爷爷|姥姥|姥爷|[789]\d\s?(?:多)?(?:岁|了)|[七八九]十多?岁|病人|生病|重病|卧床|糖尿病|高血压|心脏病|透析|孕妇|怀孕|残疾|轮椅|瘫痪|婴儿|宝宝|刚出生|新生儿|坐月子|腿脚不|行动不便|elderly|old (?:mother|father|man|woman|people)|disabled|pregnant|wheelchair|baby/

/** Words that hold sensitive personal data (个人信息保护法 28): health, identity numbers, children under 14. */
export const SENSITIVE: readonly { kind: 'idNumber' | 'health' | 'child' | 'bank'; says: RegExp }[] = [
  {
    kind: 'idNumber',
    says: /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dx](?![\da-z])/,
  },
  { kind: 'bank', says: /(?<!\d)(?:62|4\d|5[1-5])\d{14,17}(?!\d)/ },
  {
    kind: 'health',
    says: /癌|肿瘤|艾滋|乙肝|肝炎|精神病|精神分裂|抑郁症|焦虑症|躁郁|糖尿病|高血压|心脏病|尿毒症|透析|白血病|确诊|瘫痪|截瘫|怀孕|孕妇|流产|癫痫|脑梗|中风|病历|诊断书|\bhiv\b|cancer|diabet|pregnan|epilep|stroke/,
  },
  {
    kind: 'child',
    says: /(?:我|他|她|家)的?(?:孩子|小孩|娃|儿子|女儿|闺女|孙子|孙女|外孙)[^。！？]{0,8}(?<!\d)(?:[1-9]|1[0-3]|[一二三四五六七八九]|十[一二三]?)岁|(?:my|our) (?:son|daughter|child|kid)[^.!?]{0,20}\b(?:[1-9]|1[0-3]) years? old/,
  },
]
