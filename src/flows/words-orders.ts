import type { Language } from './talk.ts'

/** What a person may say at any time. Matched against the whole matching form. Written by the project. */
export type Order =
  | 'cancel'
  | 'back'
  | 'menu'
  | 'help'
  | 'resume'
  | 'human'
  | 'handBack'
  | 'quickExit'
  | 'zh-CN'
  | 'en'

const END = '[了吧啊呀,，。.!！~\\s]*$'
const whole = (words: string): RegExp => new RegExp(`^(?:${words})${END}`)

// biome-ignore format: a table
export const ORDERS: readonly (readonly [Order, RegExp])[] = [
  ['cancel', whole('取消|退出|不办|不办了|算了不办了|不说了|不弄了|先不办了|不反映了|不投诉了|cancel|quit|exit|stop|never ?mind')],
  ['back', whole('返回|上一步|上一题|回上一步|返回上一步|后退|back|go back|previous')],
  ['menu', whole('菜单|主菜单|目录|首页|回到?首页|0|menu|main menu|start over')],
  ['help', whole('帮助|怎么用|使用说明|说明|帮帮忙怎么用|你能做什么|你会(?:做)?什么|help|\\?|how does this work|what can you do')],
  ['quickExit', whole('快速离开|快速退出|马上离开|quick exit|leave quickly')],
  ['resume', whole('继续|不改|不改了|接着说|接着来|接着办|接着刚才的?(?:事)?|继续办|继续刚才的?(?:事)?|刚才的?(?:事)?继续|resume|continue|go on')],
  ['handBack', whole('转回机器人|回到机器人|结束人工|不用人工|不用人工了|退出人工|换回机器人|hand back|back to (?:the )?bot')],
  ['human', /^(?:请?帮?我?(?:转|找|要|换|接)?(?:个|一下)?(?:人工|真人|工作人员)(?:服务|客服|座席)?|客服|人工|human|agent|operator|(?:i want to )?(?:talk|speak) to (?:a |some)?(?:human|person|one|body))[吧啊呀,，。.!！~\s]*$/],
  ['zh-CN', whole('中文|汉语|说中文|切换中文|换成?中文|用中文|普通话|chinese|in chinese|switch to chinese')],
  ['en', whole('english|英文|英语|说英文|切换英文|换成?英文|用英文|in english|(?:please )?(?:switch to|speak|use) english(?: please)?')],
]

/** The order in a message, if it is one. */
export const orderIn = (plain: string): Order | undefined => ORDERS.find(([, says]) => says.test(plain))?.[0]

export const isLanguage = (order: Order): order is Language => order === 'zh-CN' || order === 'en'

/** Wishes that begin another conversation, said plainly enough to interrupt one. */
export const WISHES: readonly { flow: 'withdraw' | 'addToCase' | 'myData' | 'rating'; says: RegExp }[] = [
  {
    flow: 'withdraw',
    says: /(?:撤回|撤销|撤掉|撤了|撤诉)(?:我的?|这个|那个|上次)?.{0,8}(?:诉求|投诉|事项?|工单|反映)?$|^(?:我要|我想)?(?:撤回|撤销)|withdraw/,
  },
  {
    flow: 'addToCase',
    says: /^(?:我(?:要|想|再)?)?(?:补充(?:一下|材料|说明|几句|照片)?|加(?:几张|一张)?照片)|(?:给|往|在)(?:我的|上次|那个|之前).{0,8}(?:补充|添加|加)|add (?:more|something|details|photos?) to my|add to my (?:case|complaint|report)/,
  },
  {
    flow: 'myData',
    says: /我的(?:资料|数据|信息|个人信息)(?:$|有|在|里|怎么)|(?:查看|导出|删除|清除|注销|更正|修改|下载)(?:我的|一下我的|我)(?:全部)?(?:资料|数据|信息|个人信息|账号|账户)|删除我|恢复码|(?:my data|delete my (?:data|account)|export my data|recovery code)/,
  },
  { flow: 'rating', says: /^(?:我要|我想)?(?:评价|打分|评分)(?:一下)?$|^rate/ },
]

/** Where is my matter: answered without leaving the question at hand. */
export const ASKS_STATUS =
  /(?:上次|之前|上回|前几天|上周|上个月|我那个|那个|那件|我的).{0,14}(?:到哪|怎么样了|咋样|进度|进展|结果|有回复|答复了|处理了吗|处理得|办好了?吗|办完了?吗|办得|有消息|有信儿?)|^(?:查|看|问)(?:一下|下|查|看)?.{0,4}(?:进度|进展|结果)|^(?:我的)?进度(?:查询)?$|^我的(?:进度|事项|诉求|工单|案件)$|办到哪|处理到哪|(?:where|what)(?:'s| is)? ?(?:about|the status)? ?(?:of )?my (?:case|complaint|report)|^my cases?$|(?:check|see) (?:the |my )?(?:status|progress|cases?)/

/** A neighbour's case is followed no longer. */
export const UNFOLLOW =
  /^(?:我)?(?:不想|不要|不用|不)(?:再)?(?:跟着?|关注)(?:它|这件|那件|这件事|那件事)?(?:了|吧)?$|^取消(?:跟着|关注)|^(?:i want to )?(?:unfollow|stop following)/

/** Anything that makes the shell look up the person's own cases. */
export const NEEDS_CASES =
  /撤|跟|关注|follow|补充|转.{0,4}调解|加.{0,3}照片|重新办|重办|再办|reopen|评价|打分|评分|解决|满意|没人(?:联系|管|来)|进度|进展|到哪|怎么样了|结果|答复|回复|消息|办好|办完|我的|withdraw|add|rate|solved|resolved|satisf|case|complaint|status|progress/

/** A question about the service itself, answered in a line; then the talk goes on. Keys are `say.digress.<key>`. */
export const DIGRESSIONS: readonly { key: string; says: RegExp }[] = [
  {
    key: 'fee',
    says: /要钱|收费|收钱|花钱|多少钱|免费|要不要交钱|费用|is it free|(?:how much )?(?:does it |do you )?cost|any fee|charge/,
  },
  {
    key: 'howLong',
    says: /多久|多长时间|几天能|(?:什么|啥)时候(?:能|给|才|会|可以)|多会儿|要等|几天(?:办|回复|答复)|how long|when will/,
  },
  {
    key: 'privacy',
    says: /泄[露漏]|隐私|安全吗|谁能看|会不会(?:被|让).{0,6}(?:看到|知道)|我的信息.{0,6}(?:安全|保密)|保密吗|privacy|who (?:can|will) see|is it safe|confidential/,
  },
  {
    key: 'anonymous',
    says: /(?:可以|能|能不能|可不可以|要不要).{0,4}(?:匿名|不留|不写(?:名|电话))|必须.{0,4}(?:实名|留电话|留名)|要实名|anonym|do i have to (?:give|leave)/,
  },
  {
    key: 'why',
    says: /^(?:为什么|为啥|干嘛|干吗|凭什么)要?.{0,4}(?:问|留|要|填|知道)|why do you (?:need|ask|want)/,
  },
  {
    key: 'whoAreYou',
    says: /你是谁|你叫什么|你是(?:机器人|真人|人工)|who are you|are you (?:a )?(?:robot|bot|human|real)/,
  },
  {
    key: 'useful',
    says: /有用吗|管用吗|能解决吗|真的?有人(?:管|看)|靠谱吗|是真的吗|does it (?:help|work)|will (?:any|some)(?:one|body) (?:read|see)/,
  },
  {
    key: 'next',
    says: /(?:交|报|提交)(?:上去|了)?(?:以后|之后|完).{0,6}(?:怎么|呢|会)|然后呢|接下来|what happens (?:next|then)/,
  },
]

/** What a person wants with a matter whose code stands beside the words. */
export const CODE_WISHES: readonly { flow: 'rating' | 'addToCase' | 'withdraw'; says: RegExp }[] = [
  { flow: 'withdraw', says: /撤回|撤销|撤掉|withdraw/ },
  {
    flow: 'rating',
    says: /评价|打分|评分|满意|没解决|没有解决|重新办|重办|rate\b|satisfied|not solved|reopen/,
  },
  { flow: 'addToCase', says: /补充|加照片|add to|add more/ },
]

/** Rating in one breath after an answer came: what the words settle. */
export const RATING_SHORTCUTS: readonly { says: RegExp; given: Record<string, unknown> }[] = [
  {
    says: /(?<!没|没有|未|还没)解决了?.{0,6}(?:不满意|不太满意)|(?<!not )(?<!un)solved.{0,12}not satisfied/,
    given: { contacted: true, solved: true, satisfied: 1 },
  },
  {
    says: /重新办|重办|reopen/,
    given: { contacted: true, solved: false },
  },
  {
    says: /没人联系|没联系(?:我|过)|no ?(?:one|body) (?:contacted|called)/,
    given: { contacted: false, solved: false },
  },
  {
    says: /(?:没|没有|未|还没|根本没)(?:有)?(?:给)?(?:解决|修|弄好|办|处理)|不满意|not (?:solved|resolved|fixed|satisfied)|unsolved|unsatisfied/,
    given: { contacted: true, solved: false },
  },
  {
    says: /解决了?.{0,6}(?:很|非常|挺)?满意|^(?:很|非常|挺)?满意|solved.{0,10}satisfied|^(?:very )?satisfied/,
    given: { contacted: true, solved: true, satisfied: 3 },
  },
  { says: /解决了.{0,8}(?:一般|凑合|还行)/, given: { contacted: true, solved: true, satisfied: 2 } },
  {
    says: /^(?:已经?|都)?(?:解决|修好|办好|处理好)了|^(?:it'?s )?(?:solved|fixed|resolved)/,
    given: { contacted: true, solved: true },
  },
]

/** The whole of a message that says of a closed matter: not solved after all, do it again. */
export const NOT_SOLVED =
  /^(?:这件事|那件事|这事|事情|问题|上次的?|其实|可是|但是?|还是|根本|又|还)*(?:没有?|未)(?:得到)?解决[了啊呀，,。.!！\s]*$|^(?:请|我要|我想|帮我|能不能)?(?:重新办|重办|再办)(?:一下|一次)?[吗吧，,。.!！?？\s]*$|^(?:it'?s |it is )?(?:still )?not (?:solved|fixed|resolved)[.!\s]*$|^reopen/

/** The three numbers that answer the notice "your matter was answered". */
export const RATING_NUMBERS: readonly Record<string, unknown>[] = [
  { contacted: true, solved: true, satisfied: 3 },
  { contacted: true, solved: true, satisfied: 1 },
  { contacted: true, solved: false },
]

/** Names by which people call an answer they want changed. The key is the question's. */
export const FIELDS: readonly { key: string; says: RegExp }[] = [
  { key: 'otherPhone', says: /对方的?(?:电话|手机|号码)|their (?:phone|number)/ },
  { key: 'otherName', says: /对方|other side|other party/ },
  { key: 'phone', says: /电话|手机|号码|联系方式|phone|number|mobile/ },
  { key: 'where', says: /地址|地点|位置|地方|小区|楼号|哪里|place|address|location|where/ },
  { key: 'name', says: /姓名|名字|称呼|我叫|name/ },
  { key: 'what', says: /内容|事情|描述|什么事|诉求|问题|matter|description|problem/ },
  { key: 'kind', says: /类别|分类|类型|category|kind/ },
  { key: 'class', says: /等级|紧急|重要|一般|urgent|important|class/ },
  { key: 'files', says: /照片|图片|photo|picture/ },
  { key: 'trapped', says: /急不急|受困|被困/ },
  { key: 'affected', says: /急不急|老人/ },
  { key: 'code', says: /编号|哪一?件/ },
  { key: 'reason', says: /理由|原因|reason/ },
]

/** "Change that", "that is wrong", "I meant". */
export const CHANGES =
  /改|换(?:一?个|成)|更正|不对|错了|写错|说错|填错|输错|弄错|不是.{1,12}(?:是|而是)|应该是|change|correct|wrong|edit|actually|i meant|instead|not right/
