import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exampleOf, forTraining, maskedWords } from '../../../src/flows/understand/example.ts'
import { book, NOW } from '../district.ts'

const nobody = { names: [], places: [] }
const masked = (text: string, given = nobody as { names: string[]; places: string[] }) =>
  maskedWords(text, given, book.resources, NOW)
const example = (text: string) => exampleOf(text, nobody, book.resources, NOW)

/** What is told, what must be gone, and what must be left to learn from. */
// biome-ignore format: a table
const ROWS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['红山郡3号楼2单元1701隔壁张建国天天半夜打麻将，我叫欧阳若兰，电话138 1234 5678', ['红山郡', '3号', '1701', '张建国', '欧阳', '若兰', '138', '5678'], ['打麻将']],
  ['我是王小二，住在八里铺村二组15号，邻居李大勇家的狗总是叫，微信号 abc_123x', ['王小二', '八里铺', '15', '李大勇', 'abc'], ['狗总是叫']],
  ['昨天下午3点在哈达街与解放路交叉口，蒙D12345把我的车刮了，身份证150402199001011234', ['哈达', '解放', '12345', '150402', '昨天', '3点'], ['车刮了']],
  ['物业公司乱收费，张三和李四都交了，我家阳光花园7栋1单元302室，物业经理刘强东不管', ['张三', '李四', '阳光', '302', '刘强东'], ['物业公司乱收费', '不管']],
  ['老板陈德才欠我三个月工资18000元，公司叫赤峰鑫达建筑有限公司，去年11月到今年3月', ['陈德才', '鑫达', '11月'], ['工资']],
  ['孩子在红山区第三小学上学，班主任周老师让交补课费，QQ 12345678', ['第三', '周老师', '12345678'], ['补课费']],
  ['热力公司的赵师傅来过，说要换阀门，2026年11月3日来的，客服0476-8221234', ['赵师傅', '2026', '8221234'], ['热力公司', '换阀门']],
  ['马路上井盖丢了，老李差点摔倒，我82岁了，电话一三八零零零零一一二二', ['老李', '82', '零零零'], ['马路上井盖丢了']],
  ['３號樓電梯壞了兩週，物業不管，電話１３８１２３４５６７８', ['3号', '138', '１３８'], ['电梯坏了', '物业不管']],
  ['My name is John Smith, the lift in building 3 is broken, call 13800000000 or write john@a.cn', ['john', 'smith', 'building 3', '138', '@'], ['the lift', 'broken']],
  ['路口红绿灯不亮，车主刘伟堵在那，车牌蒙 D·A1234 ，网址 https://a.cn/x?u=1', ['刘伟', 'a1234', 'a.cn'], ['红绿灯不亮']],
  ['楼道灯坏了，找13812345678的王建国，是李玉梅说的，欠我的钱不给', ['王建国', '李玉梅', '138'], ['楼道灯坏了', '欠我的钱不给']],
  ['小区楼道灯坏了，5-2-301门口最黑，找物业的孙姐三次没人修', ['301', '孙姐'], ['楼道灯坏了', '没人修']],
]
it.each(ROWS)('%s', (text, gone, left) => {
  const out = masked(text)
  for (const words of gone) expect(out, words).not.toContain(words)
  for (const words of left) expect(out, words).toContain(words)
})

it('what says nothing of anybody stays as it is', () => {
  for (const text of [
    '高空抛物没人管,楼上水管漏水,严重影响生活,安全隐患很大',
    '小区门口的路灯不亮,天黑了看不见,施工的人不管,方便的话请修一下',
    '老人在外地,养老金认证手机上总是不过',
    '暖气不热,报修了三次,物业和供热公司互相推',
  ])
    expect(masked(text)).toBe(text)
})

it('takes out names and places known beside the words, however strange', () => {
  const out = masked('我和斯琴高娃都在乌兰哈达那边，水压太低', {
    names: ['斯琴高娃'],
    places: ['乌兰哈达那边'],
  })
  expect(out).toBe('我和〔人名〕都在〔地点〕,水压太低')
})

const PHONE = fc
  .tuple(fc.constantFrom('13', '15', '18', '19'), fc.stringMatching(/^\d{9}$/))
  .map(([head, tail]) => head + tail)
const grouped = (phone: string, sign: string) =>
  [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(sign)
const NAME = fc
  .tuple(
    fc.constantFrom(...'王李张刘陈杨赵吴徐孙朱胡郭林郑梁谢宋唐许韩邓曹彭'),
    fc.constantFrom('建国', '秀兰', '志强', '小雨', '伟', '娜', '晓东', '玉梅'),
  )
  .map(([one, two]) => one + two)
const HOUSE = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 101, max: 2899 }))
  .map(([building, door, room]) => ({
    text: `${building}号楼${door}单元${room}`,
    parts: [`${building}号`, `${room}`],
  }))

it('never lets a phone, a name by which somebody introduces himself, or a house through, wherever it stands', () => {
  fc.assert(
    fc.property(PHONE, NAME, NAME, HOUSE, fc.constantFrom('', ' ', '-'), (phone, me, other, house, sign) => {
      const out = masked(
        `我叫${me}，住红山郡${house.text}，邻居${other}家的狗总是叫，电话${grouped(phone, sign)}，请管一管`,
      )
      for (const gone of [phone, grouped(phone, sign), phone.slice(7), me, other, '红山郡', ...house.parts])
        expect(out).not.toContain(gone)
      expect(out).toContain('狗总是叫')
    }),
  )
})

it('masking twice changes nothing more, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), text => {
      const once = masked(text)
      expect(masked(once)).toBe(once)
    }),
  )
  for (const [text] of ROWS) expect(masked(masked(text))).toBe(masked(text))
})

it.each([
  ['health', '我得了糖尿病，小区电梯坏了没法下楼'],
  ['a child by age', '我家孩子8岁，上学路上路灯不亮'],
  ['danger', '电梯坏了没人管，我不想活了'],
  ['nothing but personal details', '我叫王建国，电话13812345678'],
])('gives no example of %s', (_, text) => {
  expect(example(text)).toBeNull()
})

it('the trainer reads a blank where something stood', () => {
  expect(forTraining(example('红山郡3号楼电梯坏了两周，物业不管')!)).toBe('电梯坏了 ,物业不管')
})
