import { unfollowWished } from './alike.ts'
import { answerFromGuide } from './answer-guide.ts'
import { place } from './answers-about.ts'
import { putAgain } from './ask.ts'
import { begin, beginMatter, beginMediation, putMenu, saidOf } from './begin.ts'
import { beginHelp, helpIn } from './begin-help.ts'
import { careSaid, parentSaid } from './care.ts'
import type { Option } from './flow.ts'
import { knowledgeSaid } from './knowledge.ts'
import { learningSaid } from './learning.ts'
import { command, forget, inHand, type Moment, put, say, sceneOf } from './moment.ts'
import { panelWished } from './panel.ts'
import { showCase, showCases } from './steps.ts'
import type { Answers, OpenFlow, OwnCase } from './talk.ts'
import { dangerAsked, numbersFor } from './understand/danger.ts'
import { codesIn } from './understand/entities.ts'
import { type Intent, understand } from './understand/understand.ts'
import {
  ASKS_STATUS,
  CODE_WISHES,
  DIGRESSIONS,
  NOT_SOLVED,
  RATING_NUMBERS,
  RATING_SHORTCUTS,
  UNFOLLOW,
  WISHES,
} from './words-orders.ts'

/** A message while no flow is in hand: what does the person want? Tried in this order; the last always says something. */
export function idle(m: Moment): void {
  const tries = [
    knowledgeSaid,
    learningSaid,
    parentSaid,
    careSaid,
    filesAlone,
    placeAlone,
    codeSaid,
    reminderSaid,
    ratingSaid,
    wishSaid,
    helpSaid,
    answerFromGuide,
    panelSaid,
    questionAsked,
    dangerAskedAbout,
  ]
  if (tries.some(attempt => attempt(m))) return
  const { intent } = understand(m.said.text, m.book.resources, m.facts.now)
  ;(BY_INTENT[intent] ?? unsure)(m)
}

const matter = (m: Moment, given: Answers = {}): void => {
  forget(m, 'kept')
  beginMatter(m, m.said, given)
}
const small = (key: string) => (m: Moment) => {
  say(m, key, { district: m.book.district })
}

/** What each intent does here. Those of later conversations are told honestly and handed to a person. */
const BY_INTENT: Partial<Record<Intent, (m: Moment) => void>> = {
  grievance: m => matter(m),
  mediation: m => {
    forget(m, 'kept')
    beginMediation(m, m.said)
  },
  grid_report: m => (m.facts.staff?.grids.length ? begin(m, 'patrol', m.said) : matter(m)),
  accusation: m => {
    say(m, 'accusation')
    matter(m, { hidden: true })
  },
  status: m => showCases(m),
  rating: m => begin(m, 'rating', m.said),
  greeting: m => putMenu(m, m.out.length > 0 ? 'menu' : 'small.greetingMenu'),
  chitchat: small('small.chitchat'),
  abuse: m => put(m, { say: 'small.abuse', options: [PERSON, MENU] }),
  service_guide: m => offering(m, 'guide', [{ value: '!matter', label: 'unsure.ask' }, PERSON, MENU]),
  booking_change: m =>
    offering(m, 'notHereYet', [PERSON, { value: '!matter', label: 'unsure.matter' }, MENU]),
  visit_log: m => offering(m, 'notHereYet', [PERSON, { value: '!matter', label: 'unsure.matter' }, MENU]),
}

const PERSON: Option = { value: '!person', label: 'menu.person' }
const MENU: Option = { value: '!menu', label: 'menu.menu' }

/** Not sure: the three best guesses, with the words kept. Something set aside is the first of them. */
function unsure(m: Moment): void {
  const paused = m.talk.stack[0]?.paused !== undefined
  const guesses: Option[] = [
    { value: '!matter', label: 'unsure.matter' },
    { value: '!status', label: 'menu.status' },
    PERSON,
  ]
  offering(
    m,
    'unsure',
    paused
      ? [{ value: '!resume', label: 'unsure.resume' }, ...guesses.filter(each => each.value !== '!status')]
      : guesses,
  )
}

function offering(
  m: Moment,
  key: string,
  options: readonly Option[],
  values?: Record<string, unknown>,
): void {
  const kept = [m.talk.kept, m.said.text]
    .filter(part => part)
    .join('\n')
    .slice(0, 10_000)
  m.talk = { ...m.talk, kept }
  put(m, { say: key, options, ...(values ? { with: values } : {}) })
}

/** Pictures without words: for a case of the person's own, or for a new matter. */
function filesAlone(m: Moment): boolean {
  const { files, text } = m.said
  if (files.length === 0 || text) return false
  if (!m.facts.ownCases?.some(own => own.open)) {
    say(m, 'files.got', { count: Math.min(files.length, 9) })
    begin(m, 'grievance', m.said)
    return true
  }
  const open = m.facts.ownCases.filter(own => own.open)
  const only = open.length === 1 ? { code: open[0]!.code } : {}
  const waiting: OpenFlow = {
    flow: 'addToCase',
    answers: { files: files.slice(0, 9), ...only },
    paused: 'left',
  }
  m.talk = { ...m.talk, stack: [waiting, ...m.talk.stack] }
  put(m, {
    say: 'files.where',
    with: { count: files.length },
    options: [
      { value: '!resume', label: 'files.case' },
      { value: '!files.new', label: 'files.new' },
    ],
  })
  return true
}

/** A place of the map or the list before anything else was said: a new matter begins with it. */
function placeAlone(m: Moment): boolean {
  const { text, position, unit } = m.said
  if (unit === undefined && (!position || text)) return false
  const read = place.read(m.said, sceneOf(m, {}))
  if (read.ok) begin(m, 'grievance', saidOf(''), { where: read.value })
  else {
    say(m, `why.${read.why}`, read.with)
    putMenu(m)
  }
  return true
}

/** A code shows its case; with a sentence beside it, the person says which of the two is meant. */
function codeSaid(m: Moment): boolean {
  const code = codesIn(m.said.plain)[0]
  if (!code) return false
  const beside = m.said.plain.replace(code.words, ' ')
  if (wishWithCode(m, code.code, beside)) return true
  const query = /(?<!\d)(\d{3})[\s-]?(\d{3})(?!\d)/.exec(beside)?.slice(1, 3).join('')
  const words = beside.replace(
    /[\d\s,，。:：]|查|进度|编号|怎么样了?|查询码|到哪了?|我的|code|case|query/g,
    '',
  )
  if (words.length < 5 || query) {
    showCase(m, code.code, query)
    return true
  }
  offering(m, 'code.which', [
    { value: `!show.${code.code}`, label: 'code.show' },
    { value: `!add.${code.code}`, label: 'code.add' },
  ])
  return true
}

/** "评价 HS-… 没解决", "补充 HS-…", "撤回 HS-…": the wish and the matter in one breath, for one's own cases. */
export function wishWithCode(m: Moment, code: string, beside: string): boolean {
  const own = m.facts.ownCases?.find(each => each.code === code)
  if (own && beside.length <= 60 && /转(?:为|成|到|去)?.{0,4}调解|mediat/.test(beside)) {
    beginMediation(m, saidOf(own.title), { from: code })
    return true
  }
  const wish = beside.length <= 60 ? CODE_WISHES.find(({ says }) => says.test(beside)) : undefined
  if (!own || !wish) return false
  const judged =
    wish.flow === 'rating' ? RATING_SHORTCUTS.find(({ says }) => says.test(beside))?.given : undefined
  if (wish.flow === 'rating' && own.state === 'closed' && judged?.solved === false)
    return hadAgain(m, own, judged)
  if (wish.flow === 'rating' ? !own.awaitsRating : !own.open) return false
  begin(m, wish.flow, { ...m.said, text: '', plain: '' }, { ...judged, code })
  return true
}

/** A closed matter that is not solved: done again while it may be, later a new one linked to it. */
function hadAgain(m: Moment, own: OwnCase, judged: Answers): boolean {
  if (own.reopens) begin(m, 'rating', saidOf(''), { ...judged, code: own.code })
  else {
    say(m, 'reopenLate', { code: own.code })
    begin(m, 'grievance', saidOf(''), { again: own.code })
  }
  return true
}

const COMING =
  /^(?:我|我们)?(?:能到|会到|能来|会来|一定到|准时到|i can come|i will come|we will come)[的了。!！~\s]*$/
const MOVING =
  /^(?:我|我们)?(?:要|想|得)?(?:改期|改时间|改个时间|换个时间|来不了|去不了)[的了。!！~\s]*$|^i need another date|^i cannot come/

/** 能到 / 要改期: the answer to a reminder of a meeting. */
function reminderSaid(m: Moment): boolean {
  const { plain } = m.said
  const answer = COMING.test(plain) ? 'coming' : MOVING.test(plain) ? 'move' : undefined
  if (answer) command(m, { do: 'answerReminder', with: { answer } })
  return answer !== undefined
}

/** One's answered case is judged in a few words, or by the number of the notice. */
function ratingSaid(m: Moment): boolean {
  const awaiting = (m.facts.ownCases ?? []).filter(own => own.awaitsRating)
  if (awaiting.length === 0) return notSolvedAfterAll(m)
  if (m.said.plain.length > 40) return false
  const number = /^[123]$/.test(m.said.plain) ? RATING_NUMBERS[Number(m.said.plain) - 1] : undefined
  const given = number ?? RATING_SHORTCUTS.find(({ says }) => says.test(m.said.plain))?.given
  if (!given) return false
  begin(m, 'rating', m.said, { ...given, ...(awaiting.length === 1 ? { code: awaiting[0]!.code } : {}) })
  return true
}

/** Nothing waits for a word, but something was closed a short while ago: "it is not solved" can only mean that. */
function notSolvedAfterAll(m: Moment): boolean {
  const closed = (m.facts.ownCases ?? []).filter(own => own.reopens)
  if (closed.length === 0 || !NOT_SOLVED.test(m.said.plain)) return false
  const only = closed.length === 1 ? { code: closed[0]!.code } : {}
  begin(m, 'rating', saidOf(''), { contacted: true, solved: false, ...only })
  return true
}

function wishSaid(m: Moment): boolean {
  const { plain } = m.said
  if (plain.length > 40) return false
  if (ASKS_STATUS.test(plain)) {
    showCases(m)
    return true
  }
  if (UNFOLLOW.test(plain)) {
    unfollowWished(m)
    return true
  }
  const wish = WISHES.find(({ says }) => says.test(plain))
  if (wish) begin(m, wish.flow, m.said)
  return wish !== undefined
}

/** Somebody seeks help rather than an answer of an office. What the service costs or who hears it is answered first. */
function helpSaid(m: Moment): boolean {
  const { plain } = m.said
  const asks = plain.length <= 20 && DIGRESSIONS.some(({ says }) => says.test(plain))
  const help = asks ? undefined : helpIn(m, plain)
  if (!help) return false
  forget(m, 'kept')
  beginHelp(m, m.said, help)
  return true
}

/** One of the panels is asked for by name. */
function panelSaid(m: Moment): boolean {
  const wished = panelWished(m.said.plain, m.book.panels) !== undefined
  if (wished) matter(m)
  return wished
}

/** The law of violence, the signs of despair: asked about, not happening. A number to call, and someone to answer. */
function dangerAskedAbout(m: Moment): boolean {
  const kinds = m.said.plain.length <= 60 ? dangerAsked(m.said.text) : []
  if (kinds.length === 0) return false
  const first = numbersFor(kinds)[0]
  offering(m, 'gentle', [{ value: '!matter', label: 'unsure.ask' }, PERSON, MENU], { first })
  return true
}

function questionAsked(m: Moment): boolean {
  const { plain } = m.said
  const asked = plain.length <= 20 ? DIGRESSIONS.find(({ says }) => says.test(plain)) : undefined
  if (!asked) return false
  say(m, `digress.${asked.key}`, { district: m.book.district, url: m.book.noticeUrl })
  if (inHand(m)) putAgain(m)
  return true
}
