import { describe, expect, it } from 'vitest'
import { mattersIn, pointsIn, titleOf } from '../../../src/flows/understand/points.ts'
import { sensitiveIn, withoutSensitive } from '../../../src/flows/understand/sensitive.ts'
import { timesIn } from '../../../src/flows/understand/times.ts'
import { type Intent, understand } from '../../../src/flows/understand/understand.ts'
import { book, NOW } from '../district.ts'

const seen = (text: string) => understand(text, book.resources, NOW)

// biome-ignore format: a table
const INTENTS: readonly (readonly [Intent, string])[] = [
  ['grievance', '3号楼电梯坏了两周，物业不管'],
  ['grievance', '楼下饭店油烟太大，投诉好几次没人管'],
  ['grievance', 'the street light is broken'],
  ['mediation', '我想申请调解，邻居家漏水把我家泡了'],
  ['status', '我上次反映的事怎么样了'],
  ['status', 'HS-20261103-0042'],
  ['service_guide', '请问怎么办理居住证'],
  ['grid_report', '网格员上报：二单元楼道堆放杂物'],
  ['visit_log', '昨天去看望了孩子，状态挺好'],
  ['booking_change', '调解改到下周三行吗'],
  ['human', '转人工'],
  ['rating', '没解决'],
  ['greeting', '你好'],
  ['chitchat', '谢谢'],
  ['abuse', '傻逼'],
  ['emergency', '着火了快来人'],
  ['crisis', '我不想活了'],
  ['child_protection', '邻居天天打孩子'],
  ['accusation', '举报某某局长受贿'],
  ['other', '那个'],
]
it.each(INTENTS)('%s: %s', (intent, text) => expect(seen(text).intent).toBe(intent))

// biome-ignore format: a table
const ROUTES: readonly (readonly [string, string])[] = [
  ['panel:物业纠纷', '物业乱收物业费还不开发票'],
  ['panel:道路交通纠纷', '被电动车撞伤，对方不认交通事故责任'],
  ['panel:医疗纠纷', '医院误诊，属于医疗事故，要求赔偿'],
  ['panel:劳动争议纠纷', '公司辞退我不给经济补偿'],
  ['panel:环境保护纠纷', '噪声扰民要求赔偿，协商不成'],
  ['panel:婚姻家庭纠纷', '离婚后对方不给抚养费'],
  ['panel:预防青少年违法犯罪', '孩子逃学混社会，管不住'],
  ['panel:心理干预', '最近总是焦虑失眠'],
  ['dept:供水供电供热燃气', '家里暖气不热，室温只有十四度'],
  ['dept:城市管理', '路灯不亮半个月了'],
  ['panel:环境保护纠纷', '工厂晚上排废气，刺鼻'],
  ['dept:交通运输', '公交线路太少，公交车不按点'],
  ['dept:教育文体', '学校违规补课收学费'],
  ['dept:劳动和社会保障', '养老金认证不了，社保断缴'],
  ['dept:卫生计生', '疫苗接种点什么时候有疫苗'],
  ['dept:民政', '低保申请一直没批，家里困难'],
  ['dept:市场监管', '超市卖过期食品，不给退款'],
  ['dept:公安', '户口迁移被拖，身份证办不下来'],
]
it.each(ROUTES)('%s: %s', (route, text) => {
  expect(seen(text)).toMatchObject({ route })
})

/** What two sides could agree on is the panel's, a duty of the authority the department's; where both are heard the bot asks. */
// biome-ignore format: a table
const ENVIRONMENT: readonly (readonly [route: string, says: string])[] = [
  ['panel:环境保护纠纷', '楼下烧烤店油烟熏得没法开窗'],
  ['dept:环境保护', '河水又黑又臭污染严重，生态环境局不作为，一直没人监测'],
  ['dept:环境保护', '空气污染超标，环保局从不执法，也不公示数据'],
]
it.each(ENVIRONMENT)('%s: %s', (route, text) => expect(seen(text).route).toBe(route))

it.each(['工厂夜里偷排废水，环保局不作为，一直不查处', '饭店油烟噪声扰民，没有环评，要求执法部门取缔'])(
  'a business on one side and a duty on the other is asked about: %s',
  text => {
    const { asks, route, alternatives } = seen(text)
    expect(asks).toBe(true)
    expect([route, ...alternatives.map(each => each.route)]).toEqual(
      expect.arrayContaining(['panel:环境保护纠纷', 'dept:环境保护']),
    )
  },
)

it('of a letter the beginning and the end are looked at, and danger in all of it', () => {
  const story = '事情的经过说来话长，前前后后找了许多回。'.repeat(60)
  const letter = seen(`物业乱收物业费还不开发票。${story}老人摔倒起不来了。${story}我的电话13800000000`)
  expect(letter).toMatchObject({
    route: 'panel:物业纠纷',
    danger: ['fire_or_life'],
    entities: { phone: ['13800000000'] },
  })
})

it('says what `huiyin understand` prints', () => {
  expect(seen('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')).toMatchObject({
    intent: 'grievance',
    route: 'panel:物业纠纷',
    asks: false,
    danger: [],
    class: 'general',
    points: ['3号楼电梯坏了两周，物业不管'],
    entities: { place: ['红山郡', '3号楼'], phone: ['13800000000'] },
  })
})

it('finds what is named, letter by letter', () => {
  expect(
    seen('12月30日下午蒙D12345撞了我，赔3000元，王师傅电话13800000000，编号hs-20261103-0042').entities,
  ).toMatchObject({
    amount: ['3000元'],
    person: ['王师傅'],
    plate: ['蒙D12345'],
    case_code: ['hs-20261103-0042'],
  })
})

it('proposes a class with the words that caused it', () => {
  expect(seen('井盖丢了，晚上有人路过')).toMatchObject({ class: 'urgent', because: ['井盖丢'] })
  expect(seen('停水两天了')).toMatchObject({ class: 'important', because: ['停水'] })
  expect(seen('路灯不亮')).toMatchObject({ class: 'general', because: [] })
})

describe('points and matters', () => {
  it.each([
    ['1、路灯不亮 2、垃圾没人清 3、要求退物业费', 3],
    ['路灯不亮；垃圾没人清运。另外物业费太高要求退', 3],
    ['一是停水没人管，二是暖气不热', 2],
    ['路灯不亮', 1],
  ])('%s has %i', (text, count) => expect(pointsIn(text)).toHaveLength(count))

  it('splits only where another matter begins', () => {
    expect(mattersIn('电梯坏了没人修。另外门口路灯也不亮')).toEqual(['电梯坏了没人修', '门口路灯也不亮'])
    expect(mattersIn('电梯坏了没人修，另外维保电话也打不通')).toHaveLength(1)
    expect(mattersIn('3号楼电梯坏了两周，物业不管')).toHaveLength(1)
  })

  it('a title has no phone, no name, and fits a list', () => {
    const title = titleOf('我叫王芳，电话13800000000，王芳家楼上天天装修吵得孩子没法写作业希望管一管谢谢')
    expect(title).not.toMatch(/\d{7}|王芳/)
    expect(Array.from(title).length).toBeLessThanOrEqual(30)
  })

  it.each([
    'The street light is broken, phone 13800000000',
    'The street light is broken; my phone number is 138 0000 0000',
    'The street light is broken. Mobile: 13800000000',
  ])('the word before a number goes with it: %s', text => {
    expect(titleOf(text)).toMatch(/^The street light is broken\.?$/)
  })
})

it('times are resolved against now', () => {
  expect(timesIn('前天晚上停的，上个月也停过，坏了两周', NOW)).toEqual([
    { words: '前天晚上', day: '2026-11-01' },
    { words: '上个月', day: '2026-10-01' },
    { words: '坏了两周', day: '2026-10-20' },
  ])
})

it('sensitive data is noticed, and can be left out', () => {
  expect(sensitiveIn('身份证150402199001011234')).toEqual(['idNumber'])
  expect(sensitiveIn('我儿子8岁，没法上学')).toEqual(['child'])
  expect(sensitiveIn('电梯坏了两周')).toEqual([])
  expect(withoutSensitive('电梯坏了，我有糖尿病，快修')).toBe('电梯坏了，快修')
})

/** Milliseconds of this process's own work: another program on the machine does not count. */
const work = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

it.each(['1', '孩子被', 'a', '，', '门路', '第一'])('10,000 letters of %s are no trap', letter => {
  const began = work()
  seen(letter.repeat(10_000 / letter.length))
  // A pattern that tries every way through such a text needs minutes.
  expect(work() - began).toBeLessThan(1_000)
})
