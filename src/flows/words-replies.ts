/** The many ways people say yes, no, skip and "I do not know". Matched against the matching form of a whole reply. */

export const YES =
  /^(?:是|是的|对|对的|好|好的|好吧|好啊|可以|行|行吧|嗯+|没错|同意|愿意|确认|确定|有|要|联系了|联系过|解决了|已经?解决|yes|y|yep|yeah|ok|okay|sure|right|correct|agree)[的了啊呀吧,，。!！~\s]*$/

export const NO =
  /^(?:否|不|不是|不对|不要|不用|不行|不可以|不同意|不愿意|没有?|没联系|没解决|没人联系|没有解决|还没有?|未解决|no|n|nope|nah|not|disagree|not yet)[的了啊呀吧呢,，。!！~\s]*$/

export const SKIP =
  /^(?:跳过|先不写|不想写|先不说|不想说|不知道(?:怎么|从哪儿?)说|not now|略过|以后再[给说发]?|没有对方电话|不知道对方电话|不留|不留了|不想留|不填|不填了|先不留|不方便|不方便留|不给|没有电话|没有手机|没有|没|不用了?|不说了?|不了|算了|匿名|下一个|skip|later|i do not have it|i don'?t have it|none|no|pass|no phone|rather not|prefer not to|(?:电话|手机|号码|手机号)(?:就|先)?不(?:留|给|填|说|方便|想留|用))(?:电话|号码|手机)?[的了吧。!！~\s]*$/

export const UNKNOWN = /^(?:不知道|不清楚|说不清楚?|不确定|记不清|忘了|不好说|i don'?t know|not sure|unknown)/

/** "Send it" on the summary, and "let me change something". */
export const SEND =
  /^(?:没错|没问题|对|对的|是|是的|好|好的|可以|行|确认|提交|交吧?|交上去|交上去吧|没错,?交上去|发吧|就这样|没有了|yes|y|ok|okay|send|send it|submit|correct|confirm|looks good|all good)[的了啊吧,，。!！~\s]*$/

export const EDIT =
  /^(?:我?再?改改?|我再改改|修改|改一下|要改|不对|有错|错了|改|no|edit|change|not right|wrong)[的了啊吧,，。!！~\s]*$/
