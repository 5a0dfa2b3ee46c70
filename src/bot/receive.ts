import { somebodyOnDuty } from '../actions/alerts.ts'
import { underPseudonym } from '../actions/care/pseudonyms.ts'
import type { House } from '../actions/house.ts'
import { isOfHelp, wantsToLeave } from '../flows/begin-help.ts'
import type { Book } from '../flows/book.ts'
import { emptyTalk, factsWanted, turn } from '../flows/engine.ts'
import type { Command, Heard, Language, Say, Talk, Turn } from '../flows/talk.ts'
import { dangerOf } from '../flows/understand/understand.ts'
import { openWindow } from '../store/channels.ts'
import { addConsent } from '../store/consents.ts'
import type { Tx } from '../store/db.ts'
import { keyOf } from '../store/keys.ts'
import { type Address, type Known, keepLanguage, lockPersonAt } from '../store/persons.ts'
import {
  addLine,
  answeredBefore,
  type ConversationRow,
  conversationOf,
  keepConversation,
  type Line,
  type Talker,
  talkerBy,
} from '../store/talks.ts'
import { markQuiet, QUIET, veilHelp } from '../store/veil.ts'
import type { Words } from '../words.ts'
import { secondLook } from './alike-facts.ts'
import type { Bubble, HeardMessage, Receive, Received } from './channel.ts'
import { runCommand, type Speaker } from './commands.ts'
import { factsFor } from './facts-for.ts'
import { held } from './held.ts'
import { cannotRead, heardText } from './unread.ts'
import { bubbleOf } from './wording.ts'

/** What hearing needs besides the house: the talk's book, its words, and where to tell of a fault, without anything personal. */
export interface Ears {
  house: House
  readonly book: Book
  words: Words
  fault(what: string, error: unknown): void
}

/**
 * The way of one message. In one transaction it is stored (the same again is answered as the first was), the talk loaded, the engine takes its
 * turn, what it asks for is done, the replies are stored. A fault of ours loses nothing: it is kept with an honest word, and a clerk sees it.
 */
export function makeReceive(ears: Ears): Receive {
  const { store } = ears.house
  return async heard => {
    const lock = `${heard.channel}:${heard.appId}:${heard.address}`
    try {
      return await store.write(tx => hear(held(ears), tx, heard), lock, 'again')
    } catch (error) {
      ears.fault('receive', error)
      return await store.write(tx => keepAnyway(ears, tx, heard), lock)
    }
  }
}

/** Two accounts of one channel number their messages each for itself. */
export const idOf = ({ appId, externalId }: Pick<HeardMessage, 'appId' | 'externalId'>) =>
  appId === '-' ? externalId : `${appId}:${externalId}`

/** May be run again (`Runs`): everything it does stands in the ledger, and `written` is left as it is. */
async function hear(ears: Ears, tx: Tx, written: HeardMessage): Promise<Received> {
  const before = await answeredBefore(tx, written.channel, idOf(written))
  if (before) return { personId: before.personId, seq: before.seq, repeat: true, replies: before.replies }
  const now = ears.house.now()
  const { who, conversation, window } = await atTheirTurn(ears, tx, written, now)
  if (written.opens) await openWindow(tx, who.identityId, written.opens, now, window)
  const heard = { ...written, text: await heardText(ears.words, tx, who, written) }
  const mine = await addOwnLine(tx, conversation, who, heard, now)
  const replies = silent(ears.book, conversation, heard)
    ? []
    : heard.unread
      ? [await cannotRead(ears.words, tx, who, conversation, { ...heard, replyToId: mine.id }, now)]
      : await talkTurn(ears, tx, who, conversation, { ...heard, replyToId: mine.id }, now)
  if (conversation.mode !== 'bot') tx.changes.conversations.add(who.personId)
  await keepConversation(tx, conversation, who.key, now)
  return { personId: who.personId, seq: mine.seq, repeat: false, replies }
}

/** The person and their conversation, in the order of those who touch it. */
export async function atTheirTurn(
  ears: Ears,
  tx: Tx,
  heard: Address & Pick<HeardMessage, 'language'>,
  now: string,
): Promise<Talker> {
  if (ears.house.store.kind === 'postgresql') await lockPersonAt(tx, heard)
  return talkerBy(tx, heard, now, heard.language ?? 'zh-CN')
}

/** The line of the person's own words, with the files they brought. */
export function addOwnLine(
  tx: Tx,
  conversation: ConversationRow,
  who: Known,
  heard: HeardMessage,
  now: string,
) {
  const body = JSON.stringify({ text: heard.text, ...(heard.files?.length ? { files: heard.files } : {}) })
  const { channel } = heard
  const line = { sender: 'me', channel, externalId: idOf(heard), body } as const
  return addLine(tx, conversation, who.key, line, now)
}

/** While a clerk has the conversation the bot is silent; danger it never overhears. */
function silent(book: Book, conversation: ConversationRow, heard: HeardMessage): boolean {
  if (conversation.mode !== 'human' || wantsToLeave(heard.text)) return false
  return dangerOf(heard.text, book.resources).kinds.length === 0
}

/** The talk of a conversation; a new one where none is open. */
export const talkIn = (conversation: ConversationRow, language: Language): Talk =>
  conversation.talk ? (JSON.parse(conversation.talk) as Talk) : emptyTalk(language)

type Speaking = Pick<Known, 'personId' | 'key' | 'language'>

async function talkTurn(
  ears: Ears,
  tx: Tx,
  who: Speaking,
  conversation: ConversationRow,
  heard: Pick<HeardMessage, 'channel' | 'text' | 'tap' | 'files' | 'position' | 'unit'> & {
    replyToId: string | null
  },
  now: string,
): Promise<Line[]> {
  const talk = talkIn(conversation, who.language)
  const said: Heard = {
    text: heard.text,
    ...(heard.tap ? { tap: heard.tap } : {}),
    ...(heard.files ? { files: heard.files.map(({ id, kind }) => ({ id, kind })) } : {}),
    ...(heard.position ? { position: heard.position } : {}),
    ...(heard.unit ? { unit: heard.unit } : {}),
  }
  const wants = factsWanted(ears.book, talk, said)
  const facts = await factsFor(ears, tx, who.personId, { wants, talk }, now)
  const first = turn(ears.book, talk, said, facts)
  const more = await secondLook(ears.book, tx, who.personId, { before: talk, after: first.talk, facts })
  const taken = more ? turn(ears.book, talk, said, more) : first
  return keepTurn(ears, tx, who, conversation, { talk, taken, heard }, now)
}

/** A turn and the talk it was taken in; its replies go out on `heard.channel`, as answers to `heard.replyToId`. */
export interface TurnTaken {
  talk: Talk
  taken: Turn
  heard: Pick<HeardMessage, 'channel'> & { replyToId: string | null }
}

/** Stores what came of a turn: language, consent, the talk; does what it asks for, and says what there is to say. */
export async function keepTurn(
  ears: Ears,
  tx: Tx,
  who: Speaking,
  conversation: ConversationRow,
  { talk, taken, heard }: TurnTaken,
  now: string,
): Promise<Line[]> {
  if (taken.talk.language !== talk.language) await keepLanguage(tx, who.personId, taken.talk.language)
  const shown = taken.talk.noticeShown
  if (shown && shown !== talk.noticeShown)
    await addConsent(tx, who.personId, { purpose: 'privacyNotice', version: shown, given: true }, now)
  conversation.talk = JSON.stringify(taken.talk)
  const speaker: Speaker = { personId: who.personId, conversation, now }
  const says = await carriedOut(ears, tx, speaker, taken.out)
  const replies: Line[] = []
  for (const say of says) {
    const body = JSON.stringify(bubbleOf(ears.words, taken.talk.language, say))
    const line = { sender: 'bot', channel: heard.channel, body, replyToId: heard.replyToId } as const
    replies.push(await addLine(tx, conversation, who.key, line, now))
  }
  if (speaker.veils || isOfHelp(talk, taken.talk)) await keepQuiet(tx, speaker, heard.replyToId, replies)
  return replies
}

/** The lines of a call for help are marked; who leaves in a hurry has them veiled, with the words that did it. */
async function keepQuiet(tx: Tx, { personId, veils }: Speaker, own: string | null, replies: readonly Line[]) {
  await markQuiet(tx, [...(own ? [own] : []), ...replies.map(({ id }) => id)])
  if (veils) await veilHelp(tx, personId)
  else for (const line of replies) line.veil = QUIET
}

/** What a turn asked for is done in its order; what it says, and what came of the doing, is said. */
async function carriedOut(
  ears: Ears,
  tx: Tx,
  speaker: Speaker,
  out: readonly (Say | Command)[],
): Promise<Say[]> {
  const says: Say[] = []
  for (const part of out) {
    if (isSay(part)) says.push(await honest(ears, tx, part, speaker.now))
    else says.push(...(await runCommand(ears.house, tx, speaker, part)))
    if (isSay(part) || part.do !== 'eraseMyData') continue
    // Nothing is left to go on with: the talk was theirs too.
    speaker.conversation.talk = null
    break
  }
  return says
}

/** Who says that somebody was called must know that there is somebody. */
async function honest(ears: Ears, tx: Tx, say: Say, now: string): Promise<Say> {
  if (!CALLED.includes(say.say) || (await somebodyOnDuty(ears.house, tx, now))) return say
  return { ...say, say: 'danger.nobody' }
}

const CALLED = ['danger.called', 'danger.calledBefore']

/**
 * Takes a talk up again after a clerk gave the conversation back: the question that stood is put once more. Nothing
 * happens where no flow waits.
 */
export function makeResume(ears: Ears): (personId: string) => Promise<void> {
  return personId =>
    ears.house.store.write(async tx => {
      const key = await keyOf(tx, personId)
      if (!key) return
      const now = ears.house.now()
      const conversation = await conversationOf(tx, personId, key)
      const talk = conversation.talk ? (JSON.parse(conversation.talk) as Talk) : null
      if (conversation.mode !== 'bot' || talk?.stack[0]?.paused !== 'person') return
      const who = { personId, key, language: talk.language }
      const again = { channel: 'web', text: RESUME, replyToId: null } as const
      await talkTurn(held(ears), tx, who, conversation, again, now)
      await keepConversation(tx, conversation, key, now)
    }, personId)
}

/** The order that takes up what was set aside, as a person would say it. */
const RESUME = '继续'

const isSay = (part: Say | Command): part is Say => 'say' in part

/** Our own code failed on this message: it is kept as it is, a clerk is asked, and the person is told so. */
export async function keepAnyway(ears: Ears, tx: Tx, written: HeardMessage): Promise<Received> {
  const now = ears.house.now()
  const { who, conversation } = await talkerBy(tx, written, now, written.language ?? 'zh-CN')
  const heard = { ...written, text: await underPseudonym(tx, who.personId, written.text) }
  const mine = await addOwnLine(tx, conversation, who, heard, now)
  const bubble: Bubble = { text: ears.words(who.language, 'done:fault') }
  if (conversation.mode === 'bot') conversation.mode = 'waiting'
  const line = {
    sender: 'bot',
    channel: heard.channel,
    body: JSON.stringify(bubble),
    replyToId: mine.id,
  } as const
  const reply = await addLine(tx, conversation, who.key, line, now)
  tx.changes.conversations.add(who.personId)
  await keepConversation(tx, conversation, who.key, now)
  return { personId: who.personId, seq: mine.seq, repeat: false, replies: [reply] }
}
