import type { Account } from './account.ts'
import type { LateParts } from './late.ts'

/** The official account as the HTTP edge knows it: made by `service.ts` where WECHAT_APP_SECRET is set. */
export interface WechatSide {
  account: Account
  late: LateParts
  /** Something was kept for later: it is done as soon as there is time. */
  wakeLate(): void
  /** Turns under way: what was kept for later waits until there are few. */
  load: { turns: number }
}
