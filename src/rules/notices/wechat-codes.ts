/**
 * What an answer of WeChat's API means, as one table: handed over, worth trying later, or never by this way. Codes and their meaning are
 * those of WeChat's global return codes; `besides` is what is done besides.
 */

export type CodeThen =
  /** Drop the access token, fetch another, call once more. */
  | 'token'
  /** The configuration is wrong or the account blocked: the channel stands still and the operator is told. */
  | 'stop'
  /** The day's quota is used up: the channel stands still until midnight. */
  | 'stopToday'
  /** A template is wrong or withdrawn: it stands still and the operator is told. */
  | 'stopTemplate'
  /** The address is nobody's. */
  | 'forget'
  /** The window to speak first is closed, or its messages are used up. */
  | 'close'
  /** No agreement is left for this template. */
  | 'noCredit'
  /** Once more without the page. */
  | 'dropPage'
  /** Our own fault: the operator is told. */
  | 'alarm'

export interface CodeRow {
  is: 'sent' | 'later' | 'never'
  /** Seconds before another try makes sense; the outbox waits at least its own time. */
  after?: number
  besides?: CodeThen
}

const SENT: CodeRow = { is: 'sent' }
const TOKEN: CodeRow = { is: 'later', after: 60, besides: 'token' }
const STOP: CodeRow = { is: 'never', besides: 'stop' }
const TEMPLATE: CodeRow = { is: 'never', besides: 'stopTemplate' }
const NEXT: CodeRow = { is: 'never' }
const CLOSED: CodeRow = { is: 'never', besides: 'close' }
const OURS: CodeRow = { is: 'never', besides: 'alarm' }

// biome-ignore format: a table
export const WECHAT_CODES: Readonly<Record<number, CodeRow>> = {
  0:     SENT,
  [-1]:  { is: 'later', after: 60 },               // 系统繁忙
  40001: TOKEN,                                    // 凭证无效
  40014: TOKEN,                                    // access_token 无效
  42001: TOKEN,                                    // access_token 过期
  40003: { is: 'never', besides: 'forget' },          // openid 不属于本账号
  40002: STOP, 40013: STOP, 40125: STOP, 40164: STOP, 40243: STOP, 41002: STOP, 41004: STOP,
  50002: STOP, 50004: STOP, 50007: STOP, 48001: STOP, 48004: STOP, 89503: STOP,
  89506: { is: 'later', after: 86_400, besides: 'stop' },
  89507: { is: 'later', after: 3_600, besides: 'stop' },
  40008: OURS, 40039: OURS, 40129: OURS, 40200: OURS, 45067: OURS, 45162: OURS, 47001: OURS, 44002: OURS,
  40036: TEMPLATE, 40037: TEMPLATE, 43116: TEMPLATE, 40249: TEMPLATE, 43107: TEMPLATE, 45109: TEMPLATE,
  47003: { is: 'never', besides: 'alarm' },           // 字段不合规则
  41030: { is: 'never', besides: 'dropPage' },        // 页面不在已发布版本
  43004: NEXT,                                     // 未关注
  43019: NEXT,                                     // 在黑名单
  43101: { is: 'never', besides: 'noCredit' },        // 未订阅或次数用完
  43108: { is: 'later', after: 1 },                // 同一人并发
  45002: OURS, 45008: OURS,                        // 内容过长
  45009: { is: 'later', after: 3_600, besides: 'stopToday' },
  45011: { is: 'later', after: 60 }, 44991: { is: 'later', after: 60 },
  45015: CLOSED, 45047: CLOSED,                    // 超出时限、条数用完
  45168: NEXT,                                     // 敏感词
  48002: NEXT,                                     // 用户拒收
  70000: NEXT,                                     // 未成年人保护
  61010: NEXT,                                     // 两小时内未访问
  45072: NEXT, 45080: NEXT, 45081: NEXT,           // 输入状态
  40029: NEXT, 40163: NEXT, 42003: NEXT, 41008: NEXT, 40226: NEXT, 40030: NEXT, 42002: NEXT, 87009: NEXT,
  40007: NEXT, 40004: NEXT, 40006: NEXT, 41005: NEXT,
  43104: { is: 'never', besides: 'forget' }, 87020: NEXT,
}

/** A code the table does not know is tried again a few times, and the operator told: silence would lose a word. */
export const UNKNOWN_CODE: CodeRow = { is: 'later', after: 300, besides: 'alarm' }

export const codeRow = (code: number): CodeRow => WECHAT_CODES[code] ?? UNKNOWN_CODE
