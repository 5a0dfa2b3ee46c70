import { keepResult } from '../actions/wechat-events.ts'
import type { Bubble, HeardMessage, Receive } from '../bot/channel.ts'
import { plainText } from '../bot/wording.ts'
import { personAt } from '../store/persons.ts'
import {
  duePushed,
  keepPushed,
  type PushedRow,
  type PushIds,
  pushedId,
  pusherId,
  resumePushed,
  settlePushed,
  takePushed,
} from '../store/pushed.ts'
import type { ReceiptWord } from '../store/receipts.ts'
import type { Shelf } from '../store/shelf.ts'
import type { Account } from './account.ts'
import { MOST_PARTS, partsOf } from './cut.ts'
import { fetchPicture } from './picture.ts'
import { type Place, say, type To } from './say.ts'

/**
 * What could not be answered while WeChat waited: it is kept, `success` is said, and the answer goes out by customer-service messages. A kill
 * loses nothing of it: what was in hand is taken up again, so at most the one answer under way is said twice.
 */

/** What is kept. A line of the talk, a picture to fetch before it is one, words left to say, a word on a notice we do not know yet. */
export type LateBody =
  | { do: 'hear'; heard: HeardMessage }
  | { do: 'picture'; heard: HeardMessage; mediaId: string }
  | { do: 'say'; to: Pick<HeardMessage, 'channel' | 'appId' | 'address'>; parts: string[] }
  | { do: 'result'; word: ReceiptWord }

export interface LateParts extends Place {
  account: Account
  receive: Receive
  shelf: Shelf
  /** What is said when a picture could not be had. */
  lost: string
  fault(what: string, error: unknown): void
}

/** After this many tries, some ten hours, nobody waits for the answer any more; the page has it. */
const TRIES = 12
const waitFor = (attempts: number) => Math.min(15 * 2 ** attempts, 3600)

/** Keeps something to do later, once. False when the very same was kept before. */
export async function keepLate(
  { store, now }: Place,
  at: { id: string; who: string },
  body: LateBody,
): Promise<boolean> {
  return store.write(tx => keepPushed(tx, { ...at, body: JSON.stringify(body) }, now()), at.who)
}

/** Ids for a push: its own, and that of who sent it. */
export function lateIds(
  { store }: Pick<Place, 'store'>,
  { channel, appId, address }: Pick<HeardMessage, 'channel' | 'appId' | 'address'>,
  id: string,
): PushIds {
  let hash: string | undefined
  return {
    get id() {
      hash ??= pushedId(store, channel, appId, address, id)
      return hash
    },
    who: pusherId(store, channel, appId, address),
  }
}

/** After a start: what was in hand when the process died waits again. */
export const recoverLate = ({ store }: Pick<Place, 'store'>): Promise<number> => store.write(resumePushed)

const BATCH = 200
/** People answered side by side. */
const WIDTH = 8

/** Does what is due, each person's in order. Returns how much it took in hand. */
export async function runLate(parts: LateParts): Promise<number> {
  const rows = await duePushed(parts.store.read, parts.now(), BATCH)

  const lines = [...groupBy(rows).values()]
  await Promise.all(
    Array.from({ length: Math.min(WIDTH, lines.length) }, async () => {
      for (let line = lines.shift(); line; line = lines.shift()) await inOrder(parts, line)
    }),
  )
  return rows.length
}

function groupBy(rows: readonly PushedRow[]): Map<string, PushedRow[]> {
  const groups = new Map<string, PushedRow[]>()
  for (const row of rows) groups.set(row.who, [...(groups.get(row.who) ?? []), row])
  return groups
}

/** One person's, until another process has one of them in hand. */
async function inOrder(parts: LateParts, line: readonly PushedRow[]): Promise<void> {
  for (const row of line) {
    if (!(await parts.store.write(tx => takePushed(tx, row), row.who))) return
    await one(parts, row)
  }
}

async function one(parts: LateParts, row: PushedRow): Promise<void> {
  const { store, now } = parts
  let left: LateBody | null = JSON.parse(row.body) as LateBody
  try {
    left = await doLate(parts, row, left)
  } catch (error) {
    parts.fault('late', error)
  }
  const again = left !== null && row.attempts + 1 < TRIES
  const dueAt = new Date(Date.parse(now()) + waitFor(row.attempts) * 1000).toISOString()
  const keep = again ? { body: JSON.stringify(left), dueAt } : null
  await store.write(tx => settlePushed(tx, row.id, keep), row.who)
}

/** Does one thing; answers with what is left to do of it, null when nothing is. */
async function doLate(parts: LateParts, row: PushedRow, body: LateBody): Promise<LateBody | null> {
  if (body.do === 'say') return sayParts(parts, body)
  if (body.do === 'result') {
    await parts.store.write(tx => keepResult(tx, body.word, parts.now()))
    return null
  }
  if (body.do === 'hear') return answer(parts, body.heard)
  const got = await fetchPicture(parts, row, body.heard, body.mediaId, row.attempts + 1 >= TRIES)
  if (got === null) return body
  if (got !== 'lost') return answer(parts, { ...body.heard, files: got })
  const { channel, appId, address } = body.heard
  return sayParts(parts, { do: 'say', to: { channel, appId, address }, parts: [parts.lost] })
}

/** Hears it, or finds what it was answered before, and says the answer. */
async function answer(parts: LateParts, heard: HeardMessage): Promise<LateBody | null> {
  const { replies } = await parts.receive(heard)
  const bubbles = replies.map(line => JSON.parse(line.body) as Bubble)
  const { channel, appId, address } = heard
  return sayBubbles(parts, { channel, appId, address }, bubbles)
}

async function toOf({ store }: Place, at: Pick<HeardMessage, 'channel' | 'appId' | 'address'>) {
  const known = await personAt(store.read, at)
  return known ? { identityId: known.identityId, address: at.address } : null
}

/** All replies of a turn as one message, its last choices as a menu; the quota of a window is five. */
async function sayBubbles(
  parts: LateParts,
  at: Pick<HeardMessage, 'channel' | 'appId' | 'address'>,
  bubbles: readonly Bubble[],
): Promise<LateBody | null> {
  const to = await toOf(parts, at)
  const last = bubbles.at(-1)
  if (!to || !last) return null
  const { choices = [], ...rest } = last
  const text = [...bubbles.slice(0, -1), rest].map(plainText).join('\n\n')
  const sent = await say(parts, parts.account, to, { text, choices })
  if (sent.is !== 'later') return null
  return {
    do: 'say',
    to: at,
    parts: partsOf([text, plainText({ text: '', choices })].filter(Boolean).join('\n')),
  }
}

async function sayParts(parts: LateParts, body: Extract<LateBody, { do: 'say' }>): Promise<LateBody | null> {
  const to: To | null = await toOf(parts, body.to)
  if (!to) return null
  for (const [index, text] of body.parts.slice(0, MOST_PARTS).entries()) {
    const sent = await say(parts, parts.account, to, { text })
    if (sent.is === 'later') return { ...body, parts: body.parts.slice(index) }
    if (sent.is === 'never') return null
  }
  return null
}
