import type { Asks, Desk } from '../../rules/help.ts'

/**
 * Signs of somebody who seeks help rather than an answer of an authority. Written by the project. Danger is looked for long before;
 * what complains of an office, a school or a neighbour stays a grievance.
 */

const CHILD =
  '(?:孩子|小孩|娃|儿子|女儿|闺女|孙子|孙女|外孙女?|侄子|侄女|外甥|弟弟|妹妹|学生|少年|男孩|女孩|未成年人?|初[一二三]|高[一二三])'

/** The writer says that they are at school, or how old they are. */
export const MINOR =
  /我(?:今年|才|刚|现在)*(?:是)?(?:[6-9]|1[0-7])岁|我(?:是|在|上|读)[^，。！？]{0,8}(?:小学|初中|高中|中学|职高|初[一二三]|高[一二三]|[一二三四五六七八九]年级|中学生|未成年)|我们?(?:班主任|班上|班里|班|同学|老师)|i(?:'m| am) (?:only )?(?:[6-9]|1[0-7])\b(?! (?:km|min|hour|year of))/

/** Words for a wrong done to a young person. */
export const WRONGED =
  /打人|打(?:我|同学|学生)|骂|体罚|罚站|罚跪|欺负|欺凌|霸凌|孤立|排挤|侮辱|羞辱|造谣|搜身|翻(?:我|书包)|偷看|不让(?:我)?(?:上课|上学)|强迫|逼我|侵害|侵犯|维权|bull(?:y|ied)|hits? |beats? |humiliat|my rights/

/** A plain complaint to an authority, or a matter of money or things: no call for help. */
export const COMPLAINS =
  /投诉|举报|反映|曝光|退款|退费|乱收费|收费|没人管|不作为|赔偿|调解|建议|整改|无证|complain|report (?:a|the|this)|refund/

/** Somebody or something else robs the writer of sleep: that is the matter. */
export const OTHERS = /吵|噪|楼上|楼下|隔壁|邻居|施工|装修|广场舞|noise|neighbou?r/

export interface HelpRow {
  desk: Desk | 'any'
  asks?: Asks
  says: RegExp
  /** The wish is spoken out: it holds whatever else is heard beside it. */
  plain?: true
  /** Counts although the words complain. */
  evenComplaining?: true
  /** Counts only where the writer is young. */
  young?: true
}

// biome-ignore format: a table
export const HELP_ROWS: readonly HelpRow[] = [
  { desk: 'line',  plain: true, evenComplaining: true, says: /12355|青少年(?:服务台|热线|维权|服务热线|求助)|youth (?:help ?|rights )?line/ },
  { desk: 'mind',  plain: true, says: /心理(?:咨询|疏导|辅导|援助|热线|医生|服务|求助|干预|帮助)|12356|counsel(?:l?ing|l?or)|psychologi(?:st|cal help)/ },
  { desk: 'line',  asks: 'rights', evenComplaining: true, young: true, says: WRONGED },
  { desk: 'youth', says: new RegExp(`${CHILD}[^。！？]{0,30}(?:逃学|逃课|旷课|厌学|辍学|不(?:想|肯|愿意?)(?:去)?(?:上学|读书)|离家出走|夜不归宿|老?不回家|网瘾|沉迷|迷上|打架|打群架|偷(?:东西|钱|拿)|抽烟|喝酒|纹身|早恋|叛逆|学坏|变坏|管不(?:住|了)|不服管|不听话|(?:跟|和|与|同)[^，。]{0,8}(?:坏|社会上?|混|不三不四|不良|问题|小混混)[^，。]{0,6}(?:人|孩子|少年|青年|朋友|混|一起|玩|来往)|混社会)`) },
  { desk: 'youth', says: /(?:son|daughter|child|kid|teenager)\b.{0,40}(?:skip(?:s|ping)? (?:school|class)|truan|bad crowd|wrong crowd|steal|drink|smok|addict|gang|won'?t go to school|out of (?:hand|control)|ran away|runs away)/ },
  { desk: 'line',  asks: 'law', young: true, says: /法律|犯法|违法|合同|打工|压岁钱|起诉|告他|权利|legal|law/ },
  { desk: 'line',  young: true, says: /(?:怎么|如何|想学|教我).{0,8}(?:保护自己|自我保护|自护|防溺水|防骗|防身)|想(?:咨询|问问|请教|求助)|不知道(?:该)?(?:找谁|怎么办)|protect myself|who can i (?:ask|talk to)/ },
  { desk: 'mind',  says: /(?:想|要|能不能|可以)?(?:找|有)(?:个|一个)?人(?:能|可以)?(?:陪我?)?(?:聊聊|说说|谈谈|聊一聊|说说话|倾诉|诉诉苦|聊天)|想(?:倾诉|找人说)|(?:陪|听)我(?:说说?话|聊聊)|someone to talk to|need to talk/ },
  { desk: 'mind',  says: /(?:心里|心情|情绪|内心)[^，。！？]{0,6}(?:难受|憋屈|憋得慌|堵得慌|苦|压抑|低落|不好|很差|崩溃|烦躁|乱|痛苦|空落落)|(?:抑郁|焦虑)(?!症?药|.{0,6}(?:报销|医保))|(?:压力|精神压力|心理压力)[^，。！？]{0,6}(?:大|受不了|喘|扛)|(?:难受|焦虑|压力|心慌|想哭|难过).{0,12}(?:睡不着|失眠)|(?:睡不着|失眠).{0,12}(?:难受|焦虑|压力|心慌|想哭|难过)|总想哭|天天哭|撑不住了|走不出来/ },
  { desk: 'mind',  says: /(?:feel(?:ing)?|so|very|really) (?:\w+ )?(?:down|low|depressed|anxious|hopeless|overwhelmed|lonely|sad)\b|depress|anxiety|panic attack|can(?:'t|not) sleep.{0,30}(?:worr|stress|sad|anxious)|(?:worr|stress|sad|anxious).{0,30}can(?:'t|not) sleep/ },
  { desk: 'any',   says: /^(?:你好[，,]?)?(?:我|俺)?(?:想|要|需要|有事)?(?:要|来)?(?:求助(?:热线)?|寻求帮助|需要帮助|帮帮我|求帮助)(?:一下)?[了吧啊呀,，。.!！~\s]*$|^(?:i )?(?:need|want|would like)(?: some)? help[.!\s]*$/ },
]

/** Words that only ask for help and tell nothing yet. */
export const BESIDE =
  /你好|我|俺|们|想要?|要|请|申请|需要|预约|咨询一?下?|求助|帮助|帮帮|热线|服务台?|找|个|一下|能不能|可不可以|可以|有没有|有|人|聊一?聊|说说话?|谈谈|倾诉|聊天|专项组织|专项|组织|来|打|的|心理(?:咨询|疏导|辅导|援助|热线|医生|服务|求助|干预)?|青少年|维权|1235[56]|[吗呢吧啊呀]|\b(?:i|we|would|like|want|need|to|talk|someone|some|help|please|a|the|with|ask|for|youth|line|counsel(?:l?ing|l?or)|psychological|psychologist|can|speak|from|panel)\b/g

/** For whom: a child of the writer's, somebody else, else the writer. */
// biome-ignore format: a table
export const WHO_WORDS = {
  child: /我(?:家|们家)?(?:的)?(?:孩子|小孩|娃|儿子|女儿|闺女|孙子|孙女|外孙)|^(?:孩子|小孩|娃|儿子|女儿|闺女|孙子|孙女)|my (?:own )?(?:son|daughter|child|kid|children|boy|girl|grandson)/,
  other: /我(?:的)?(?:一个)?(?:朋友|同学|邻居|亲戚|同事|老公|丈夫|爱人|媳妇|老婆|妻子|妈妈?|爸爸?|姐姐?|哥哥?|弟弟|妹妹|侄子|侄女|外甥女?)|(?:邻居|别人|亲戚|同事)家?的?(?:孩子|小孩|娃)|my (?:friend|neighbou?r|classmate|colleague|husband|wife|mother|father|mum|mom|dad|brother|sister)/,
  me:    /(?:我|俺)(?!家|们家|的?(?:孩子|儿子|女儿|朋友|同学|邻居))|\bi\b|\bme\b|\bi'?m\b|^(?!.*(?:他|她|孩子|儿子|女儿|闺女|家人|朋友)).*(?:想找(?:个)?人|找(?:个)?人(?:聊|说|谈)|心里|心情|压力|失眠|睡不着)/,
} as const

/** A young person's age in words. */
// biome-ignore format: a table
export const AGE_WORDS = {
  under14: /(?:不到|不满|小于|低于)\s*14|14\s*岁?以下|under 14|(?<!\d)(?:[3-9]|1[0-3])岁|小学|[一二三四五六]年级|幼儿园|(?:i'?m|i am|is|aged?) (?:[3-9]|1[0-3])\b|(?<!\d)(?:[3-9]|1[0-3])[ -]years?[ -]old/,
  teen:    /14\s*(?:岁)?\s*[到至–~-]\s*17|(?<!\d)1[4-7]岁|高[一二三]|高中|职高|初三|(?:i'?m|i am|is|aged?) 1[4-7]\b|1[4-7][ -]years?[ -]old/,
  adult:   /18\s*岁?以上|18 (?:or|and) over|(?<!\d)(?:1[89]|[2-9]\d)岁|成年了|大学生|(?:i'?m|i am|is|aged?) (?:1[89]|[2-9]\d)\b/,
} as const

/** What the youth line is asked for, the gravest first. */
// biome-ignore format: a table
export const ASKS_WORDS = {
  rights:     WRONGED,
  law:        /法律|犯法|违法|合同|起诉|打官司|告他|赔偿|打工|劳动|权利|legal|law|sue|contract/,
  protection: /保护自己|自我保护|自护|自救|防溺水|防骗|防身|防拐|网络安全|protect myself|self.?protection|stay safe/,
  feelings:   /心里|心情|情绪|难受|压力|焦虑|抑郁|失眠|睡不着|孤独|想哭|害怕|开心不起来|feel|sad|anxious|lonely|stress|worr/,
} as const

/** How they want to be answered. */
export const NO_CALL =
  /别(?:给我)?(?:打|来)电话|不要(?:给我)?(?:打|来)电话|不(?:方便|想|能)(?:接|打)电话|(?:就)?在这(?:里|儿)(?:说|聊|回)|打字(?:说|聊)?就?行?|文字(?:回|聊)|don'?t call|no calls?|in writing|only here|just here/
export const WANTS_CALL = /给我(?:打|来|回)(?:个)?电话|回(?:个)?电话|打电话给我|电话联系|call me/
