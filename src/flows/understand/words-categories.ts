/**
 * What a matter is about, and whose it is. Written by the project, to be read and changed by people of the district.
 * `sure` words weigh 3, `hint` words 1. `route` is whose work it usually is; `panel` whose when two sides dispute over it;
 * `always` marks categories that are disputes by nature. Words are in matching form: small letters, narrow digits.
 */
export interface CategoryRow {
  key: string
  route: string | null
  panel?: string
  always?: true
  sure: string
  hint: string
}

// biome-ignore format: a table
export const CATEGORIES: readonly CategoryRow[] = [
  { key: 'lift', route: 'panel:物业纠纷', sure: '电梯|升降梯|elevator|the lift|lift is', hint: '困梯|维保' },
  { key: 'property', route: 'panel:物业纠纷', always: true, sure: '物业费|物业乱收|物业公司|物业管理|物业服务|物业收费|换物业|物管|业委会|业主委员会|公共收益|公摊|维修基金|property fee|property management', hint: '物业|小区|门禁|保安|业主|开发商|管理费|车库|交房' },
  { key: 'housing', route: 'dept:城乡建设', panel: 'panel:物业纠纷', sure: '房产证|不动产证|漏水|渗水|外墙|墙皮|违建|违章建筑|私搭乱建|拆迁|征地|棚改|安置房|回迁|危房|公积金|烂尾|延期交房|房屋质量|老旧小区|加装电梯|限价房|廉租|公租房|illegal building|leaking roof', hint: '房子|楼顶|屋顶|工地|施工|规划|土地|宅基地|购房|补偿款|开裂' },
  { key: 'water', route: 'dept:供水供电供热燃气', sure: '停水|水压|自来水|水费|水质|爆管|没水|断水|水管|供水|water supply|no water|water pipe', hint: '水表|水厂|发黄' },
  { key: 'heating', route: 'dept:供水供电供热燃气', sure: '暖气|供暖|供热|停暖|取暖费|热力|室温|不热|heating|radiator', hint: '太冷|温度|度数' },
  { key: 'power', route: 'dept:供水供电供热燃气', sure: '停电|断电|电费|变压器|供电|跳闸|电压|没电|电线杆|power cut|no electricity|blackout', hint: '电线|电表|配电' },
  { key: 'gas', route: 'dept:供水供电供热燃气', sure: '燃气|天然气|煤气|gas supply|gas bill', hint: '气表|灶' },
  { key: 'road', route: 'dept:城乡建设', sure: '井盖|坑洼|路面|修路|路坏|马路|人行道|盲道|下水道|积水|排水|污水管|pothole|manhole|road surface', hint: '道路|坑|塌陷|不平|路口' },
  { key: 'light', route: 'dept:城市管理', sure: '路灯|街灯|street light|streetlight|lamp', hint: '不亮|太黑|照明' },
  { key: 'sanitation', route: 'dept:城市管理', sure: '垃圾|打扫|环卫|公厕|厕所|卫生死角|脏乱|粪便|清运|小广告|乱堆|garbage|rubbish|trash|litter', hint: '臭|苍蝇|蚊子|老鼠|堆放' },
  { key: 'streetOrder', route: 'dept:城市管理', sure: '占道|摆摊|流动摊贩|城管|广告牌|店外经营|夜市|street vendor', hint: '摊|流浪狗|遛狗|养狗|养鸡' },
  { key: 'noise', route: 'dept:环境保护', panel: 'panel:环境保护纠纷', sure: '噪声|噪音|扰民|太吵|广场舞|装修声|noise|noisy|loud music', hint: '吵|音响|ktv|睡不着|震动' },
  { key: 'pollution', route: 'dept:环境保护', panel: 'panel:环境保护纠纷', sure: '污染|排污|废气|废水|异味|刺鼻|冒烟|黑烟|油烟|粉尘|扬尘|污水|环评|环保|黑臭|固废|臭气|pollution|smoke from|fumes', hint: '灰尘|味道|化工|工厂|烟囱|河道|辐射|排放' },
  { key: 'traffic', route: 'dept:交通运输', sure: '公交|公交车|出租车|网约车|的士|客运|班车|地铁|高铁站|滴滴|驾校|运管|高速|公共交通|bus stop|bus route|the bus|taxi', hint: '司机|线路|站点|等车|绕路|拒载|乘车' },
  { key: 'parking', route: 'dept:公安', panel: 'panel:物业纠纷', sure: '乱停车|停车位|车位|停车难|违停|堵车|红绿灯|信号灯|闯红灯|堵住消防通道|僵尸车|parking', hint: '停车|拥堵|交警|电动车' },
  { key: 'crash', route: 'panel:道路交通纠纷', always: true, sure: '车祸|交通事故|追尾|撞了|被撞|撞伤|肇事|事故认定|剐蹭|刮蹭|全责|主责|对方司机|car accident|hit by a car|交强险', hint: '理赔|保险公司|误工费' },
  { key: 'wages', route: 'panel:劳动争议纠纷', always: true, sure: '拖欠工资|欠薪|不发工资|工资没发|工资|工钱|讨薪|农民工|工伤|辞退|开除|裁员|劳动合同|加班费|劳动仲裁|经济补偿|克扣|包工头|试用期|竞业|unpaid wages|my wages|salary|fired', hint: '老板|公司|单位|上班|离职|加班|用人单位|打工' },
  { key: 'social', route: 'dept:劳动和社会保障', sure: '社保|养老金|养老保险|退休金|失业金|失业保险|医保卡|社保卡|退休|参保|缴费年限|人社|就业|招聘|事业编|职称|pension|social security', hint: '缴费|待遇|档案|工龄|认证|编制' },
  { key: 'school', route: 'dept:教育文体', sure: '学校|老师|入学|上学|学位|学区|补课|幼儿园|高考|中考|学费|校车|教育局|课后服务|学籍|小学|初中|高中|中学|教师|择校|教育|校园|体育馆|图书馆|school|teacher', hint: '孩子|学生|班主任|培训班|分班|作业|放假|家长|运动场' },
  { key: 'medical', route: 'dept:卫生计生', sure: '医院|看病|医生|挂号|疫苗|住院|诊所|卫生院|医保报销|新农合|计划生育|二胎|独生子女|接种|护士|hospital|doctor|vaccine', hint: '药|报销|手术|病房|救护|体检|生育' },
  { key: 'malpractice', route: 'panel:医疗纠纷', always: true, sure: '医疗事故|误诊|医疗纠纷|医患|手术失败|漏诊|病历|用错药|治坏|医疗过错|尸检|malpractice|misdiagnos', hint: '院方|后遗症' },
  { key: 'market', route: 'dept:市场监管', sure: '假货|过期|缺斤短两|食品安全|乱收费|欺诈|虚假宣传|退款|退货|消费者|营业执照|不给退|预付卡|充值卡|办卡|不卫生|三包|refund|fake goods|expired food', hint: '商家|超市|餐馆|饭店|价格|发票|质量|外卖|网购|店家|骗钱|药店' },
  { key: 'trade', route: 'dept:商贸旅游', sure: '旅游|景区|导游|旅行社|酒店|宾馆|招商|商场|门票|传销|快递|加油站|油价|tourist|hotel|travel agency', hint: '购物|商圈|商铺|市场|电商|物流|公司' },
  { key: 'order', route: 'dept:公安', sure: '户口|身份证|户籍|报案|派出所|小偷|偷窃|被偷|丢了|赌博|黄赌毒|治安|居住证|民警|落户|打麻将|police station|stolen', hint: '骚扰|可疑|摄像头|监控|警察|迁户' },
  { key: 'welfare', route: 'dept:民政', sure: '低保|五保|救助|特困|残疾证|残疾人|高龄补贴|养老院|殡葬|墓地|孤儿|临时救助|婚姻登记|敬老院|留守|救济|welfare|disabled', hint: '困难|补贴|老人|扶贫|贫困' },
  { key: 'family', route: 'panel:婚姻家庭纠纷', always: true, sure: '离婚|抚养费|抚养权|赡养|彩礼|遗产|继承|分家|婆媳|出轨|前夫|前妻|夫妻|婚姻|探视|夫妻共同财产|财产分割|我老公|我丈夫|我老婆|divorce|custody|alimony', hint: '丈夫|妻子|兄弟|父母|结婚|遗嘱|再婚|男方|女方' },
  { key: 'youth', route: 'panel:预防青少年违法犯罪', always: true, sure: '逃学|离家出走|辍学|网瘾|不良少年|夜不归宿|混社会|早恋|霸凌|校园欺凌|叛逆|打群架|抽烟喝酒|未成年人|truan|runaway', hint: '青少年|小混混|管不住|打架|未成年' },
  { key: 'mind', route: 'panel:心理干预', always: true, sure: '抑郁|焦虑|失眠|心理咨询|心理医生|情绪低落|心里难受|崩溃|压力太大|没意思|想哭|心理|depress|anxiety|counsel', hint: '难受|睡不好|压力|孤独|害怕|痛苦|烦躁' },
  { key: 'neighbour', route: 'dept:街道社区', panel: 'panel:物业纠纷', sure: '邻居|邻里|社区|居委会|村委会|村干部|neighbour|neighbor', hint: '楼上|楼下|对门|隔壁|宠物|狗叫|楼道|杂物' },
  { key: 'accusation', route: null, sure: '受贿|贪污|行贿|以权谋私|滥用职权|公职人员|收黑钱|吃拿卡要|贪官|包庇|腐败|bribe|corrupt', hint: '领导|干部|局长|书记|主任' },
]

/** Signs that a sentence tells of something wrong or asks for something to be done. */
export const MATTER =
  /坏|不管|没人管|投诉|举报|反映|反应|没人|不能用|不通|停了|断了|漏|堵|臭|吵|脏|乱|拖欠|不给|不退|不修|不发|不(?:打扫|清理|处理|解决|作为|维修|理|让|许|换|还|接|来|赔)|不热|不亮|没修|没有水|希望|要求|请求|建议|请.{0,6}(?:解决|处理|维修|管)|能不能|怎么没|为什么|太黑|危险|隐患|塌|裂|丢了|被偷|欺负|维权|求助|帮帮|broken|complain|report|fix|not working|nobody|leak|dirty|unsafe|refus/

/** The clue that a sentence asks how something is done rather than telling what is wrong. */
export const ASKS_HOW =
  /怎么办理?|如何办|办理.{0,8}(?:需要|流程|材料|条件)|需要什么(?:材料|手续|条件)|去哪里?办|在哪里?办|什么条件|流程是|怎么申请|如何申请|几点上班|电话是多少|咨询一下|请问.{0,20}(?:怎么|如何|哪里|多少)|how (?:do|can) i (?:apply|get|register)|what documents/
