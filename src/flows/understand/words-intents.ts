import type { Intent } from './understand.ts'

/** Signs of what a person wants, first hit wins. `short` rows count only in messages of at most that many characters. */
export const INTENTS: readonly { intent: Intent; says: RegExp; short?: number }[] = [
  {
    intent: 'human',
    says: /^(?:转?人工(?:服务|客服)?|找人工|找真人|真人|客服|找个?人(?:聊|说)?|接人工|我要人工|找工作人员|human|agent|operator|(?:talk|speak) to (?:a |some)?(?:human|person|one|body).*)[。!！~\s]*$/,
  },
  { intent: 'human', says: /(?:转|找|要|换).{0,3}(?:人工|真人|工作人员)|不想跟机器人|别用机器人/, short: 24 },
  {
    intent: 'greeting',
    says: /^(?:您好?|你好啊?|嗨|哈喽|在吗|在不在|有人吗|早上好|上午好|下午好|晚上好|hi|hello|hey|good (?:morning|evening|afternoon))[呀啊吗,，。!！~\s]*$/,
  },
  {
    intent: 'chitchat',
    says: /^(?:谢谢|多谢|感谢|辛苦|好的|好嘞|收到|知道了|明白|嗯+|哦+|ok|okay|再见|拜拜|thanks?|thank you|bye|哈哈+|呵呵)[您你了啊呀,，。!！~\s]*(?:您|你|了|谢谢|多谢|辛苦了|so much|very much)?[。!！~\s]*$/,
  },
  {
    intent: 'chitchat',
    says: /你是谁|你叫什么|你是机器人|讲个笑话|今天天气|几岁|吃了吗|who are you|are you (?:a )?(?:robot|human)/,
    short: 20,
  },
  {
    intent: 'abuse',
    says: /傻[逼比b叉]|sb(?![a-z])|煞笔|他妈的|tmd|去死|滚蛋|^滚|废物|垃圾机器人|智障|脑残|王八蛋|狗东西|操你|草泥马|人工智障|白痴|fuck|stupid bot|idiot|bullshit/,
    short: 40,
  },
  {
    intent: 'booking_change',
    says: /(?:改|换|推迟|提前|取消|调整).{0,6}(?:调解|预约|约好|那次).{0,8}(?:时间|日期)?|(?:调解|预约).{0,10}(?:改期|改到|改时间|换.{0,2}时间|去不了|取消)|reschedule/,
  },
  {
    intent: 'visit_log',
    says: /(?:家访|探访|看望|去看了|见到|通了?电话|联系了).{0,14}(?:孩子|小朋友|留守|娃)|(?:孩子|小朋友|娃).{0,12}(?:挺好|都好|状态).{0,10}$|(?:昨天|今天|前天).{0,4}(?:去过了|家访了|见过了)|visited the (?:child|kid)/,
    short: 60,
  },
  {
    intent: 'rating',
    says: /^(?:不满意|满意|很满意|非常满意|没解决|没有解决|还没解决|根本没解决|解决了.{0,10}|已解决.{0,8}|没人联系我?|给个?(?:差评|好评)|评价|不?\s?satisfied|(?:not|un)\s?(?:solved|resolved)|solved.{0,12})[了啊呢,，。!！~\s]*$/,
  },
  {
    intent: 'status',
    says: /(?:上次|之前|上回|前几天|上周|我的?|那个|那件|上个月).{0,14}(?:到哪|怎么样了|咋样|进度|进展|结果|有回复|答复了|处理了吗|处理得|办好了?吗|办完|办得|有消息|有信)|(?:查|看|问).{0,4}(?:进度|进展|结果|办到哪)|进度(?:查询)?$|^我的(?:进度|事项|诉求|工单)|办到哪|处理到哪|(?:where|what).{0,12}(?:is|about|status).{0,10}(?:my|the) (?:case|complaint|report)|my cases?\b|check (?:the )?(?:status|progress)/,
    short: 50,
  },
  {
    intent: 'accusation',
    says: /受贿|贪污|行贿|收黑钱|吃拿卡要|以权谋私|滥用职权|优亲厚友|收.{0,6}红包|腐败|bribe|举报.{0,20}(?:书记|(?<!物业|业委会)主任|干部|领导|局长|镇长|乡长|村长|所长|公务员)|(?:书记|(?<!物业|业委会)主任|干部|领导|局长|镇长|乡长|村长|所长|科长|处长|民警|警察|城管|公务员).{0,16}(?:收.{0,6}(?:钱|礼|好处)|要(?:钱|好处)|索要|回扣|好处费|挪用|截留|套取|私分)/,
  },
  {
    intent: 'grid_report',
    says: /网格员?.{0,6}上报|我是.{0,10}网格(?:员|长)|巡查(?:中)?发现|例行巡查|grid report/,
  },
  { intent: 'mediation', says: /调解|(?:申请|想要|要求|希望).{0,6}调解|评评理|mediat/ },
]
