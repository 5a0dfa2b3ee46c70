import { putAgain } from './ask.ts'
import { command, inHand, type Moment } from './moment.ts'

/** "不再收知识": the weekly piece of knowledge is wished no longer. */
const STOP =
  /^(?:请)?(?:不再?|不想|不要|别|停止|取消)(?:再)?(?:收|发|接收|推送|订阅)?(?:给我)?(?:收)?(?:这个|每周)?知识(?:了|吧|推送)?$|^(?:unsubscribe|stop)(?: the)?(?: weekly)? knowledge$/
const SEND =
  /^(?:我)?(?:想|要|请|再)?(?:收|发|订阅|接收)(?:每周)?知识(?:吧|推送)?$|^(?:send|subscribe to)(?: me)?(?: the)?(?: weekly)? knowledge$/

/** A word on the weekly knowledge, wherever the talk stands; the thread is taken up again after it. */
export function knowledgeSaid(m: Moment): boolean {
  const plain = m.said.plain.replace(/[。.!！，,\s]+$/, '')
  const on = STOP.test(plain) ? false : SEND.test(plain) ? true : null
  if (on === null) return false
  command(m, { do: 'wishKnowledge', with: { on } })
  if (inHand(m)) putAgain(m)
  return true
}
