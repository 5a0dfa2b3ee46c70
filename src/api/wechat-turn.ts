import type { Bubble, HeardMessage } from '../bot/channel.ts'
import { plainText } from '../bot/wording.ts'
import { pushedBefore } from '../store/pushed.ts'
import { MOST_PARTS, partsOf } from '../wechat/cut.ts'
import { keepLate, type LateBody, lateIds } from '../wechat/late.ts'
import type { ApiParts } from './parts.ts'

/** WeChat waits five seconds; what is not ready in four is answered `success`, and said later. Milliseconds. */
const READY_WITHIN = 4000
/** Who would wait longer than this is answered later: nobody shall time out. Milliseconds. */
const WAIT = 1200
/** How much a newer turn says about how fast we are, and how few at once say nothing. */
const WEIGHT = 0.05
const FEW = 50
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

/** How long a newcomer would wait: as many turns as run, each as long as turns took lately; or as the oldest waits already. */
function makePace(running: ReadonlyMap<string, Running>) {
  let each = 0
  return {
    ended(since: number, among: number) {
      const sample = (performance.now() - since) / Math.max(among, FEW)
      each = each === 0 ? sample : each + (sample - each) * WEIGHT
    },
    wait() {
      const oldest = running.values().next().value
      const waited = oldest ? performance.now() - oldest.since : 0
      return Math.max(running.size * each, waited)
    },
  }
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

  const pace = makePace(running)

  function run(id: string, heard: HeardMessage): Promise<string> {
    const before = running.get(id)
    if (before) return before.words
    const since = performance.now()
    const among = running.size + 1
    const words = wordsOf(parts, heard).finally(() => {
      running.delete(id)
      pace.ended(since, among)
      if (wechat) wechat.load.turns = running.size
    })
    running.set(id, { words, since })
    if (wechat) wechat.load.turns = running.size
    return words
  }

  return {
    async turn(heard) {
      const ids = lateIds(house, heard, heard.externalId)
      const own = `${heard.appId} ${heard.address} ${heard.externalId}`
      const before = wechat ? await pushedBefore(store.read, ids) : null
      if (before === 'taken') return SAID_LATER
      const hear: LateBody = { do: 'hear', heard }
      if (before === 'othersWait' || (wechat && !running.has(own) && pace.wait() > WAIT))
        return later(ids, hear)
      const words = await withinTime(run(own, heard))
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
