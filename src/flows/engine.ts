import { LEARNING_TEXT } from '../rules/learning/may-teach.ts'
import { looksAlike } from './alike.ts'
import { edit, putAgain } from './ask.ts'
import { noticeAnswered } from './asked.ts'
import { putMenu } from './begin.ts'
import { leaveQuickly } from './begin-help.ts'
import { checkLink, staffSaid } from './bind.ts'
import type { Book } from './book.ts'
import { bothSeen, tellOfWorry, worryIn } from './care.ts'
import { dangerOf, emergency, offerWayBack } from './emergency.ts'
import { applying, type Said } from './flow.ts'
import { command, currentQuestion, flowOf, hold, inHand, type Moment, pause, say, sceneOf } from './moment.ts'
import { byValue, hear } from './reply.ts'
import { callPerson, resume } from './steps.ts'
import type { Facts, Heard, Language, Talk, Turn, Want } from './talk.ts'
import { asWritten, forMatching, numberIn } from './text.ts'
import { LINK_CODE } from './understand/visits.ts'
import { isLanguage, NEEDS_CASES, type Order, orderIn } from './words-orders.ts'

const LONGEST = 10_000

/** A talk not yet begun. */
export const emptyTalk = (language: Language = 'zh-CN'): Talk => ({
  stack: [],
  waiting: [],
  language,
  step: 0,
})

/** What the shell must look up before `turn` hears this message. */
export function factsWanted(book: Book, talk: Talk, heard: Heard): Want[] {
  const wants = new Set<Want>()
  const plain = forMatching(heard.text.slice(0, 400))
  for (const open of talk.stack) {
    for (const { answer } of book.flows[open.flow]?.questions ?? []) if (answer.wants) wants.add(answer.wants)
  }
  const top = talk.stack[0]
  if (looksAlike(talk)) wants.add('lookalikes')
  if (!top || top.paused) wants.add('profile').add('care')
  if (talk.staff) wants.add('staff')
  if (heard.tap === undefined && numberIn(plain)) wants.add('asked')
  if (picksOwnCase(talk, heard.tap, plain) || NEEDS_CASES.test(plain) || (heard.files?.length && !plain))
    wants.add('ownCases')
  if (wants.has('ownCases') && talk.learningAsked !== LEARNING_TEXT) wants.add('learning')
  return [...wants]
}

/** A choice, by tap or number, that leads to the person's own cases; or a bare number that may answer a notice. */
function picksOwnCase(talk: Talk, tap: string | undefined, plain: string): boolean {
  const offered = talk.offered ?? []
  const number = numberIn(plain)
  const value = tap === undefined ? number && offered[number.index - 1] : tap.slice(tap.indexOf('.') + 1)
  return value === undefined ? number !== undefined : /^!(?:flow|status|resume|files|menu)/.test(value)
}

/** One turn of talk. Pure: the same book, talk, message and facts give the same turn. */
export function turn(book: Book, talk: Talk, heard: Heard, facts: Facts): Turn {
  const text = asWritten(heard.text)
  const said: Said = {
    text,
    plain: forMatching(heard.text),
    files: heard.files ?? [],
    ...(heard.position ? { position: heard.position } : {}),
    ...(heard.unit ? { unit: heard.unit } : {}),
  }
  const m: Moment = { book, facts, said, talk: known(book, talk), out: [] }
  guessLanguage(m)
  checkLink(m)
  const seen = heard.tap === undefined && text ? dangerOf(m) : undefined
  const worry = heard.tap === undefined && text ? worryIn(m) : undefined
  if (worry) tellOfWorry(m, seen ? bothSeen(seen, worry.seen) : worry.seen)
  else if (seen) emergency(m, seen)
  else {
    if (!m.talk.danger) welcome(m)
    if (heard.tap !== undefined) tapped(m, heard.tap)
    else spoken(m)
  }
  return { talk: m.talk, out: m.out }
}

/** Flows that a deploy took away are let go; everything else of the talk stays. */
export const known = (book: Book, talk: Talk): Talk =>
  talk.stack.every(flow => book.flows[flow.flow])
    ? talk
    : { ...talk, stack: talk.stack.filter(flow => book.flows[flow.flow]) }

/** Who begins in English is answered in English; later only the person's own word changes it. */
function guessLanguage(m: Moment): void {
  const first = m.talk.noticeShown === undefined && m.talk.step === 0
  if (first && isEnglish(m.said.plain)) m.talk = { ...m.talk, language: 'en' }
}

/** First contact: who this is and the privacy notice, once per version. */
function welcome(m: Moment): void {
  if (m.talk.noticeShown === m.book.noticeVersion) return
  const first = m.talk.noticeShown === undefined
  m.talk = { ...m.talk, noticeShown: m.book.noticeVersion }
  say(m, first ? 'notice.first' : 'notice.changed', { district: m.book.district, url: m.book.noticeUrl })
}

const isEnglish = (plain: string): boolean =>
  /[a-z]{2,}/.test(plain) &&
  !LINK_CODE.test(plain) &&
  !/[\u3400-\u9fff]/.test(plain) &&
  !/^[a-z]{2,4}-?\d/.test(plain)

/** A tapped choice: `step.value`. An old button is answered kindly, and the question at hand is put again. */
function tapped(m: Moment, tap: string): void {
  const cut = tap.indexOf('.')
  const [step, value] = [tap.slice(0, cut), tap.slice(cut + 1)]
  const fresh = cut > 0 && Number(step) === m.talk.step
  const allowed = (m.talk.offered ?? []).includes(value) || value.startsWith('!edit.')
  if (fresh && allowed && byValue(m, value)) return
  say(m, 'stale')
  standAgain(m)
}

/** Whatever stands, once more: the question, the way back from an emergency, or the menu. */
function standAgain(m: Moment): void {
  if (inHand(m)) putAgain(m)
  else putMenu(m)
}

function spoken(m: Moment): void {
  const { text, files, position, unit } = m.said
  if (!text && files.length === 0 && !position && unit === undefined) {
    say(m, 'empty')
    standAgain(m)
    return
  }
  if (Array.from(text).length > LONGEST) {
    say(m, 'why.tooLong', { limit: LONGEST, length: Array.from(text).length })
    standAgain(m)
    return
  }
  const order = orderIn(m.said.plain)
  if (order) {
    obey(m, order)
    return
  }
  if (staffSaid(m) || noticeAnswered(m)) return
  const number = numberIn(m.said.plain)
  const numbered = number !== undefined && number.index <= (m.talk.offered ?? []).length
  if (m.talk.danger && !inHand(m) && !numbered) {
    offerWayBack(m)
    return
  }
  hear(m, m.said)
}

const OBEY: Readonly<Record<Exclude<Order, Language>, (m: Moment) => void>> = {
  cancel: leave,
  back: goBack,
  menu: m => putMenu(m),
  help: m => {
    say(m, 'help', { district: m.book.district })
    standAgain(m)
  },
  resume,
  quickExit: leaveQuickly,
  human: m => callPerson(m, ''),
  handBack: m => {
    command(m, { do: 'handBack' })
    const paused = m.talk.stack[0]?.paused === 'person'
    say(m, 'person.back')
    if (paused) resume(m)
  },
}

function obey(m: Moment, order: Order): void {
  if (!isLanguage(order)) {
    OBEY[order](m)
    return
  }
  m.talk = { ...m.talk, language: order }
  say(m, 'language')
  standAgain(m)
}

/** Leaves at once; "go on" within the talk brings it back whole. */
function leave(m: Moment): void {
  const left = pause(m, 'left')
  m.talk = { ...m.talk, offered: [] }
  if (!left) {
    say(m, 'left.nothing')
    return
  }
  say(m, m.talk.stack[1]?.paused === 'other' ? 'left.oneMore' : 'left.kept')
}

/** One question back, by the order of the questions. The old answer stays until a new one is given. */
function goBack(m: Moment): void {
  const open = inHand(m)
  if (!open) {
    say(m, 'back.nothing')
    putMenu(m)
    return
  }
  const asked = applying(flowOf(m, open), sceneOf(m, open.answers)).filter(question => !question.aside)
  const current = currentQuestion(m, open)
  const at = current ? asked.findIndex(question => question.key === current.key) : asked.length
  const before = asked.slice(0, Math.max(at, 0)).findLast(question => question.key in open.answers)
  if (before) {
    edit(m, open, before.key)
    return
  }
  if (open.editing) {
    const { editing: _, ...rest } = open
    hold(m, rest)
  }
  say(m, 'back.first')
  putAgain(m)
}
