import type { MediationVerb } from '../rules/mediation/types.ts'
import type { Safety } from '../store/mediations.ts'

/** One thing that happens, so many days after the application. `book`, `join`, `words` and `atMeeting` are small stories of their own. */
export interface PlotStep {
  after: number
  who: 'applicant' | 'other' | 'secretary' | 'mediator' | 'clock'
  verb: MediationVerb | 'join' | 'words' | 'atMeeting'
  form?: Readonly<Record<string, unknown>>
}

/** A mediation of the demonstration: applied for `days` ago, and what followed. Names and matters are invented. */
export interface MediationPlot {
  days: number
  panel: string
  secretary: string
  mediator: string
  category: string
  what: string
  otherName: string
  name: string
  phone: string
  safety: Safety
  answers: Readonly<Record<string, string | null>>
  /** The resident whose recovery code is published has this side. */
  known?: 'applicant' | 'other'
  steps: readonly PlotStep[]
}

const step = (
  after: number,
  who: PlotStep['who'],
  verb: PlotStep['verb'],
  form?: PlotStep['form'],
): PlotStep => ({
  ...{ after, who, verb },
  ...(form ? { form } : {}),
})
const PROPERTY = { panel: 'P01', secretary: 'panel-property', mediator: 'mediator', category: 'property' }
const LABOUR = { panel: 'P04', secretary: 'panel-labour', mediator: 'mediator6', category: 'wages' }
const FAMILY = { panel: 'P06', secretary: 'panel-family', mediator: 'mediator2', category: 'family' }
const NOISE = { panel: 'P05', secretary: 'panel-environment', mediator: 'mediator7', category: 'noise' }
const TRAFFIC = { panel: 'P02', secretary: 'panel-traffic', mediator: 'mediator4', category: 'crash' }
const MEDICAL = { panel: 'P03', secretary: 'panel-medical', mediator: 'mediator5', category: 'malpractice' }

const WILLING = [step(1, 'secretary', 'admit'), step(2, 'secretary', 'join'), step(3, 'other', 'consent')]
const RECORD = {
  facts: '双方对经过没有争议，对数额有分歧。',
  points: '应当承担多少、什么时候履行。',
  applicant: '希望尽快解决，数额可以商量。',
  other: '愿意承担合理的部分。',
}
const agreementOf = (what: string, back: string) => ({
  facts: '经双方陈述和材料核对，事实清楚。',
  dispute: '履行的数额和时间。',
  responsibility: '被申请人承担主要责任，申请人予以配合。',
  items: [
    { side: 'other', what, by: 10, how: '转账或书面', where: '' },
    { side: 'applicant', what: back, by: 14, how: '', where: '' },
  ],
})
const one = (name: string, n: number) => ({
  name,
  phone: `1390000${String(7000 + n)}`,
  safety: 'safe' as const,
})

// biome-ignore format: one matter a line
export const PLOTS: readonly MediationPlot[] = [
  { ...PROPERTY, ...one('方守信', 1), days: 1, what: '物业三年没有公布电梯广告的收入，问了几次都推。', otherName: '安居物业公司', answers: { item: 'income', building: '红山郡3号楼', contract: null, accepted: 'no' }, steps: [] },
  { ...FAMILY, ...one('白静', 2), safety: 'afraid', days: 1, what: '想和前夫谈孩子的抚养费，他一年没有给了。', otherName: '郑某', answers: { relation: 'former', item: 'care', children: '一个，7岁', accepted: 'no' }, steps: [] },
  { ...LABOUR, ...one('田宝山', 3), days: 6, what: '工地欠了三个月工资，包工头电话不接。', otherName: '鼎立建筑工程队', answers: { item: 'wages', employer: '鼎立建筑，木工', since: null, ended: null, owed: '两万一', accepted: 'arbitration' }, steps: [step(1, 'secretary', 'decline', { reason: '劳动仲裁委员会已经受理，依法不能再受理调解。', routes: ['arbitration', 'legalAid'] })] },
  { ...TRAFFIC, ...one('康立', 4), days: 5, what: '路口被撞，对方态度恶劣还威胁要找人。', otherName: '潘某', answers: { on: null, injury: 'hurt', certificate: null, insurer: null, accepted: 'no' }, steps: [step(1, 'secretary', 'refer', { to: 'police', reason: '对方有威胁的话，先由公安机关处理。' })] },
  { ...PROPERTY, ...one('江海', 5), days: 4, known: 'other', what: '楼上漏水把天花板泡了，双方谈不拢赔多少。', otherName: '楼上住户', answers: { item: 'repair', building: '红山郡3号楼402', contract: null, accepted: 'no' }, steps: [step(1, 'secretary', 'admit'), step(2, 'secretary', 'join')] },
  { ...NOISE, ...one('苏晚', 6), days: 9, what: '楼下舞厅夜里十二点还在放音乐。', otherName: '星光娱乐中心', answers: { item: 'noise', source: '楼下', times: '晚上十点到一点', harm: '睡不着', accepted: 'no' }, steps: [step(1, 'secretary', 'admit'), step(2, 'secretary', 'join'), step(4, 'other', 'rebuff', { text: '我们有许可证。' })] },
  { ...LABOUR, ...one('鲁大力', 7), days: 17, what: '辞退没有给补偿。', otherName: '捷运物流公司', answers: { item: 'contract', employer: '捷运物流，司机', since: null, ended: null, owed: null, accepted: 'no' }, steps: [step(1, 'secretary', 'admit'), step(15, 'clock', 'silence')] },
  { ...PROPERTY, ...one('齐家和', 8), days: 6, what: '车位费涨了一倍，没有商量过。', otherName: '福兴物业公司', answers: { item: 'parking', building: '阳光花园', contract: null, accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'words', { text: '我最多能接受涨两成，先别告诉他们。' })] },
  { ...PROPERTY, ...one('沈小满', 9), days: 5, known: 'applicant', what: '物业费涨价没有公示，要求按原价。', otherName: '安居物业公司', answers: { item: 'fee', building: '红山郡5号楼', contract: '2024到2026', accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book', { ahead: 3 })] },
  { ...FAMILY, ...one('丁香', 10), days: 6, what: '兄妹三人商量怎么轮流照顾父亲。', otherName: '丁某', answers: { relation: 'sibling', item: 'support', children: null, accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book', { ahead: 4 })] },
  { ...MEDICAL, ...one('洪涛', 11), days: 12, what: '手术后感染，想知道是谁的责任。', otherName: '红山区中心医院', answers: { hospital: '中心医院外科', on: null, claim: '查清责任', accepted: 'no' }, steps: [...WILLING, step(5, 'secretary', 'appraise', { text: '双方同意委托医学会鉴定。' })] },
  { ...NOISE, ...one('甘露', 12), days: 14, what: '空调外机对着窗户，夏天没法开窗。', otherName: '鑫源超市', answers: { item: 'noise', source: '对面超市', times: '白天', harm: null, accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book'), step(12, 'mediator', 'atMeeting')] },
  { ...LABOUR, ...one('施工', 13), days: 16, what: '欠了两个月加班费。', otherName: '宏达餐饮公司', answers: { item: 'wages', employer: '宏达餐饮，后厨', since: null, ended: null, owed: '四千六', accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book'), step(12, 'mediator', 'atMeeting', { verb: 'agree', record: RECORD, agreement: agreementOf('付清加班费四千六百元', '收款后出具收条') })] },
  { ...PROPERTY, ...one('段永年', 14), days: 28, what: '外墙掉瓷砖砸了车。', otherName: '福兴物业公司', answers: { item: 'falling', building: '阳光花园2号楼', contract: null, accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book'), step(12, 'mediator', 'atMeeting', { verb: 'agree', record: RECORD, agreement: agreementOf('赔偿修车费三千元', '提供修车发票') }), step(26, 'applicant', 'breach', { promise: 1, text: '一分钱还没有给。' })] },
  { ...TRAFFIC, ...one('孔明亮', 15), days: 40, what: '追尾，修车费谈不拢。', otherName: '顺达出租车公司', answers: { on: null, injury: 'none', certificate: null, insurer: null, accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book'), step(12, 'mediator', 'atMeeting', { verb: 'agree', record: RECORD, agreement: agreementOf('付修车费两千元', '交还旧件') }), step(22, 'applicant', 'keep', { promise: 1 }), step(35, 'secretary', 'visit', { visited: { with: '双方', performed: 'yes', satisfied: '3', problems: '' } })] },
  { ...NOISE, ...one('邵云', 16), days: 20, what: '油烟往家里灌。', otherName: '好再来饭店', answers: { item: 'air', source: '楼下饭店', times: '中午晚上', harm: null, accepted: 'no' }, steps: [...WILLING, step(4, 'applicant', 'book'), step(12, 'mediator', 'atMeeting', { verb: 'fail', reason: '双方对改造费用差距太大。', routes: ['authority', 'court'], record: RECORD })] },
  { ...FAMILY, ...one('尹平', 17), days: 8, what: '分家的事，后来自己谈好了。', otherName: '尹某', answers: { relation: 'sibling', item: 'property', children: null, accepted: 'no' }, steps: [step(1, 'secretary', 'admit'), step(3, 'applicant', 'pullOut', { text: '自己谈好了' })] },
]
