/**
 * The nine situations of the mandatory report (关于建立侵害未成年人案件强制报告制度的意见, 高检发〔2020〕9号), with words by which a visitor's
 * report is heard to tell of one. Recall comes first: somebody on duty looks, nobody is accused. `who` must be near a child's name.
 */
export interface Sign {
  key: SignKey
  says: RegExp
}

export const SIGN_KEYS = [
  'privateInjury',
  'girlUnder14',
  'girlOver14',
  'injuries',
  'selfHarm',
  'abandoned',
  'unknownOrigin',
  'begging',
  'otherDanger',
  // Not of the law: a word of the coordinators' own list.
  'listed',
] as const
export type SignKey = (typeof SIGN_KEYS)[number]

// biome-ignore format: a table
export const SIGNS: readonly Sign[] = [
  { key: 'privateInjury', says: /(?:下身|下体|私处|隐私部位|屁股)[^。！？]{0,8}(?:疼|痛|伤|流血|出血|红肿)|(?:摸|碰|看)(?:了|过)?[她他]?(?:的)?(?:下身|下体|私处|隐私部位)/ },
  { key: 'girlUnder14', says: /(?:怀孕|流产|打胎|大肚子|被(?:强奸|性侵|猥亵))/ },
  { key: 'girlOver14', says: /(?:有人|叔叔|老师|邻居|继父|男人)[^。！？]{0,8}(?:欺负|动手动脚|摸|搂抱|骚扰|脱)/ },
  { key: 'injuries', says: /(?:身上|胳膊|手臂|腿上?|背上?|脸上?|头上?|浑身|全身)[^。！？]{0,8}(?:伤|淤青|瘀青|青一块|紫一块|青紫|烫|疤|血印|鞭|掐痕)|(?:挨打|被打|打(?:他|她|孩子)|往死里打|皮包骨|营养不良|饿得|吃不饱|没饭吃|昏迷|晕倒|被(?:同学|人)?(?:欺负|霸凌|欺凌)|下药|灌酒)|(?:bruise|beaten|bullied|starv)/ },
  { key: 'selfHarm', says: /不想活|想死|自杀|割(?:腕|手)|自残|划(?:手|胳膊)|跳楼|喝农药|中毒|打工[^。]{0,4}(?:受伤|砸伤)|(?:suicide|self.?harm|cut(?:s|ting)? (?:him|her)self)/ },
  { key: 'abandoned', says: /没人管|没有?大人(?:管|看|照顾|在家)|(?:一个人|自己|独自)(?:在家)?(?:住|过|生活|待)(?:了)?(?:好)?(?:几|两|三|\d+)?(?:天|周|个?月)?|好几天没(?:回家|大人|人)|(?:扔|丢|撇)下(?:他|她|孩子)|锁在(?:家|屋)|(?:left|living) alone/ },
  { key: 'unknownOrigin', says: /来历不明|找不到(?:了|孩子)|失踪|走丢|不见了|联系不上(?:孩子|他|她)|离家出走|被(?:拐|人带走|领走)|不知道去哪|(?:missing|ran away)/ },
  { key: 'begging', says: /(?:要饭|乞讨|讨钱|逼[他她]?(?:要钱|讨钱|干活|偷))/ },
  { key: 'otherDanger', says: /(?:酗酒|吸毒|赌博|发酒疯)[^。！？]{0,10}(?:孩子|他|她|打|骂)|(?:辍学|不让上学|不上学了)|(?:掉|跳)(?:进|下)(?:河|水|井)|(?:不敢回家|很害怕回家|吓得发抖|一直发抖)|逼(?:她|他)?(?:结婚|嫁人)/ },
]

/** Signs in what a visitor tells of a child, those of the coordinators' own list (`further`) last; empty when there are none. */
export function signsIn(text: string, further: readonly string[] = []): SignKey[] {
  const told = text.replace(DENIED, '')
  const heard = SIGNS.flatMap(({ key, says }) => (says.test(told) ? [key] : []))
  return further.some(word => told.includes(word)) ? [...heard, 'listed'] : heard
}

/** "没有受伤", "身上没伤": what is said not to be so. */
const DENIED =
  /(?:没有?|未|无)(?:见|发现|看到)?(?:什么)?(?:受伤|外伤|淤青|伤|挨打|被打|被欺负|异常)|(?:身上|脸上)没有?伤|no (?:bruises?|injur\w+)/g
