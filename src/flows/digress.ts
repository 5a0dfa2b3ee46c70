import { unfollowWished } from './alike.ts'
import { answerFromGuide } from './answer-guide.ts'
import { putAgain } from './ask.ts'
import { beginMediation, sayPanel } from './begin.ts'
import { beginHelp, helpIn } from './begin-help.ts'
import type { AnswerKind } from './flow.ts'
import { wishWithCode } from './idle.ts'
import { knowledgeSaid } from './knowledge.ts'
import { learningSaid } from './learning.ts'
import { aboutMatter } from './matter.ts'
import { currentQuestion, drop, hold, inHand, type Moment, say } from './moment.ts'
import { panelWished } from './panel.ts'
import { placeIn } from './place.ts'
import { beginHere } from './reply.ts'
import { showCase, showCases } from './steps.ts'
import type { OpenFlow, PlaceAnswer } from './talk.ts'
import { codesIn } from './understand/entities.ts'
import { categoriesIn } from './understand/lexicon.ts'
import { gist } from './understand/points.ts'
import { MATTER } from './understand/words-categories.ts'
import { INTENTS } from './understand/words-intents.ts'
import { ASKS_STATUS, DIGRESSIONS, UNFOLLOW, WISHES } from './words-orders.ts'

const SHORT = 24
/** A question about an errand in the middle of another matter is no longer than this. */
const MOST_ASKED = 40
const SMALL_TALK: ReadonlySet<string> = new Set(['greeting', 'chitchat', 'abuse'])
/** Answers whose "ok" and "no" are answers. */
const TAKES_OK: ReadonlySet<AnswerKind> = new Set<AnswerKind>(['yesOrNo', 'consent', 'oneOf', 'rating'])

/** A question in between is answered, then the thread is taken up at the right place. True when this message was one. */
export function answerAside(m: Moment): boolean {
  const open = inHand(m)
  if (!open) return false
  const { plain } = m.said
  const question = currentQuestion(m, open)
  const kind = question?.answer.kind
  const telling = question?.key === 'what' && plain.length > 12
  if (kind !== 'caseCode' && kind !== 'queryCode' && codeAside(m, telling)) return true
  if (plain.length <= MOST_ASKED && answerFromGuide(m)) return true
  if (helpAside(m, open) || panelAside(m, open)) return true
  if (telling || plain.length > 60) return anotherMatter(m, open)
  const asked = plain.length <= SHORT ? DIGRESSIONS.find(({ says }) => says.test(plain)) : undefined
  if (asked && !/\d{7,}/.test(plain)) return answered(m, `digress.${asked.key}`)
  if (ASKS_STATUS.test(plain)) {
    showCases(m)
    return true
  }
  if (plain.length <= SHORT && (knowledgeSaid(m) || learningSaid(m))) return true
  if (plain.length <= SHORT && UNFOLLOW.test(plain)) {
    unfollowWished(m)
    return true
  }
  const wish = WISHES.find(({ says, flow }) => flow !== open.flow && says.test(plain))
  if (wish && plain.length <= SHORT) {
    beginHere(m, wish.flow)
    return true
  }
  if (kind && !TAKES_OK.has(kind) && smallTalk(m)) return true
  return anotherMatter(m, open)
}

function answered(m: Moment, key: string): boolean {
  say(m, key, { district: m.book.district, url: m.book.noticeUrl })
  putAgain(m)
  return true
}

/** A case code said in passing shows that case. */
function codeAside(m: Moment, telling: boolean): boolean {
  const code = codesIn(m.said.plain)[0]
  if (!code || telling) return false
  const beside = m.said.plain.replace(code.words, ' ')
  if (wishWithCode(m, code.code, beside)) return true
  const query = /(?<!\d)(\d{6})(?!\d)/.exec(beside)?.[1]
  showCase(m, code.code, query)
  putAgain(m)
  return true
}

/** Help sought where a matter was only about to be told; in the midst of one, only by a bare wish, and the matter waits. */
function helpAside(m: Moment, open: OpenFlow): boolean {
  const help = open.flow === 'grievance' && !open.editing ? helpIn(m, m.said.plain) : undefined
  if (!help || ('what' in open.answers && !help.bare)) return false
  if (!('what' in open.answers)) drop(m, open)
  beginHelp(m, m.said, help)
  return true
}

/** A panel asked for while a matter is only beginning gets that matter; else its own turn comes later. */
function panelAside(m: Moment, open: OpenFlow): boolean {
  const wish = panelWished(m.said.plain, m.book.panels)
  if (!wish?.bare || open.editing) return false
  if (open.flow === 'mediation' && wish.panel.mediates) {
    hold(m, { ...open, answers: { ...open.answers, panel: wish.panel.code } })
    sayPanel(m, wish.panel)
    putAgain(m)
    return true
  }
  if (wish.panel.mediates && open.flow === 'grievance' && !('what' in open.answers)) {
    drop(m, open)
    beginMediation(m, m.said, open.answers)
    return true
  }
  if (open.flow !== 'grievance' || 'what' in open.answers) {
    keepForLater(m, m.said.text)
    return true
  }
  hold(m, { ...open, answers: { ...open.answers, panel: wish.panel.code } })
  sayPanel(m, wish.panel)
  putAgain(m)
  return true
}

function smallTalk(m: Moment): boolean {
  const { plain } = m.said
  const talk = INTENTS.find(({ says, short }) => plain.length <= (short ?? 20) && says.test(plain))
  if (!talk || !SMALL_TALK.has(talk.intent)) return false
  return answered(m, `small.${talk.intent}`)
}

/** A second matter in the middle of the first is kept for later, not mixed in. */
function anotherMatter(m: Moment, open: OpenFlow): boolean {
  const question = currentQuestion(m, open)
  if (!question || question.key === 'what' || !isMatterOfItsOwn(m, open)) return false
  keepForLater(m, m.said.text)
  return true
}

const MOST_WAITING = 5

/** Keeps a further matter until the one in hand is done; says so, or says that it must be told again later. */
export function keepForLater(m: Moment, text: string): void {
  const full = m.talk.waiting.length >= MOST_WAITING
  if (!full) m.talk = { ...m.talk, waiting: [...m.talk.waiting, text] }
  say(m, full ? 'waiting.full' : 'waiting.kept', { what: gist(text, 40) })
  putAgain(m)
}

const OPENS_ANOTHER = /^(?:对了|另外|还有|顺便|再说一个|还想反映|by the way|also|another)/

/** Whether this message tells of something else than the flow in hand is about. */
export function isMatterOfItsOwn(m: Moment, open: OpenFlow): boolean {
  const { plain } = m.said
  if (open.flow !== 'grievance' || typeof open.answers.what !== 'string' || plain.length < 8) return false
  const top = categoriesIn(plain)[0]
  if (!top || top.score < 3 || !MATTER.test(plain)) return false
  const first = aboutMatter(open.answers.what, { book: m.book, facts: m.facts, soFar: {} })
  if (first.likely.includes(top.row.key)) return false
  if (OPENS_ANOTHER.test(plain)) return true
  // On the summary people mostly add a word: only another place, or plain words of another kind, begin another matter.
  if (open.checking) return isElsewhere(m, open) || (top.score >= 4 && plain.length >= 14)
  return plain.length >= 12 && !/\d{7,}/.test(plain)
}

/** The message names a community of the district, and not the one the matter lies in. */
function isElsewhere(m: Moment, open: OpenFlow): boolean {
  const found = placeIn(m.said.plain, m.book.gazetteer)
  const where = open.answers.where as PlaceAnswer | undefined
  const here = found.is === 'one' ? found.place.communityCode : undefined
  return here !== undefined && where?.communityCode !== undefined && here !== where.communityCode
}
