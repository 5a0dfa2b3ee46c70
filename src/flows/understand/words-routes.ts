/**
 * Words that decide between a panel and a department. Written by the project, to be read and changed by people of the district.
 * The rule: what two sides could agree on goes to a panel; what is the duty of an authority goes to a department; where both
 * are heard and neither is clearly stronger, the bot asks.
 */

/** What only a matter of the mind or of the surroundings speaks of. */
const MIND =
  /心|情绪|抑郁|忧郁|焦虑|失眠|睡|压力|难受|哭|怕|恐|孤独|孤单|烦|累|崩溃|自卑|自责|委屈|憋|想不开|走不出|提不起劲|发呆|害怕|紧张|梦|脾气|自闭|不敢|内疚|绝望|depress|anxi|sleep|stress|lonely|counsel/
const SURROUNDINGS =
  /噪|吵|声|响|扰|震|味|臭|烟|污|尘|灰|排|水|气|粪|养殖|养鸡|养猪|屠宰|焚|烧|辐射|光|垃圾|环评|环境|生态|采石|采砂|矿|厂|noise|smell|smoke|pollut|dust|waste/

/** What a message must speak of at least, to be a matter of this panel; a panel without a row may be about anything. */
export const PANEL_SPEAKS_OF: Readonly<Record<string, RegExp>> = {
  'panel:婚姻家庭纠纷':
    /婚|离异|抚养|赡养|扶养|彩礼|嫁妆|夫妻|老公|老婆|丈夫|妻子|媳妇|前夫|前妻|出轨|同居|继承|遗产|遗嘱|男方|女方|婆婆|婆家|娘家|家暴|小三|领证|分居|探视|亲子|收养|分家|男友|女友|恋爱|私生|监护|兄弟|姐妹|养老|divorce|marri|custody|wife|husband|alimony|inherit/,
  'panel:劳动争议纠纷':
    /工资|工钱|薪|工伤|劳动|劳务|辞职|辞退|开除|离职|加班|用人单位|员工|职工|打工|务工|干活|试用期|年假|产假|绩效|解雇|雇|社保|上班|工作|用工|入职|招聘|wage|salary|fired|employer|overtime/,
  'panel:道路交通纠纷':
    /交通事故|车祸|撞|追尾|肇事|事故|交强险|定损|逆行|刮|剐|蹭|轧|车|accident|crash|hit by/,
  'panel:医疗纠纷':
    /医院|医生|手术|误诊|病历|输液|治疗|用药|诊所|患者|大夫|医疗|牙|护士|hospital|doctor|surgery|diagnos/,
  'panel:物业纠纷': /物业|业主|小区|电梯|车位|公寓|花园|楼|开发商|维修基金|property|estate|lift|elevator/,
  'panel:心理干预': MIND,
  'panel:环境保护纠纷': SURROUNDINGS,
  'panel:预防青少年违法犯罪':
    /未成年|1[0-7]岁|十[一二三四五六七]岁?|孩|学生|少年|儿子|女儿|闺女|外甥|孙子|孙女|弟|妹|娃|小子|初中|高中|初[一二三]|高[一二三]|岁|son|daughter|child|kid|teen/,
}

/** Words by which a message says itself that two sides are at odds in the field of a panel. */
export const PANEL_SIGNS: readonly (readonly [RegExp, string])[] = [
  [
    /物业(?:公司|费|管理|服务|乱|违规|收)|业委会|业主委员会|电梯.{0,10}(?:坏|故障|停|问题|年检|困|维修|监测|换)|(?:小区|公寓|花园).{0,8}电梯|公共收益|维修(?:基|资)金/,
    'panel:物业纠纷',
  ],
  [
    /拖欠.{0,10}(?:工资|工钱|薪)|欠薪|讨薪|农民工|辞退|开除|解除劳动|劳动合同|加班(?:费|工资)|克扣|带薪|工伤|非法用工|用工/,
    'panel:劳动争议纠纷',
  ],
  [
    /医疗(?:事故|纠纷|过错)|误诊|草菅人命|治[死坏残]|手术.{0,8}(?:失败|后遗|感染|死|出血)|医死/,
    'panel:医疗纠纷',
  ],
  [/交通事故|车祸|肇事|撞[伤死]/, 'panel:道路交通纠纷'],
  [/噪音|噪声|扰民|油烟|废气|废水|排污|污染|粉尘/, 'panel:环境保护纠纷'],
]

/** A duty of an authority: rules, permits, funds, supervision. */
export const DUTY =
  /不作为|监管|审批|审核|执法|查处|立案|取缔|许可|政策|规划|补贴|补助|名额|编制|招聘|考试|职称|办理|发放|标准是|何时(?:出台|落实|发)|条例|文件|公示/

/** Two sides who could agree: money to be paid, a promise not kept, a wish to talk. */
export const SIDES =
  /调解|协商|赔偿|赔钱|赔我|索赔|纠纷|说法|打官司|起诉|仲裁|谈不拢|不承认|不认账|私了|和解|mediat|compensat|dispute/

/** A duty of the environmental authority named in so many words: permits, supervision, punishment, measuring. */
export const ENVIRONMENT_DUTY =
  /环评|审批|监管|不作为|执法|查处|取缔|处罚|立案|环保(?:局|部门|督察)|生态环境局|许可|规划|公示|无证|监测|emission permit|regulat/

/** Somebody on the other side with whom one could agree: a business, a site, a neighbour. */
export const COUNTERPART =
  /店|馆|餐厅|烧烤|酒吧|ktv|歌厅|厂|公司|企业|工地|施工|装修|邻居|楼上|楼下|隔壁|对面|对门|养殖|场|作坊|矿|站|老板|业主|他们?家|restaurant|factory|neighbou?r|shop|site/
