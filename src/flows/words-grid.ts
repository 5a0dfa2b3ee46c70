import type { Duty } from '../rules/grid/duties.ts'

/** What staff say in the chat. Matched against the matching form of the whole message. Written by the project. */

const END = '[了吧啊呀,，。.!！~\\s]*$'
const whole = (words: string): RegExp => new RegExp(`^(?:${words})${END}`)

/** `绑定 1234 5678`, `link 12345678`; the code in the first group. English needs figures: "link" begins many a sentence. */
const LINK =
  /^(?:绑定(?:码|聊天|账号)?[\s:：,，]*([a-z0-9][a-z0-9 -]{0,20})?|link(?: code)?[\s:：]*((?=[a-z-]*\d)[a-z0-9][a-z0-9 -]{0,20})?)$/

/** The code of somebody who wants to link their chat: empty when they gave none, undefined when they want something else. */
export function linkCode(plain: string): string | undefined {
  const found = LINK.exec(plain.replace(/[。.!！]+$/, ''))
  return found ? (found[1] ?? found[2] ?? '').replace(/[\s-]/g, '') : undefined
}

/** Stop being known as staff here. */
export const UNLINK = whole('解除绑定|取消绑定|解绑|解除聊天绑定|unlink|unlink (?:this )?chat')

/** The menu of grid work, the orders of the unit, the view of a grid head. */
export const GRID_MENU = whole('网格|网格工作|网格菜单|grid|grid work|grid menu')
export const MY_ORDERS = whole('我的工单|工单|我的单子|查?工单列表|my orders|orders')
export const MY_GRID = whole('我的网格|网格情况|my grids?')
/** A report of a patrol: the bare wish, or a sentence that tells what was found. */
export const PATROL = whole('巡查上报|上报|我要上报|事件上报|patrol report|patrol|file a report')
export const FOUND =
  /^(?:日常|例行)?巡查(?:时|中|途中)?(?:发现|看到)(?:了)?[\s,，:：]*(?=.{3})|^(?:on )?patrol(?: found| report)?[\s,:：]+(?:i )?(?:found |saw )?(?=.{4})/

/** Names by which each duty is called. */
export const DUTY_WORDS: Readonly<Record<Duty, RegExp>> = {
  collect: whole('信息采报|信息采集|采报|collect(?: information)?'),
  visit: whole('定期走访|走访|入户走访|visits?'),
  opinion: whole('民意收集|收集民意|民意|opinions?'),
  conflict: whole('矛盾化解|化解矛盾|矛盾|conflicts?|settle conflicts?'),
  hazard: whole('隐患排查|排查隐患|排查|hazards?|check hazards?'),
  policy: whole('政策宣传|宣传|policy|explain policy'),
  report: whole('工作报告|工作汇报|报告工作|work report'),
}

/** Dealt with on the spot. */
export const SETTLED =
  /当场(?:就)?(?:已经?)?(?:处理|解决|清理|整改|制止|劝)|(?:已经?|现场)(?:当场|现场)?(?:处理|解决|清理|整改)(?:好|完|掉|干净)?了|(?:settled|fixed|dealt with|cleared)(?: it)? on the spot/
