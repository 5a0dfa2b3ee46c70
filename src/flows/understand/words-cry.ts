/**
 * Kinds of words by which a cry for help is told from talk about death, sorrow or hyperbole. Written by the project. The model
 * learns from their order ("wish, then dying", "not, then living", "fear, then dying"), so that an unheard-of wording is still
 * understood. The first kind that fits at a place of the text wins; `stop` ends a clause.
 */
export const CRY_KINDS: readonly (readonly [kind: string, says: string])[] = [
  [
    'suicide',
    '自杀|轻生|自尽|寻死|寻短见|求死|自残|自伤|自虐|割腕|割手|跳楼|跳河|跳江|跳桥|上吊|烧炭|卧轨|服毒|遗书|遗言|安乐死|自我了[结断]|了断|了结|一死了之|一了百了|suicide|安眠药|农药|百草枯|吞药',
  ],
  [
    'saying',
    '[气累笑热冷吵烦急饿困吓疼痛痒哭馋堵羡闷憋丑穷尴恶吐撑撞烧]死|死[机板角心循党磕皮缠扛活咬宅胖粉忠穴海亡恐惧焦虑](?!去)|找死|作死|该死的|往死里|打死也|死人',
  ],
  [
    'die',
    '死亡|死去|死掉|去死|死了|死|离世|消失|解脱|长眠|走了|不在了|离开(?:这个|人|世)|赴死|送死|断气|醒不?过?来|不再醒|停止呼吸|告别',
  ],
  ['live', '活下去|活着|活|生存|生命|性命|人世|世上|世界|人间|人生|存在|出生|来到|命'],
  ['end', '结束|终结|终止|到头|尽头|放弃|撑不|熬不|坚持不|扛不|受不了'],
  ['not', '不想|不要|不愿|不敢|不会|不能|没有|没|不|别|无|未|毫无|失去|丧失'],
  [
    'wish',
    '想要|好想|想着|想过|想到|想|要|希望|渴望|期望|向往|打算|准备|计划|决定|盼着|期待|宁愿|宁可|不如|选择|应该|干脆|可以|值得|幻想|念头|想法|冲动|倾向|企图|尝试|试图',
  ],
  ['fear', '害怕|恐惧|担心|怕|恐|焦虑|惧'],
  ['self', '自己|我|俺|本人|自我'],
  [
    'other',
    '他们|她们|别人|他|她|它|男友|男朋友|女友|女朋友|老公|老婆|丈夫|妻子|爸爸?|妈妈?|父亲|母亲|父母|奶奶|爷爷|外婆|孩子|宝宝|儿子|女儿|朋友|同学|老师|人类|有人|大家|亲人|家人|猫|狗|你',
  ],
  ['ask', '怎么|怎样|如何|什么|哪|为什么|为何|吗|呢|？|\\?|是不是|会不会|能不能'],
  ['way', '方法|方式|办法|途径|最快|无痛|痛苦|不痛|过量|一瓶|多少'],
  ['worth', '意义|意思|动力|勇气|价值|必要|盼头|理由|资格|配|留恋|牵挂|顾虑'],
  ['good', '更好|多好|就好|好了|算了|拉倒|轻松|幸福|开心|安详|解决|痛快|平静|得了'],
  ['tale', '梦见|梦到|做梦|梦|电影|小说|书|新闻|歌|游戏|电视'],
  ['hurt', '割|刀|划|伤口|伤疤|血|掐|扎|咬|烫|伤害|药|楼|跳|绳|煤气|刀片'],
  ['past', '曾经|以前|过去|曾|小时候|当时|那时|后来|过'],
  ['sad', '痛苦|绝望|抑郁|崩溃|难受|无助|累|折磨|煎熬|窒息|空虚|孤独'],
  ['stop', '[，。！!;；\\n…~～]+'],
]

/** Kinds that say what it is about; pairs without one of them say nothing. */
export const CRY_CORE: ReadonlySet<string> = new Set([
  'suicide',
  'die',
  'live',
  'end',
  'saying',
  'hurt',
  'worth',
])
