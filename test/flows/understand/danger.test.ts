import { expect, it } from 'vitest'
import type { Danger } from '../../../src/flows/talk.ts'
import { dangerIn, numbersFor } from '../../../src/flows/understand/danger.ts'
import { dangerOf } from '../../../src/flows/understand/understand.ts'
import { book } from '../district.ts'
import { MORE_DANGER, NO_DANGER } from './danger-table.ts'

/** Sentences written for this table; each must raise at least the kind named. */
const DANGER: readonly (readonly [Danger, string])[] = [
  ['self_harm', '我不想活了'],
  ['self_harm', '真的不想活了，太累了'],
  ['self_harm', '想死，谁也别拦我'],
  ['self_harm', '我想自杀'],
  ['self_harm', '活着没意思'],
  ['self_harm', '活着真的没什么意义'],
  ['self_harm', '不如死了算了'],
  ['self_harm', '再不给我解决我就从楼上跳下去'],
  ['self_harm', '我已经写好遗书了'],
  ['self_harm', '昨晚吃了一整瓶安眠药'],
  ['self_harm', '我又割腕了'],
  ['self_harm', '我朋友说要跳楼，怎么办'],
  ['self_harm', '孩子老拿刀片划手臂'],
  ['self_harm', '活不下去了，每天都是煎熬'],
  ['self_harm', '我想结束自己的生命'],
  ['self_harm', '想离开这个世界'],
  ['self_harm', '死了就好了，一了百了'],
  ['self_harm', '有人要跳河，在大桥上'],
  ['self_harm', '我控制不住想伤害自己'],
  ['self_harm', 'I want to kill myself'],
  ['self_harm', "I don't want to live any more"],
  ['violence', '我老公打我'],
  ['violence', '丈夫喝醉了又打我'],
  ['violence', '我被家暴了怎么办'],
  ['violence', '隔壁男人正在打他老婆'],
  ['violence', '楼上又在揍自己媳妇，吵得睡不着'],
  ['violence', '他掐我脖子'],
  ['violence', '楼下有人拿着刀'],
  ['violence', '邻居要杀我全家'],
  ['violence', '门口打起来了，好几个人'],
  ['violence', '我被物业的人打了'],
  ['violence', '前男友威胁要弄死我'],
  ['violence', '我爸喝了酒就打我妈'],
  ['violence', '小区门口有人砍人'],
  ['violence', '不敢回家，回去就要挨打，他打得我浑身是伤'],
  ['violence', 'my husband is beating me'],
  ['violence', 'a man with a knife is at my door'],
  ['minor_harmed', '邻居天天打孩子'],
  ['minor_harmed', '我女儿在学校被同学欺负'],
  ['minor_harmed', '孩子被继父虐待'],
  ['minor_harmed', '老师打我儿子耳光'],
  ['minor_harmed', '我孩子走丢了'],
  ['minor_harmed', '小孩不见了，找了一下午'],
  ['minor_harmed', '楼上小女孩身上有好多淤青'],
  ['minor_harmed', '孩子一个人被锁在家里好几天'],
  ['minor_harmed', '儿子离家出走三天了联系不上'],
  ['minor_harmed', '我侄女被人猥亵了'],
  ['minor_harmed', '孙子被老师体罚'],
  ['minor_harmed', '有人拐走了小孩'],
  ['minor_harmed', 'the child next door is beaten every night'],
  ['fire_or_life', '着火了'],
  ['fire_or_life', '三单元起火了快来人'],
  ['fire_or_life', '楼道里全是浓烟'],
  ['fire_or_life', '家里闻到很大的煤气味'],
  ['fire_or_life', '燃气泄漏了'],
  ['fire_or_life', '有人困在电梯里'],
  ['fire_or_life', '电梯里关了人出不来'],
  ['fire_or_life', '我爸晕倒了'],
  ['fire_or_life', '老人摔倒起不来了'],
  ['fire_or_life', '他没有呼吸了'],
  ['fire_or_life', '我妈心脏病发作'],
  ['fire_or_life', '流了好多血'],
  ['fire_or_life', '有人掉进井里了'],
  ['fire_or_life', '一家人煤气中毒了'],
  ['fire_or_life', '救命'],
  ['fire_or_life', '我喘不上气'],
  ['fire_or_life', '电动车在楼道里冒烟了'],
  ['fire_or_life', '路口有人被车撞了'],
  ['fire_or_life', '有人触电了'],
  ['fire_or_life', '我媳妇要生了'],
  ['fire_or_life', '隔壁房子塌了，压住人了'],
  ['fire_or_life', 'there is a fire in building 5'],
  ['fire_or_life', 'my father fell and cannot get up'],
  ['fire_or_life', 'she is not breathing'],
  ['crime', '有人正在撬我家门'],
  ['crime', '我被抢劫了'],
  ['crime', '有个男的一直跟踪我'],
  ['crime', '家里进贼了'],
  ['crime', '我刚被骗了五万块'],
  ['crime', '楼上有人吸毒'],
  ['crime', '我被人强奸了'],
  ['crime', '有人持枪'],
  ['crime', '他们把我关在屋里不让走'],
  ['crime', '有人敲诈我'],
  ['crime', 'someone is breaking into my house'],
]

/** Sentences that only sound like danger: none of them may raise anything. */
const HARMLESS: readonly string[] = [
  '气死我了',
  '累死了，天天加班',
  '笑死我了',
  '热死了，空调也没有',
  '冷死了，暖气不热',
  '吵死了，楼上天天装修',
  '烦死人了',
  '饿死了',
  '急死我了，一直没人回复',
  '困死了',
  '臭死了，垃圾堆了一周',
  '不想活了吧这破手机',
  '你们是不是不想活了，这点事都办不好',
  '楼道堆杂物，存在火灾隐患',
  '消防通道被堵，消防隐患很大',
  '万一着火怎么办，没人管',
  '如果起火谁负责',
  '担心老人摔倒，请修一下台阶',
  '容易引发火灾，请清理',
  '家暴怎么界定',
  '家暴算不算犯罪，怎么判',
  '强奸罪判几年',
  '什么是校园欺凌',
  '昨天看新闻说外地有人跳楼',
  '电视上演杀人的，别让孩子看',
  '学校开展防溺水讲座',
  '社区反诈宣传什么时候来',
  '消防演练是哪天',
  '我的手机死机了',
  '电脑中毒了怎么修',
  '卫生死角没人打扫',
  '商场跳楼价大甩卖是不是骗人',
  '打我电话就行',
  '打他老婆电话也没人接',
  '打媳妇的手机打不通',
  '你们打电话给我',
  '打车太难了',
  '物业打扰我休息',
  '说话老是被打断',
  '门口车位被抢占了',
  '抢修队什么时候来',
  '救命稻草都没了，求解决',
  '店里秒杀活动不兑现',
  '杀虫的药味太大',
  '火锅店油烟太大',
  '我发火了，这都第三次了',
  '火车站公交太少',
  '烟囱一直冒黑烟',
  '工厂冒烟污染空气',
  '路灯坏了好几天',
  '3号楼电梯坏了两周，物业不管',
  '孩子上学分到哪个学校',
  '我儿子的学籍怎么转',
  '孩子被分到差班',
  '孩子被老师批评了几句',
  '女儿打疫苗去哪里',
  '学生打篮球太吵',
  '医院看病排队太久',
  '停水三天了',
  '没有暖气，屋里十度',
  '拖欠工资三个月',
  '想咨询离婚手续',
  '我想和邻居调解漏水赔偿',
  '要钱吗',
  '转人工',
  '没解决',
  '想死你了，好久不见',
  '美死了，公园的花开得真好',
  '困扰我很久了',
  '大家都很关注这件事',
  '死活不给退款',
  '打不着火，车坏路上了',
  '这价格贵得要死',
  '烦得想撞墙',
  '防火门坏了没人修',
  '着急上火，求尽快答复',
  'the fire drill is too loud',
  'I am bored to death waiting',
  'I got fired without pay',
  'what is the legal definition of domestic violence',
  'the fire exit is blocked',
]

it.each(DANGER)('%s: %s', (kind, text) => {
  expect(dangerIn(text).kinds).toContain(kind)
  expect(dangerIn(text).because.length).toBeGreaterThan(0)
})

it.each(HARMLESS)('nothing: %s', text => {
  expect(dangerIn(text)).toEqual({ kinds: [], because: [] })
})

const KINDS = Object.keys(MORE_DANGER) as Danger[]
const rowsOf = (table: Record<Danger, readonly string[]>) =>
  KINDS.flatMap(kind => table[kind].map(text => [kind, text] as const))

it.each(rowsOf(MORE_DANGER))('%s, words and model: %s', (kind, text) => {
  const seen = dangerOf(text, book.resources)
  expect(seen.kinds).toContain(kind)
  expect(seen.because.length).toBeGreaterThan(0)
})

/** Of a long text only the sentences that hold a letter of danger's trade (GRAVE) are looked at closely: none of these may be lost. */
const CALM = '我们院里树多花多，大家住得安心，晚上在院子里乘凉聊天。'.repeat(8)
const BY_WORDS = [...DANGER, ...rowsOf(MORE_DANGER)].filter(([kind, text]) =>
  dangerIn(text).kinds.includes(kind),
)

it.each(BY_WORDS)('%s in the middle of a letter: %s', (kind, text) => {
  expect(dangerIn(`${CALM}${text}。${CALM}`).kinds).toContain(kind)
})

it('a calm letter raises nothing', () => expect(dangerIn(CALM.repeat(3)).kinds).toEqual([]))

it.each(rowsOf(NO_DANGER))('no %s, words and model: %s', (kind, text) => {
  expect(dangerOf(text, book.resources).kinds).not.toContain(kind)
})

it.each(HARMLESS)('nothing, words and model: %s', text => {
  expect(dangerOf(text, book.resources).kinds).toEqual([])
})

it.each(KINDS)('%s has thirty rows on either side', kind => {
  const known = DANGER.filter(row => row[0] === kind).length
  expect(known + MORE_DANGER[kind].length).toBeGreaterThanOrEqual(30)
  expect(NO_DANGER[kind].length).toBeGreaterThanOrEqual(30)
})

it('a cry without any word of danger is heard by the model, and says why', () => {
  const text = '死亡对我来说也许是一种解脱'
  expect(dangerIn(text).kinds).toEqual([])
  expect(dangerOf(text, book.resources)).toMatchObject({ kinds: ['self_harm'] })
  expect(dangerOf(text, book.resources).because.length).toBeGreaterThan(0)
})

it('width, spacing and control characters hide nothing', () => {
  expect(dangerIn('我 不想 活了').kinds).toEqual(['self_harm'])
  expect(dangerIn('我不\u200b想活了').kinds).toEqual(['self_harm'])
  expect(dangerIn('ＫＩＬＬ ＭＹＳＥＬＦ').kinds).toEqual(['self_harm'])
})

it('calls the number that helps first', () => {
  const first = (text: string) => numbersFor(dangerIn(text).kinds, dangerIn(text).first)[0]
  expect([first('着火了'), first('我爸晕倒了'), first('有人正在撬我家门'), first('我不想活了')]).toEqual([
    '119',
    '120',
    '110',
    '12356',
  ])
})
