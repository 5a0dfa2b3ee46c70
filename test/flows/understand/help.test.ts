import { expect, it } from 'vitest'
import { forMatching } from '../../../src/flows/text.ts'
import { dangerIn } from '../../../src/flows/understand/danger.ts'
import { helpWished } from '../../../src/flows/understand/help.ts'
import { HELP_ROWS } from '../../../src/flows/understand/words-help.ts'

/** Which words seek help, at which desk; `-` is none: a grievance, a question, small talk. `?` asks which desk. */
// biome-ignore format: a table
const ROWS: readonly [says: string, desk: string, more?: string][] = [
  ['心理咨询', 'mind', 'bare'],
  ['我想做个心理疏导', 'mind'],
  ['12356', 'mind', 'bare'],
  ['想找人聊聊', 'mind', 'bare'],
  ['有没有人能陪我说说话', 'mind'],
  ['心里难受睡不着', 'mind'],
  ['最近压力太大，天天失眠', 'mind'],
  ['心情很差，总想哭', 'mind'],
  ['我有点抑郁，不知道怎么办', 'mind'],
  ['I feel so lonely', 'mind'],
  ['I need counselling', 'mind', 'bare'],
  ["I can't sleep, I am so stressed", 'mind'],
  ['孩子逃学跟坏孩子混', 'youth'],
  ['我儿子初二了，沉迷游戏不上学', 'youth'],
  ['闺女不听话，老跟社会上的人一起玩', 'youth'],
  ['孩子偷钱，管不住了', 'youth'],
  ['My son skips school and is in a bad crowd', 'youth'],
  ['想咨询12355', 'line', 'bare'],
  ['青少年维权热线', 'line', 'bare'],
  ['youth line', 'line', 'bare'],
  ['我15岁，同学老是孤立我', 'line', 'rights'],
  ['我们老师天天骂我，我要投诉', 'line', 'rights'],
  ['我是初三学生，想问问打工合不合法', 'line', 'law'],
  ['我在读小学，想学怎么保护自己', 'line'],
  ['12355投诉有人侵害孩子权益', 'line'],
  ['我想求助', '?', 'bare'],
  ['我需要帮助', '?', 'bare'],
  ['I need help', '?', 'bare'],
  ['3号楼电梯坏了两周，物业不管', '-'],
  ['楼上天天半夜吵，压力大睡不着', '-'],
  ['学校食堂饭菜里总有虫子，我要投诉', '-'],
  ['学校补课乱收费，投诉到教育局', '-'],
  ['老师收礼，我要举报', '-'],
  ['网吧让未成年人上网抽烟，我要举报', '-'],
  ['心理咨询机构收了钱不退款，我要投诉', '-'],
  ['孩子上学的路上没有路灯', '-'],
  ['孩子的学位怎么申请', '-'],
  ['公司不给我工资，我压力很大', '-'],
  ['邻居的狗总叫，心情不好', '-'],
  ['物业费涨了，心里憋屈', '-'],
  ['低保怎么申请', '-'],
  ['你好', '-'],
  ['谢谢', '-'],
  ['帮助', '-'],
  ['人工', '-'],
  ['The lift is broken', '-'],
]

it.each(ROWS)('%s → %s', (says, desk, more) => {
  const wish = helpWished(forMatching(says))
  expect([wish ? (wish.desk ?? '?') : '-', wish?.bare ? 'bare' : wish?.asks]).toEqual([desk, more])
})

it('every row of the table is the one that decides somewhere', () => {
  const decides = new Set(
    ROWS.filter(([, desk]) => desk !== '-').map(([says]) =>
      HELP_ROWS.findIndex(row => row.says.test(forMatching(says))),
    ),
  )
  expect([...decides].length).toBeGreaterThanOrEqual(HELP_ROWS.length - 2)
})

it.each(['老师打我，我15岁', '不想活了，想找人聊聊', '孩子在学校被同学打了，想咨询12355'])(
  'danger is heard in %s before any wish',
  says => expect(dangerIn(says).kinds).not.toEqual([]),
)
