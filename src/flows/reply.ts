import { MOST_FILES, picked } from './answers.ts'
import { advance, finish, putAgain, putWhichToEdit } from './ask.ts'
import { begin, saidByPick } from './begin.ts'
import { changeInWords } from './change.ts'
import { answerAside, isMatterOfItsOwn, keepForLater } from './digress.ts'
import { emergency } from './emergency.ts'
import type { AnyQuestion, Said } from './flow.ts'
import { idle } from './idle.ts'
import { currentQuestion, flowOf, forget, hold, inHand, type Moment, put, say, sceneOf } from './moment.ts'
import { phonesIn } from './phone.ts'
import { placeAt, placeIn } from './place.ts'
import { takeStep } from './steps.ts'
import type { FileRef, OpenFlow, PlaceAnswer } from './talk.ts'
import { lettersOf, numberIn, tellsSomething } from './text.ts'
import { understand } from './understand/understand.ts'
import { ASKS_HOW } from './understand/words-categories.ts'
import { EDIT, SEND } from './words-replies.ts'

/** Hears one message that is neither danger nor an order: by the flow in hand, or by nobody's yet. */
export function hear(m: Moment, said: Said): void {
  m.said = said
  if (said.unit === undefined && byNumber(m)) return
  const open = inHand(m)
  if (!open) {
    idle(m)
    return
  }
  if (said.unit !== undefined && pickedUnit(m, open)) return
  if (said.position && !said.text && addPosition(m, open)) {
    putAgain(m)
    return
  }
  if (said.files.length > 0 && addFiles(m, open) && !said.text) {
    putAgain(m)
    return
  }
  if (answerAside(m)) return
  const now = inHand(m) ?? open
  if (changeInWords(m, now)) return
  const question = currentQuestion(m, now)
  if (question) reply(m, now, question)
  else onSummary(m, now)
}

/** A bare number means the choice last put in that place, whatever has changed since. */
function byNumber(m: Moment): boolean {
  const offered = m.talk.offered ?? []
  const numbered = m.said.files.length === 0 ? numberIn(m.said.plain) : undefined
  const value = numbered && offered[numbered.index - 1]
  if (!numbered || value === undefined || numbered.rest) return false
  return byValue(m, value)
}

/** A choice by its value: a step, or the answer to the question at hand. */
export function byValue(m: Moment, value: string): boolean {
  if (takeStep(m, value)) return true
  const open = inHand(m)
  const question = open && currentQuestion(m, open)
  if (!open || !question) return false
  reply(m, open, question, saidByPick(value))
  return true
}

/** Reads the reply; keeps it and whatever else it told, or says kindly why it cannot be read. */
function reply(m: Moment, open: OpenFlow, question: AnyQuestion, said: Said = m.said): void {
  const read = question.answer.read(said, sceneOf(m, open.answers))
  if (read.ok) {
    keep(m, open, question, read.value, said)
    return
  }
  if (read.why === 'told' && toldMore(m, open, said)) return
  const others = { ...spotted(m, open, question.key, said), ...placeKnownNow(m, open, question.key, said) }
  if (Object.keys(others).length > 0) {
    hold(m, { ...open, answers: { ...open.answers, ...others } })
    say(m, 'heard.thanks')
    putAgain(m)
    return
  }
  if (read.choices) {
    put(m, { say: `why.${read.why}`, with: read.with ?? {}, options: read.choices })
    return
  }
  say(m, `why.${read.why}`, read.with)
  putAgain(m)
}

/** Asked for a place, somebody goes on telling: their words belong to the matter, and the place is asked again. */
function toldMore(m: Moment, open: OpenFlow, said: Said): boolean {
  const { what } = open.answers
  if (typeof what !== 'string' || what.length + said.text.length > 10_000) return false
  hold(m, { ...open, answers: { ...open.answers, what: `${what}\n${said.text}` } })
  say(m, 'check.added')
  putAgain(m)
  return true
}

/** A place of the district named late, where until now there were only loose words for it. */
function placeKnownNow(m: Moment, open: OpenFlow, key: string, said: Said): { where?: PlaceAnswer } {
  const where = open.answers.where as PlaceAnswer | undefined
  if (!where || key === 'where' || where.communityCode) return {}
  const found = placeIn(said.plain, m.book.gazetteer)
  if (found.is !== 'one' || !found.place.townCode) return {}
  return where.townCode && !found.place.communityCode ? {} : { where: found.place }
}

function keep(m: Moment, open: OpenFlow, question: AnyQuestion, value: unknown, said: Said): void {
  const { editing, ...rest } = open
  const answers = { ...open.answers, [question.key]: value }
  const others = said === m.said ? spotted(m, { ...open, answers }, question.key, said) : {}
  hold(m, { ...rest, answers: { ...answers, ...others } })
  if (editing) say(m, 'edit.done')
  const alarm = question.answer.alarm?.(value as never)
  if (alarm) {
    emergency(m, alarm, [open.answers.what, ...alarm.because].filter(part => part).join('\n'))
    return
  }
  const thanks = question.answer.thanks?.(value as never, sceneOf(m, answers), m.talk.language)
  if (typeof thanks === 'string') say(m, thanks)
  else if (thanks) say(m, thanks.say, thanks.with)
  advance(m)
}

/** Other answers of this flow found in the same words, where none stands yet. */
export function spotted(m: Moment, open: OpenFlow, key: string, said: Said): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const question of flowOf(m, open).questions) {
    const scene = sceneOf(m, { ...open.answers, ...found })
    const free =
      question.key !== key && !(question.key in open.answers) && question.answer.wants !== 'ownCases'
    if (
      !free ||
      (question.answer.kind === 'words') !== Boolean(question.aside && question.answer.kind === 'words')
    )
      continue
    if (!(question.when?.(scene.soFar, scene) ?? true)) continue
    const value = question.answer.spot?.(said, scene)
    if (value !== undefined) found[question.key] = value
  }
  return found
}

/** On the summary: yes, change, a phone or place put right, another matter, or a word more, which is added and shown again. */
function onSummary(m: Moment, open: OpenFlow): void {
  const { plain, text } = m.said
  if (SEND.test(plain)) {
    finish(m, open)
    return
  }
  if (EDIT.test(plain)) {
    putWhichToEdit(m, open)
    return
  }
  const right = putRight(m, open)
  if (right) {
    hold(m, { ...open, answers: { ...open.answers, ...right } })
    say(m, 'edit.done')
    putAgain(m)
    return
  }
  const { intent } = understand(text, m.book.resources, m.facts.now)
  if ((intent === 'service_guide' && ASKS_HOW.test(plain)) || isMatterOfItsOwn(m, open)) {
    keepForLater(m, text)
    return
  }
  addWords(m, open)
}

/** A message that is no more than a phone number or a place: it replaces what stands. */
function putRight(m: Moment, open: OpenFlow): Record<string, unknown> | undefined {
  const letters = lettersOf(m.said.plain).length
  const phone = phonesIn(m.said.plain)[0]
  if (phone && 'phone' in open.answers && letters < phone.words.length + 6) return { phone: phone.number }
  const { where } = placeKnownNow(m, open, 'what', m.said)
  return where && letters <= lettersOf(where.words).length + 4 ? { where } : undefined
}

/** Adds a word more to the matter; what tells nothing, or no longer fits, is answered with how to go on. */
function addWords(m: Moment, open: OpenFlow): void {
  const { plain, text } = m.said
  const { what } = open.answers
  const fits = typeof what === 'string' && text.length >= 4 && what.length + text.length <= 10_000
  if (!fits || picked(m.said, []) || !tellsSomething(plain)) {
    say(m, 'why.check')
    putAgain(m)
    return
  }
  const more = { ...spotted(m, open, 'what', m.said), ...placeKnownNow(m, open, 'what', m.said) }
  hold(m, { ...open, answers: { ...open.answers, what: `${what}\n${text}`, ...more } })
  say(m, 'check.added')
  putAgain(m)
}

/** Files go to the flow's pictures; in a flow that takes none they wait to be added to a case. */
function addFiles(m: Moment, open: OpenFlow): boolean {
  const asked = currentQuestion(m, open)
  const takes =
    asked?.answer.kind === 'photos'
      ? asked
      : flowOf(m, open).questions.find(question => question.answer.kind === 'photos')
  if (!takes) {
    const beneath: OpenFlow = { flow: 'addToCase', answers: { files: m.said.files }, paused: 'other' }
    m.talk = { ...m.talk, stack: [open, beneath, ...m.talk.stack.slice(1)] }
    say(m, 'files.later', { count: m.said.files.length })
    return true
  }
  const had = (open.answers[takes.key] ?? []) as readonly FileRef[]
  const all = [...had, ...m.said.files]
  const files = all.slice(0, MOST_FILES)
  const { editing, ...rest } = open
  hold(m, { ...(editing === takes.key ? rest : open), answers: { ...open.answers, [takes.key]: files } })
  say(m, all.length > MOST_FILES ? 'files.tooMany' : 'files.got', { count: files.length, most: MOST_FILES })
  return true
}

/** A position sent when another question is open belongs to the place already told; codes are taken where words gave none. */
function addPosition(m: Moment, open: OpenFlow): boolean {
  const where = open.answers.where as PlaceAnswer | undefined
  if (!where || !m.said.position || currentQuestion(m, open)?.key === 'where') return false
  const near = placeAt(m.said.position, m.book.shapes, m.book.gazetteer)
  if (!near) {
    say(m, 'why.outside', { district: m.book.district })
    return true
  }
  const { words: _, ...found } = near
  const agrees = near.communityCode?.startsWith(where.communityCode ?? where.townCode ?? '')
  const placed = agrees ? { ...where, ...found } : { ...where, position: m.said.position }
  hold(m, { ...open, answers: { ...open.answers, where: placed } })
  say(m, 'heard.thanks')
  return true
}

/** A unit picked from the list is the place, whatever is asked just now. */
function pickedUnit(m: Moment, open: OpenFlow): boolean {
  const question = flowOf(m, open).questions.find(({ answer }) => answer.kind === 'place')
  if (!question) return false
  if (currentQuestion(m, open)?.key === question.key) {
    reply(m, open, question)
    return true
  }
  const read = question.answer.read(m.said, sceneOf(m, open.answers))
  if (!read.ok) return false
  hold(m, { ...open, answers: { ...open.answers, [question.key]: read.value } })
  say(m, question.key in open.answers ? 'edit.done' : 'heard.thanks')
  putAgain(m)
  return true
}

/** Begins a flow by name with this message's words. */
export const beginHere = (m: Moment, flow: Parameters<typeof begin>[1]): void => {
  forget(m, 'kept')
  begin(m, flow, m.said)
}
