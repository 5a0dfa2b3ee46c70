import { computed, reactive, ref } from 'vue'
import { Refusal } from '../../shared/api.ts'
import { type Live, openLive } from '../../shared/live.ts'
import { kept, remember } from '../keeping.ts'
import { ask, openSession } from '../session.ts'
import type { Message, MessagePage } from '../shapes.ts'
import { speak } from '../words.ts'
import * as logs from './log.ts'
import { OUTBOX, type Unsent, wireOf } from './outbox.ts'
import { createReceipts } from './receipts.ts'
import * as sending from './sending.ts'
import { log } from './sending.ts'

/**
 * The one conversation of this page: starts it, keeps it alive, and brings words both ways. What happened is worked out
 * in `log.ts`; here is only the order of calls.
 */

export { type Enclosed, log, retry, say, sendWithout, takeBack } from './sending.ts'
/** `starting` until the first page is here; then whether the line is open. */
export const line = ref<'starting' | 'open' | 'away'>('starting')
/** Why the conversation could not be loaded, in words; empty while all is well. */
export const trouble = ref('')
export const typing = ref(false)
/** The service has told with the page what was said so far, be it nothing. */
export const seeded = ref(false)
/**
 * Counts the changes told of each own case, by code: pages that show one fetch it again. Under the empty code it counts
 * the times something may have changed unheard, before the line was open or while it was cut.
 */
export const caseChanges = reactive(new Map<string, number>())
/** The highest number the person has seen on this device. */
export const seen = ref(Number(kept('read') ?? 0))

/** Newest words that are not the person's own, and whether they were seen. */
export const newest = computed(() => log.value.messages.filter(m => m.from !== 'me').pop())
export const hasNews = computed(() => (newest.value?.seq ?? 0) > seen.value)

/** Milliseconds an own message may stay without an acknowledgement, and between two looks where no socket works. */
const ACK_WITHIN = 10_000
const POLL_EVERY = 5_000
/** Failed tries after which messages go by REST. */
const SOCKET_PATIENCE = 3

const receipts = createReceipts()
let live: Live | undefined
let welcomed = false
/** Replay of the last greeting reaches to this number; a hole below it is no reason to greet again. */
let replayTo = 0
let greeting = false
let starting: Promise<void> | undefined
let poll: ReturnType<typeof setInterval> | undefined
let typingEnds: ReturnType<typeof setTimeout> | undefined

sending.useWay({
  start: () => void startChat(),
  isOpen: () => welcomed || poll !== undefined,
  hand,
  again() {
    if (!welcomed) live?.again()
  },
})

/** What was said so far, as the service sent it with the page; undefined when it did not. Before the conversation begins. */
export function seedLog(page: MessagePage | undefined): void {
  log.value = page ? logs.newer(logs.emptyLog, page) : logs.emptyLog
  seeded.value = page !== undefined
}

/** Begins the conversation, once. After a failure it is tried again by the next call, or by itself every few seconds. */
export function startChat(): Promise<void> {
  starting ??= begin().catch(error => {
    starting = undefined
    // Without a connection the banner has words of its own; a refusal brings the service's.
    trouble.value = error instanceof Refusal ? error.message : ''
    away()
    setTimeout(startChat, POLL_EVERY)
  })
  return starting
}

async function begin(): Promise<void> {
  sending.queueUnsent()
  await openSession()
  const page = await ask<MessagePage>('GET', 'messages?limit=50')
  log.value = logs.newer(log.value, page)
  forgetDelivered(page.messages)
  trouble.value = ''
  addEventListener('storage', otherTab)
  live = openLive('/ws/chat', {
    opened: greet,
    heard: frame => hear(frame as unknown as Frame),
    changed: state => {
      if (state.is !== 'open') lineLost()
      if (state.is === 'waiting' && !poll) away()
      byRest(state.is !== 'open' && state.tries >= SOCKET_PATIENCE)
    },
  })
}

/** Fetches what was said before the oldest message here. Throws `Refusal`. */
export async function loadOlder(): Promise<void> {
  const first = log.value.messages[0]?.seq
  if (first === undefined) return
  const page = await ask<MessagePage>('GET', `messages?before=${first}&limit=50`)
  log.value = logs.older(log.value, page)
}

/** The person has seen everything that is here. */
export function markSeen(): void {
  const seq = log.value.last
  if (seq <= seen.value) return
  seen.value = seq
  remember('read', String(seq))
  if (!live?.send({ t: 'read', seq })) void ask('POST', 'read', { seq }).catch(() => undefined)
}

type Frame =
  | { t: 'welcome'; last: number; language: string }
  | ({ t: 'message' } & Message)
  | { t: 'ack'; id: string; seq: number }
  | { t: 'case'; code: string }
  | { t: 'typing' }
  | { t: 'error'; code: string; message: string; id?: string }
  | { t: 'pong' }

function hear(frame: Frame): void {
  switch (frame.t) {
    case 'welcome':
      welcome(frame.last, frame.language)
      break
    case 'message':
      arrive(frame)
      break
    case 'ack':
      receipts.came(frame.id, frame.seq)
      sending.delivered(frame.id, frame.seq)
      break
    case 'case':
      changed(frame.code)
      break
    case 'typing':
      showTyping()
      break
    case 'error':
      if (frame.id) receipts.refused(frame.id, new Refusal(frame.code, frame.message))
  }
}

const changed = (code: string) => caseChanges.set(code, (caseChanges.get(code) ?? 0) + 1)

function lineLost(): void {
  welcomed = greeting = false
  receipts.cut()
}

function greet(): void {
  greeting = true
  live?.send({ t: 'hello', after: log.value.last })
}

function welcome(last: number, spoken: string): void {
  greeting = false
  welcomed = true
  line.value = 'open'
  trouble.value = ''
  replayTo = last
  void speak(spoken)
  if (isSomebodyElse(last)) return
  changed('')
  sending.queueUnsent()
}

/** Fewer messages than we know: the service now takes this device for somebody else. Nothing here is theirs. */
function isSomebodyElse(last: number): boolean {
  const isOther = last < log.value.last
  if (isOther) location.reload()
  return isOther
}

function arrive({ t: _t, ...message }: { t: 'message' } & Message): void {
  log.value = logs.heard(log.value, message)
  forgetDelivered([message])
  if (message.from !== 'me') typing.value = false
  if (message.seq === replayTo) log.value = logs.settled(log.value, replayTo)
  if (logs.hasGap(log.value) && message.seq > replayTo && !greeting) greet()
}

/** By socket where there is one, else by REST. A message of 10,000 characters stays below the 64 KiB of a frame. */
async function hand(item: Unsent): Promise<number> {
  if (welcomed && live?.send({ t: 'say', ...wireOf(item) })) {
    try {
      return await receipts.expect(item.id, ACK_WITHIN)
    } catch (error) {
      // An open line that does not acknowledge is not to be trusted.
      if (welcomed && error instanceof Refusal && error.code === 'offline') live?.again()
      throw error
    }
  }
  if (!poll) throw new Refusal('offline', '')
  const answer = await ask<{ seq: number; messages: Message[] }>('POST', 'messages', wireOf(item))
  for (const message of answer.messages) log.value = logs.heard(log.value, message)
  void catchUp().catch(() => undefined)
  return answer.seq
}

/** While no socket can be had, looks every few seconds and sends by REST. */
function byRest(on: boolean): void {
  if (!on) {
    clearInterval(poll)
    poll = undefined
    return
  }
  poll ??= setInterval(() => {
    if (document.visibilityState === 'hidden' || !navigator.onLine) return
    void catchUp()
      .then(() => {
        line.value = 'open'
        sending.wake()
      })
      .catch(away)
  }, POLL_EVERY)
}

async function catchUp(): Promise<void> {
  let page: MessagePage
  do {
    page = await ask<MessagePage>('GET', `messages?after=${log.value.last}&limit=50`)
    if (isSomebodyElse(page.last)) return
    log.value = logs.newer(log.value, page)
    forgetDelivered(page.messages)
    if (page.messages.length > 0) changed('')
  } while (page.more && page.messages.length > 0)
}

function forgetDelivered(messages: readonly Message[]): void {
  for (const { echo, seq } of messages) {
    if (!echo) continue
    receipts.came(echo, seq)
    sending.letGo(echo)
  }
}

function away(): void {
  line.value = 'away'
  sending.notSent()
}

function showTyping(): void {
  typing.value = true
  clearTimeout(typingEnds)
  typingEnds = setTimeout(() => {
    typing.value = false
  }, 6000)
}

/** Another tab has delivered words both tabs hold, or has seen the news. */
function otherTab({ key, newValue }: StorageEvent): void {
  if (key === 'huiyin.read' && newValue) seen.value = Math.max(seen.value, Number(newValue))
  if (key?.startsWith(OUTBOX)) sending.changedElsewhere(key.slice(OUTBOX.length), newValue === null)
}
