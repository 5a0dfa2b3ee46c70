import type { District } from '../src/district.ts'
import type { Chance } from './chance.ts'

/** Made-up words of made-up people, many enough that a search has something to look through. */

const WHERE =
  '楼道口 单元门前 地下车库 小区东门 小区西门 广场边 学校门口 菜市场旁 公交站对面 主路上 河边 卫生院旁边 村委会门口 工地旁 商场后面 幼儿园围墙外 锅炉房 配电室 垃圾站 健身器材旁'.split(
    ' ',
  )
const SINCE =
  '昨天夜里 今天早上 上个星期 半个月前 一个多月 去年冬天 入冬以来 开春以后 国庆节前 下雨以后 停电以后 装修以后 换了物业以后 上周三 前天下午 连着三天 反反复复'.split(
    ' ',
  )
const WHAT =
  '坏了没人修 一直漏水 半夜很吵 臭味很大 堵得走不了车 亮不起来 温度上不去 水压太低 收费说不清 押金不给退 工钱拖着不给 墙皮掉下来 井盖翘起来 树枝压着电线 没有路灯 垃圾堆成山 油烟往窗户里灌 车位被占 消防通道堵死 电话打不通 排队排半天 手续跑了几趟 补贴没有到账 合同不给看 施工不按时间 狗没人管 孩子上学远 药费报不了 快递放外面丢了 楼上跺脚'.split(
    ' ',
  )
const DONE =
  '找过物业说等通知 打过电话没人接 社区来看过一次 跟邻居一起说过 写过纸条贴过 自己修过没修好 拍了照片 录了视频 去过窗口让回来等 问了都说不归他们管 已经交了费 有合同有收据 老人腿脚不便 家里有孩子 邻居也在反映 影响一整栋楼'.split(
    ' ',
  )
const WANT =
  '请尽快派人来看看 请给个准话 希望能公开处理结果 请按规定退还 请协调一下 请查一查 请尽快恢复 希望有人负责 请告诉我找哪个部门 请在周末前解决'.split(
    ' ',
  )
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎'
const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏飞建国志文博雪晶云龙凤春生海波东升宁欣悦晨曦子涵梓轩浩然雨桐'
const HAN = [
  ...'天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王鸣凤在竹白驹食场化被草木赖及万方',
]

export interface Words {
  title: string
  text: string
  place: string
  name: string
}

export const nameOf = ({ any, skewed }: Chance): string =>
  skewed([...SURNAMES]) + skewed([...GIVEN]) + (any(3) ? skewed([...GIVEN]) : '')

export function wordsOf(chance: Chance, district: District, category: string, estate: string): Words {
  const { pick, skewed, any } = chance
  const subject = district.categories.find(({ key }) => key === category)!
  const thing = subject.hints?.length ? skewed(subject.hints) : subject.name
  const what = skewed(WHAT)
  const place = `${estate}${any(30) + 1}号楼${any(6) + 1}单元${any(18) + 1}0${any(4) + 1}`
  // Now and then somebody uses words nobody else does.
  const rare = any(4) ? '' : `，${Array.from({ length: 6 }, () => pick(HAN)).join('')}`
  const text = `${estate}${skewed(WHERE)}的${thing}，${skewed(SINCE)}${what}，${skewed(DONE)}，${skewed(DONE)}${rare}。${skewed(WANT)}。`
  return { title: `${estate}${thing}${what}`, text, place, name: nameOf(chance) }
}

/** The phone of a person by their number. */
export const phoneOf = (who: number): string =>
  `138${String(10_000_000 + ((who * 7_919) % 89_999_999)).padStart(8, '0')}`
