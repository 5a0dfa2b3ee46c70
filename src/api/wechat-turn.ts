import type { Bubble, HeardMessage } from '../bot/channel.ts'
import { plainText } from '../bot/wording.ts'
import { pushedBefore } from '../store/pushed.ts'
import { MOST_PARTS, partsOf } from '../wechat/cut.ts'
import { keepLate, type LateBody, lateIds } from '../wechat/late.ts'
import type { ApiParts } from './parts.ts'

/** WeChat waits five seconds; what is not ready in four is answered `success`, and said later. Milliseconds. */
const READY_WITHIN = 4000
/** While the oldest turn is older than this, or so many run, newcomers are answered later: nobody shall time out. */
const OLD = 2000
const MANY = 800
const SAID_LATER = ''

/** How the callback answers. Empty words: `success`, the rest follows by itself. Null: WeChat shall ask again. */
export interface Answering {
  turn(heard: HeardMessage): Promise<string | null>
  picture(heard: HeardMessage, mediaId: string): Promise<string | null>
}

interface Running {
  words: Promise<string>
  since: number
}

/** Keeps one process's running turns: a repeat waits for the same end. */
export function makeAnswering(parts: ApiParts): Answering {
  const running = new Map<string, Running>()
  const { wechat, house } = parts
  const { store } = house

  /** Kept for later, answered `success`; what cannot be kept must come again. */
  async function later(ids: ReturnType<typeof lateIds>, body: LateBody): Promise<string | null> {
    if (!wechat) return null
    await keepLate(wechat.late, ids, body)
    wechat.wakeLate()
    return SAID_LATER
  }

  const overloaded = () => {
    if (running.size >= MANY) return true
    const oldest = running.values().next().value
    return oldest !== undefined && performance.now() - oldest.since > OLD
  }

  function run(id: string, heard: HeardMessage): Promise<string> {
    const before = running.get(id)
    if (before) return before.words
    const words = wordsOf(parts, heard).finally(() => running.delete(id))
    running.set(id, { words, since: performance.now() })
    return words
  }

  return {
    async turn(heard) {
      const ids = lateIds(house, heard, heard.externalId)
      const before = wechat ? await pushedBefore(store.read, ids.id, ids.who) : null
      if (before === 'taken') return SAID_LATER
      const hear: LateBody = { do: 'hear', heard }
      if (before === 'othersWait' || (wechat && !running.has(ids.id) && overloaded())) return later(ids, hear)
      const words = await withinTime(run(ids.id, heard))
      if (words === null) return later(ids, hear)
      return firstPart(parts, heard, words)
    },
    async picture(heard, mediaId) {
      const ids = lateIds(house, heard, heard.externalId)
      if (!wechat) return parts.words('zh-CN', 'api:wechat.textOnly')
      return later(ids, { do: 'picture', heard, mediaId })
    },
  }
}

async function wordsOf(parts: ApiParts, heard: HeardMessage): Promise<string> {
  const { replies } = await parts.receive(heard)
  return replies.map(line => plainText(JSON.parse(line.body) as Bubble)).join('\n\n')
}

/** A reply holds one part; the others follow by themselves, once. */
async function firstPart({ wechat, house }: ApiParts, heard: HeardMessage, words: string): Promise<string> {
  const parts = partsOf(words, wechat ? MOST_PARTS : 1)
  const [first = '', ...rest] = parts
  if (rest.length === 0 || !wechat) return first
  const { channel, appId, address } = heard
  const ids = lateIds(house, heard, `rest.${heard.externalId}`)
  // Nobody waits to be heard because of it: the rest of an answer is in the way of nothing.
  await keepLate(
    wechat.late,
    { ...ids, who: ids.id },
    { do: 'say', to: { channel, appId, address }, parts: rest },
  )
  wechat.wakeLate()
  return first
}

function withinTime(words: Promise<string>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>(done => {
    timer = setTimeout(done, READY_WITHIN, null)
  })
  return Promise.race([words, late]).finally(() => clearTimeout(timer))
}
