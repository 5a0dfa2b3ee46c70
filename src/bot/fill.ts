import { underPseudonym } from '../actions/care/pseudonyms.ts'
import { ownCases } from '../actions/own-cases.ts'
import type { Book } from '../flows/book.ts'
import { emptyTalk } from '../flows/engine.ts'
import { type FormMove, type FormRefusal, fill } from '../flows/form.ts'
import { type FormView, formOf, formWants } from '../flows/form-view.ts'
import { type FileRef, type FlowName, isStaffFlow, type Joining, type Talk } from '../flows/talk.ts'
import type { Language } from '../rules/people/language.ts'
import type { Reads, Tx } from '../store/db.ts'
import type { Address, Known } from '../store/persons.ts'
import { answeredBefore, conversationOf, keepConversation, type Line } from '../store/talks.ts'
import type { ChannelName, HeardMessage } from './channel.ts'
import { factsFor } from './facts-for.ts'
import { type FormShown, formInWords, lineOf, whyInWords } from './form-words.ts'
import { held } from './held.ts'
import { addOwnLine, atTheirTurn, type Ears, idOf, keepAnyway, keepTurn, talkIn } from './receive.ts'

/** A move on a form, as a channel heard it. (channel, externalId) is unique, together with those of messages. */
export interface FormHeard extends Address {
  channel: ChannelName
  externalId: string
  /** Flow and key as they came; unknown ones are refused. */
  move: { flow: string } & (
    | {
        do: 'answer'
        key: string
        text?: string
        value?: string
        /** Ready files of the person's own: all that shall be kept. */
        files?: NonNullable<HeardMessage['files']>
        position?: { lat: number; lng: number }
        unit?: string
      }
    | { do: 'send' | 'leave' | 'chat' }
    | { do: 'join'; how: Joining }
    | { do: 'begin'; from: string }
  )
}

/** What came of a move. `form` is null once it was sent; a refusal names the question and says why in words. */
export type Filled =
  | { is: 'filled'; form: FormShown | null; replies: Line[] }
  | { is: 'refused'; key: string; why: string; sentence: string }
  | { is: 'unknown' }

/** A form to look at: nothing to pick from is a refusal in words, a flow that does not exist is unknown. */
export type Seen = { is: 'form'; form: FormShown } | { is: 'nothing'; sentence: string } | { is: 'unknown' }

/** The two doors of forms. */
export interface Forms {
  /** Reads only. Somebody nobody knows yet sees the form as nobody has begun it. */
  see(person: Speaking | Stranger, flow: string): Promise<Seen>
  fill(heard: FormHeard): Promise<Filled>
}

/** The way of one move on a form: as in `receive`, one transaction, and the same move again answers what the first answered. */
export function makeForms(ears: Ears): Forms {
  const { store } = ears.house
  return {
    see: (person, flow) => see(held(ears), store.read, person, flow),
    async fill(heard) {
      if (!isFlow(ears.book, heard.move.flow)) return { is: 'unknown' }
      const lock = `${heard.channel}:${heard.appId}:${heard.address}`
      const told = { ...heard, move: heard.move as ToldMove }
      try {
        return await store.write(tx => hear(held(ears), tx, told), lock)
      } catch (error) {
        ears.fault('fill', error)
        return await store.write(tx => keepWords(ears, tx, told), lock)
      }
    },
  }
}

type ToldMove = FormMove & Pick<HeardMessage, 'files'>
type Told = Omit<FormHeard, 'move'> & { move: ToldMove }

const isFlow = (book: Book, name: string): name is FlowName =>
  Object.hasOwn(book.flows, name) && !isStaffFlow(name) && (name !== 'help' || book.desks.length > 0)

async function see(ears: Ears, from: Reads, person: Speaking | Stranger, flow: string): Promise<Seen> {
  if (!isFlow(ears.book, flow)) return { is: 'unknown' }
  const talk =
    'key' in person
      ? talkIn(await conversationOf(from, person.personId, person.key), person.language)
      : emptyTalk(person.language)
  const view = await viewOf(ears, from, person, talk, flow)
  if (view.nothing) return { is: 'nothing', sentence: ears.words(person.language, `bot:say.none.${flow}`) }
  return { is: 'form', form: formInWords(ears.words, person.language, view) }
}

type Speaking = Pick<Known, 'personId' | 'key' | 'language'>
interface Stranger {
  personId: ''
  language: Language
}

async function viewOf(
  ears: Ears,
  from: Reads,
  { personId }: Pick<Speaking, 'personId'>,
  talk: Talk,
  flow: FlowName,
): Promise<FormView> {
  const facts = await formFacts(ears, from, personId, talk, flow)
  return formOf(ears.book, talk, flow, facts)
}

/** Lookalikes are those of the form's own matter, wherever it waits in the talk. */
function formFacts(ears: Ears, from: Reads, personId: string, talk: Talk, flow: FlowName) {
  const open = talk.stack.find(each => each.flow === flow)
  const asked = { ...talk, stack: open ? [open] : [] }
  return factsFor(
    ears,
    from,
    personId,
    { wants: formWants(ears.book, talk, flow), talk: asked },
    ears.house.now(),
  )
}

async function hear(ears: Ears, tx: Tx, heard: Told): Promise<Filled> {
  const now = ears.house.now()
  const before = await answeredBefore(tx, heard.channel, idOf(heard))
  const { who, conversation } = await atTheirTurn(ears, tx, heard, now)
  const move = await namesHidden(tx, who.personId, heard.move)
  const talk = inLanguage(talkIn(conversation, who.language), who.language)
  if (before)
    return { is: 'filled', form: await formAfter(ears, tx, who, talk, move), replies: before.replies }
  // Nothing begun is nothing to set aside, and no line of the conversation.
  const idle = move.do === 'leave' && !talk.stack.some(each => each.flow === move.flow)
  if (idle) return { is: 'filled', form: await formAfter(ears, tx, who, talk, move), replies: [] }
  const facts = await formFacts(ears, tx, who.personId, talk, move.flow)
  if (move.do === 'begin') facts.ownCases ??= await ownCases(ears.house, tx, who.personId)
  const done = fill(ears.book, talk, bare(move), facts)
  if (done.is === 'refused') return refusedIn(ears, who.language, done)
  const question = formOf(ears.book, done.talk, move.flow, facts).questions.find(
    each => move.do === 'answer' && each.key === move.key,
  )
  const text = lineOf(ears.words, who.language, move, question)
  const files = move.do === 'answer' ? newFiles(talk, move) : []
  const own = { ...heard, text, ...(files.length > 0 ? { files } : {}) }
  const mine = await addOwnLine(tx, conversation, who, own, now)
  const turn = { talk, taken: done, heard: { channel: heard.channel, replyToId: mine.id } }
  const replies = await keepTurn(ears, tx, who, conversation, turn, now)
  const form = await formAfter(ears, tx, who, done.talk, move)
  if (conversation.mode !== 'bot') tx.changes.conversations.add(who.personId)
  await keepConversation(tx, conversation, who.key, now)
  return { is: 'filled', form, replies }
}

/** A volunteer's free words, with the children's real names replaced before anything is stored. */
const namesHidden = async (tx: Tx, personId: string, move: ToldMove): Promise<ToldMove> =>
  move.do === 'answer' && move.text ? { ...move, text: await underPseudonym(tx, personId, move.text) } : move

/** The language of the page is the person's latest word on it. */
const inLanguage = (talk: Talk, language: Language): Talk =>
  talk.language === language ? talk : { ...talk, language }

const refusedIn = (ears: Ears, language: Language, refusal: FormRefusal): Filled => ({
  is: 'refused',
  key: refusal.key,
  why: refusal.why,
  sentence: whyInWords(ears.words, language, refusal),
})

/** A form that was sent is none any more. */
async function formAfter(
  ears: Ears,
  tx: Tx,
  who: Speaking,
  talk: Talk,
  move: FormMove,
): Promise<FormShown | null> {
  if (move.do === 'send' || move.do === 'join') return null
  return formInWords(ears.words, who.language, await viewOf(ears, tx, who, talk, move.flow))
}

/** The talk keeps files by id and kind alone. */
const bare = (move: ToldMove): FormMove =>
  move.do === 'answer' && move.files
    ? { ...move, files: move.files.map(({ id, kind }) => ({ id, kind })) }
    : move

/** Of a whole list of files, those the conversation has not shown yet. */
function newFiles(talk: Talk, move: ToldMove): NonNullable<HeardMessage['files']> {
  const { answers = {} } = talk.stack.find(each => each.flow === move.flow) ?? {}
  const had = (answers.files ?? []) as readonly FileRef[]
  return (move.files ?? []).filter(file => !had.some(({ id }) => id === file.id))
}

/** Our own code failed on this move: what was written is kept as it is, and a clerk is asked. */
async function keepWords(ears: Ears, tx: Tx, heard: Told): Promise<Filled> {
  const { who } = await atTheirTurn(ears, tx, heard, ears.house.now())
  const move = await namesHidden(tx, who.personId, heard.move)
  const text = move.do === 'answer' ? (move.text ?? move.value ?? '') : lineOf(ears.words, who.language, move)
  const files = move.do === 'answer' && move.files ? { files: move.files } : {}
  const { replies } = await keepAnyway(ears, tx, { ...heard, text, ...files })
  const talk = talkIn(await conversationOf(tx, who.personId, who.key), who.language)
  return { is: 'filled', form: await formAfter(ears, tx, who, talk, move), replies }
}
