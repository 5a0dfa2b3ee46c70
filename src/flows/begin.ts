import { advance, rowsOf } from './ask.ts'
import { beginHelp, helpIn } from './begin-help.ts'
import { applying, needsPick, type Said } from './flow.ts'
import { aboutMatter } from './matter.ts'
import { flowOf, inHand, type Moment, open, put, say, sceneOf } from './moment.ts'
import { type PanelName, panelWished } from './panel.ts'
import type { Answers, FlowName, OpenFlow } from './talk.ts'
import { forMatching } from './text.ts'
import { gist, mattersIn } from './understand/points.ts'

/** Words taken as this message's: for matters kept from before, and for what stood behind an emergency. */
export const saidOf = (text: string): Said => ({ text, plain: forMatching(text), files: [] })

/** A choice taken, by its value. */
export const saidByPick = (value: string): Said => ({
  text: value,
  plain: value.toLowerCase(),
  files: [],
  pick: value,
})

/** Every answer already in the message, in the order of the questions. */
export function prefilled(m: Moment, name: FlowName, said: Said, given: Answers): Answers {
  const flow = m.book.flows[name]
  const answers: Answers = { ...given }
  for (const question of flow.questions) {
    const scene = sceneOf(m, answers)
    if (question.key in answers || !(question.when?.(answers, scene) ?? true)) continue
    const value = question.answer.spot?.(said, scene)
    if (value !== undefined && value !== null) answers[question.key] = value
  }
  return answers
}

/** Begins a flow from these words (may be empty): what is told is kept, only the rest is asked. */
export function begin(m: Moment, name: FlowName, said: Said, given: Answers = {}): void {
  const lacking = nothingToPick(m, name, given)
  if (lacking) {
    say(m, `none.${name}`)
    if (inHand(m)) advance(m)
    return
  }
  if (m.talk.stack.length >= MOST_STACKED) {
    say(m, 'tooManyOpen')
    putMenu(m)
    return
  }
  open(m, { flow: name, answers: prefilled(m, name, said, given) })
  advance(m)
}

/** So many flows at once are a knot; the person is asked to finish or continue one first. */
const MOST_STACKED = 8

/** A flow that starts by picking one of the person's own cases has no start when there are none. */
export function nothingToPick(m: Moment, name: FlowName, given: Answers = {}): boolean {
  const first = m.book.flows[name].questions[0]?.answer
  if (first?.wants === 'care') return !m.facts.care?.children.length
  return first !== undefined && needsPick(first) && (first.choices?.(sceneOf(m, given)) ?? []).length === 0
}

/** Begins a grievance: one matter now, further ones of the same breath wait; what was heard is said back. */
export function beginMatter(m: Moment, said: Said, given: Answers = {}): void {
  const help = given.hidden || given.again ? undefined : helpIn(m, said.plain)
  if (help) {
    beginHelp(m, said, help)
    return
  }
  const wish = panelWished(said.plain, m.book.panels)
  if (wish?.panel.mediates) {
    beginMediation(m, said, given)
    return
  }
  if (wish?.bare) {
    open(m, { flow: 'grievance', answers: { ...given, panel: wish.panel.code } })
    sayPanel(m, wish.panel)
    advance(m)
    return
  }
  const { answers, what, more } = firstMatter(m, said, given)
  open(m, { flow: 'grievance', answers })
  if (what) sayHeard(m, what)
  if (more.length > 0) sayMore(m, what, more)
  advance(m)
}

/** Begins a mediation of two sides: by the panel asked for, or by the one the words point to. A bare wish tells nothing yet. */
export function beginMediation(m: Moment, said: Said, given: Answers = {}): void {
  const wish = panelWished(said.plain, m.book.panels)
  const panel = wish?.panel.mediates ? { panel: wish.panel.code } : {}
  const files = 'files' in given ? { files: given.files } : {}
  const from = 'from' in given ? { from: given.from } : {}
  const told = wish?.bare || ASKS_ONLY.test(said.plain) ? { ...said, text: '', plain: '' } : said
  open(m, { flow: 'mediation', answers: prefilled(m, 'mediation', told, { ...panel, ...files, ...from }) })
  if (wish) sayPanel(m, wish.panel)
  else say(m, 'mediationBegins')
  advance(m)
}

/** The wish for mediation and nothing else. */
const ASKS_ONLY =
  /^(?:我们?)?(?:想要?|要|请|申请|预约|能不能|可以)*(?:找人|帮忙|帮我们?)?(?:申请|预约)?调解(?:一下)?[吗么嘛吧呢?？。!！~\s]*$|^(?:i |we )?(?:would like|want|need)?\s*(?:to ask for |to apply for |a |some )*mediat(?:ion|e)[.?!\s]*$/

/** The first matter of these words with every answer told in them; further ones of the same breath wait. */
export function firstMatter(m: Moment, said: Said, given: Answers) {
  const [first = '', ...more] = mattersIn(said.text)
  const what = more.length > 0 ? first : said.text
  const known = what && !('what' in given) ? { ...given, what } : given
  const own = more.length > 0 ? prefilled(m, 'grievance', saidOf(first), known) : known
  const answers = prefilled(m, 'grievance', said, own)
  const room = Math.max(1, MOST_WAITING - m.talk.waiting.length)
  const later = more.length > room ? [...more.slice(0, room - 1), more.slice(room - 1).join('\n')] : more
  m.talk = { ...m.talk, waiting: [...m.talk.waiting, ...later] }
  return { answers, what, more }
}

/** Several matters were heard: which is done now, and that the others wait. */
export const sayMore = (m: Moment, first: string, more: readonly string[]): void =>
  say(m, 'waiting.two', { first: gist(first, 30), second: gist(more.join('；'), 40) })

const MOST_WAITING = 5

/** The panel asked for is named, and what to expect of it. */
export function sayPanel(m: Moment, { name, english, mediates }: PanelName): void {
  const values = { name: m.talk.language === 'en' ? english : name }
  say(m, mediates ? 'panel.mediates' : 'panel.helps', values)
}

/** Feeling first, then what was understood; nothing when the summary will say it all anyway. */
function sayHeard(m: Moment, what: string): void {
  const current = inHand(m)
  if (!current) return
  const category = aboutMatter(what, sceneOf(m, {})).likely[0]
  if (category && SORRY.has(category)) say(m, `sorry.${category}`)
  const left = unanswered(m, current)
  if (left === 0) return
  const rows = rowsOf(m, current, false)
  if (rows.length < 2) say(m, 'heard.noted', { what: gist(what, 40) })
  else
    say(m, left === 1 ? 'heard.one' : 'heard.more', undefined, {
      kind: 'heard',
      rows: rows.map(({ tap: _, ...row }) => row),
    })
}

const unanswered = (m: Moment, current: OpenFlow): number =>
  applying(flowOf(m, current), sceneOf(m, current.answers)).filter(
    ({ key, aside }) => !aside && !(key in current.answers),
  ).length

const SORRY: ReadonlySet<string> = new Set([
  'lift',
  'heating',
  'water',
  'power',
  'noise',
  'wages',
  'sanitation',
  'light',
  'crash',
  'mind',
  'pollution',
])

/** The menu: what can be done here. With a flow in hand its first line goes back to it. */
export function putMenu(m: Moment, key = 'menu'): void {
  const back = inHand(m) ? [{ value: '!resume', label: 'menu.back' }] : []
  const work = m.facts.staff ? ['!grid'] : []
  const helps = m.book.desks.length > 0 ? ['!flow.help'] : []
  const lines = [...work, ...MENU, ...helps].map(value => ({
    value,
    label: `menu.${value.replace(/^!(?:flow\.)?/, '')}`,
  }))
  put(m, { say: key, with: { district: m.book.district }, options: [...back, ...lines] })
}

const MENU = [
  '!flow.grievance',
  '!status',
  '!flow.addToCase',
  '!flow.rating',
  '!flow.myData',
  '!person',
] as const
