import { loadDistrict } from '../../src/district.ts'
import { type Book, makeBook } from '../../src/flows/book.ts'
import type { Errand } from '../../src/flows/guide.ts'
import { routingModel } from '../../src/load.ts'
import type { OpenFrame } from '../../src/rules/calendar/opening.ts'
import { gridShape } from '../../src/rules/place.ts'

const { calendar } = loadDistrict('config/hongshan')

const WEEK: readonly OpenFrame[] = [
  { weekdays: [1, 2, 3, 4, 5], from: '08:30', to: '12:00', holidays: 'closed' },
  { weekdays: [1, 2, 3, 4, 5], from: '14:30', to: '17:30', holidays: 'closed' },
]

/** A small district of the imagination, enough for every talk in these tests. */
export const book: Book = makeBook({
  district: '红山区',
  areaCode: '0476',
  model: routingModel(),
  signs: ['锁着门不开'],
  noticeVersion: '2026-10',
  noticeUrl: 'https://hs.example/privacy',
  gazetteer: {
    towns: [
      { code: '150402008', name: '西城街道' },
      { code: '150402004', name: '东城街道' },
      { code: '150402009', name: '桥北街道' },
      { code: '150402100', name: '红庙子镇' },
    ],
    communities: [
      { code: '150402008001', name: '红山郡社区居委会', town: '150402008' },
      { code: '150402008002', name: '幸福里社区居委会', town: '150402008' },
      { code: '150402004002', name: '红山社区居委会', town: '150402004' },
      { code: '150402004005', name: '富龙社区居委会', town: '150402004' },
      { code: '150402009002', name: '清河社区居委会', town: '150402009' },
      { code: '150402100201', name: '二道井子村委会', town: '150402100' },
    ],
    estates: [
      { name: '红山郡', community: '150402008001' },
      { name: '清河小区', community: '150402009002' },
      { name: '阳光花园', community: '150402008002' },
      { name: '阳光花园', community: '150402004005' },
    ],
    grids: [
      { code: '150402009002003', name: '第3网格' },
      { code: '150402009002004', name: '第4网格（清河小学）' },
    ],
  },
  shapes: [
    gridShape('150402009002003', [
      [118.95, 42.25],
      [118.96, 42.25],
      [118.96, 42.27],
      [118.95, 42.27],
    ]),
    gridShape('150402009002004', [
      [118.96, 42.25],
      [118.97, 42.25],
      [118.97, 42.27],
      [118.96, 42.27],
    ]),
  ],
  hotlines: [
    { number: '12345', label: '政务热线' },
    { number: '12355', label: '青少年服务台', hours: '9:00–17:00' },
    {
      number: '12356',
      label: '心理援助',
      hours: '每天至少 18 小时',
      english: { label: 'Psychological aid', hours: 'at least 18 hours a day' },
    },
    { number: '12338', label: '妇女维权', hours: '工作日 8:30–17:30' },
  ],
  guideUrl: 'https://hs.example/guide',
  guide: [
    errand('residencePermit', '居住证办理', 'Residence permit', ['居住证', '暂住证', 'residence permit']),
    errand('medicalInsurance', '居民医疗保险缴纳', 'Paying medical insurance', ['医保', '医疗保险'], '12333'),
    errand('socialCard', '社保卡补换', 'Replacing a social security card', ['社保卡', '医保卡']),
    errand('minimumLiving', '低保申报', 'Minimum living allowance', ['低保', 'living allowance'], '12345'),
    errand('judicialMediation', '司法调解', 'Judicial mediation', ['调解', 'mediation']),
  ],
  panels: [
    {
      code: 'P01',
      name: '物业纠纷',
      english: 'Property disputes',
      mediates: true,
      questions: [
        {
          key: 'item',
          kind: 'oneOf',
          ask: { words: '是哪一类问题？', english: 'What is it about?' },
          choices: [
            { value: 'fee', words: '物业费', english: 'The fee' },
            { value: 'income', words: '公共收益', english: 'Common income' },
          ],
        },
        {
          key: 'contract',
          kind: 'words',
          ask: { words: '合同是哪年到哪年？', english: 'Which years does the contract cover?' },
          optional: true,
        },
        {
          key: 'accepted',
          kind: 'oneOf',
          ask: { words: '法院或别的机关受理过吗？', english: 'Has a court or authority taken it up?' },
          choices: [
            { value: 'no', words: '没有', english: 'No' },
            { value: 'court', words: '法院已受理', english: 'A court has' },
          ],
        },
      ],
      photographs: [{ words: '缴费收据', english: 'Receipts' }],
    },
    { code: 'P05', name: '环境保护纠纷', english: 'Environmental disputes', mediates: true },
    { code: 'P06', name: '婚姻家庭纠纷', english: 'Marriage and family disputes', mediates: true },
    {
      code: 'P07',
      name: '预防青少年违法犯罪',
      english: 'Keeping young people out of crime',
      mediates: false,
    },
    { code: 'P08', name: '心理干预', english: 'Psychological help', mediates: false },
  ],
  calendar,
  desks: [
    {
      key: 'mind',
      unit: 'P08',
      panel: 'P08',
      hours: [...WEEK, { weekdays: [6], from: '09:00', to: '12:00', holidays: 'closed' }],
      number: '12356',
    },
    { key: 'youth', unit: 'P07', panel: 'P07', hours: WEEK, number: '12355' },
    {
      key: 'line',
      unit: '150402',
      hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00', holidays: 'open' }],
      number: '12355',
    },
  ],
})

export const NOW = '2026-11-03T02:21:00.000Z'

/** An errand of the guide with details enough to be told. */
function errand(key: string, name: string, english: string, aliases: string[], phone?: string): Errand {
  return {
    key,
    aliases,
    words: {
      name,
      bring: ['身份证', '一寸照片'],
      where: '社区窗口',
      hours: '工作日 8:30–17:30',
      days: '15 日内',
      fee: '免费',
      steps: ['交材料', '审核', '领取'],
    },
    english: {
      name: english,
      bring: ['Identity card', 'A photo'],
      where: 'Community counter',
      hours: 'Working days 8:30–17:30',
      days: 'Within 15 days',
      fee: 'Free',
      steps: ['Hand in the papers', 'They are checked', 'Collect it'],
    },
    doorstep: key === 'minimumLiving',
    online: key !== 'socialCard',
    checked: key === 'socialCard',
    ...(phone ? { phone } : {}),
  }
}
