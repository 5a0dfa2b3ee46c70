import { joinNamed, putFollow } from './alike.ts'
import { showErrand } from './answer-guide.ts'
import { advance, comeBack, edit, finish, putAgain, putWhichToEdit, takeUp } from './ask.ts'
import { begin, beginMatter, beginMediation, putMenu, saidOf } from './begin.ts'
import { beginHelp, helpIn } from './begin-help.ts'
import { beginDuty, putGridMenu, showGrid } from './bind.ts'
import { learningAnswered } from './learning.ts'
import {
  command,
  currentQuestion,
  flowOf,
  forget,
  hold,
  inHand,
  type Moment,
  pause,
  put,
  say,
} from './moment.ts'
import { hear } from './reply.ts'
import { type FileRef, type FlowName, isStaffFlow } from './talk.ts'
import { forMatching, tellsSomething } from './text.ts'
import { gist } from './understand/points.ts'

/** What the values of choices that begin with `!` do. A tap, its number, and some words end here. */
const STEPS: Readonly<Record<string, (m: Moment) => void>> = {
  '!resume': resume,
  '!send': m => {
    const open = inHand(m)
    if (open?.checking) finish(m, open)
    else putAgain(m)
  },
  '!follow': putFollow,
  '!edit': m => {
    const open = inHand(m)
    if (open) putWhichToEdit(m, open)
  },
  '!skip': m => {
    const open = inHand(m)
    const question = open && currentQuestion(m, open)
    if (!open || !question?.answer.optional) return putAgain(m)
    const { editing: _, ...rest } = open
    hold(m, { ...rest, answers: { ...open.answers, [question.key]: null } })
    advance(m)
  },
  '!next': m => {
    const [next, ...later] = m.talk.waiting
    m.talk = { ...m.talk, waiting: later }
    if (next !== undefined) beginMatter(m, saidOf(next))
  },
  '!dropNext': m => {
    m.talk = { ...m.talk, waiting: m.talk.waiting.slice(1), offered: [] }
    say(m, 'waiting.dropped')
    comeBack(m)
  },
  '!menu': m => putMenu(m),
  '!grid': putGridMenu,
  '!gridView': showGrid,
  '!moreOrders': m => {
    say(m, 'grid.moreOrders')
    putAgain(m)
  },
  '!person': m => callPerson(m, ''),
  '!status': showCases,
  '!matter': m => {
    const { kept = '' } = m.talk
    forget(m, 'kept')
    // A bare "1" or a smile is no matter: it is asked from the start.
    if (tellsSomething(forMatching(kept))) beginMatter(m, saidOf(kept))
    else begin(m, 'grievance', saidOf(''))
  },
  '!files.new': m => {
    const top = m.talk.stack.find(flow => flow.flow === 'addToCase')
    const files = (top?.answers.files ?? []) as readonly FileRef[]
    m.talk = { ...m.talk, stack: m.talk.stack.filter(flow => flow !== top) }
    begin(m, 'grievance', saidOf(''), { files })
  },
  '!safe': m => {
    const calmer = m.talk.danger?.kinds[0] === 'self_harm'
    say(m, calmer ? 'danger.calmer' : 'danger.glad', { first: '12356' })
    forget(m, 'danger', 'offered')
    if (m.talk.kept || m.talk.stack[0]?.paused === 'danger') resume(m)
  },
  '!through': m => {
    put(m, { say: 'danger.stay', options: [{ value: '!resume', label: 'danger.resume' }] })
  },
  '!notThrough': m => {
    command(m, { do: 'callPerson', with: { reason: 'danger' } })
    put(m, { say: 'danger.personCalled', options: [{ value: '!resume', label: 'danger.resume' }] })
  },
}

/** Does a step; false when the value is none. `!flow.<name>`, `!edit.<key>`, `!guide.<key>`, `!show.<code>`, `!add.<code>`, `!duty.<key>`, `!join.<how>`, `!unfollow.<code>`, `!learn.<code>` carry what they are about. */
export function takeStep(m: Moment, value: string): boolean {
  const plain = STEPS[value]
  if (plain) {
    plain(m)
    return true
  }
  const found = /^!(flow|edit|guide|show|add|duty|join|unfollow|learn)\.(.+)$/.exec(value)
  if (!found) return false
  const [, verb, about = ''] = found
  if (verb === 'edit') return editNamed(m, about)
  if (verb === 'flow') return beginNamed(m, about)
  if (verb === 'guide') return showErrand(m, about)
  if (verb === 'join') return joinNamed(m, about)
  if (verb === 'duty') return beginDuty(m, about)
  if (verb === 'learn') return learningAnswered(m, about)
  const { kept = '' } = m.talk
  forget(m, 'kept')
  if (verb === 'show') showCase(m, about)
  else if (verb === 'unfollow') command(m, { do: 'unfollow', with: { code: about } })
  else command(m, { do: 'addToCase', with: { code: about, text: kept, files: [] } })
  putAgain(m)
  return true
}

function editNamed(m: Moment, key: string): boolean {
  const open = inHand(m)
  if (!open || !flowOf(m, open).questions.some(question => question.key === key)) return false
  edit(m, open, key)
  return true
}

function beginNamed(m: Moment, name: string): boolean {
  if (!(name in m.book.flows)) return false
  const { kept = '' } = m.talk
  if (isStaffFlow(name) && !m.facts.staff) return false
  if (name === 'grievance' && kept) return takeStep(m, '!matter')
  if (name === 'mediation') {
    beginMediation(m, saidOf(tellsSomething(forMatching(kept)) ? kept : ''))
    return true
  }
  if (name === 'help') beginHelp(m, saidOf(kept), helpIn(m, forMatching(kept)))
  else begin(m, name as FlowName, saidOf(''))
  return true
}

/** Goes on where the talk was set aside, and hears what was said meanwhile. */
export function resume(m: Moment): void {
  const { kept } = m.talk
  forget(m, 'danger', 'kept')
  const current = inHand(m)
  if (current?.editing) {
    const { editing: _, ...rest } = current
    hold(m, rest)
  } else if (!current) {
    const paused = m.talk.stack.find(flow => flow.paused && m.book.flows[flow.flow])
    if (paused) takeUp(m, paused)
  }
  if (kept && hearIfUseful(m, kept)) return
  if (inHand(m)) putAgain(m)
  else if (m.talk.waiting.length > 0) comeBack(m)
  else putMenu(m, 'nothingPaused')
}

/** Words kept meanwhile are taken up when they make sense here; "they are all out" answers no question and is let be. */
function hearIfUseful(m: Moment, kept: string): boolean {
  const trial: Moment = { ...m, out: [] }
  hear(trial, saidOf(kept))
  const useful = trial.out.every(each => !('say' in each) || !/^(?:why\.|unsure$|small\.)/.test(each.say))
  if (useful) Object.assign(m, { said: trial.said, talk: trial.talk, out: [...m.out, ...trial.out] })
  return useful
}

/** Hands the talk to a person; what was being done waits. */
export function callPerson(m: Moment, words: string): void {
  const open = inHand(m)
  const what = typeof open?.answers.what === 'string' ? gist(open.answers.what, 60) : ''
  const reason = words || what
  const [called] = m.book.flows.human.finish(reason ? { reason } : {}, {
    book: m.book,
    facts: m.facts,
    soFar: {},
  })
  pause(m, 'person')
  m.talk = { ...m.talk, offered: [] }
  say(m, open ? 'person.calledPaused' : 'person.called')
  if (called) command(m, called)
}

/** The person's own cases, and the question at hand once more. */
export function showCases(m: Moment): void {
  if (m.facts.ownCases && m.facts.ownCases.length === 0 && !m.facts.follows?.length) {
    if (inHand(m)) {
      say(m, 'none.cases')
      putAgain(m)
    } else begin(m, 'status', saidOf(''))
    return
  }
  command(m, { do: 'showCases' })
  m.talk = { ...m.talk, offered: [] }
  putAgain(m)
}

/** One case by its code; the query code goes along when it was said in the same breath. */
export function showCase(m: Moment, code: string, queryCode?: string): void {
  command(m, { do: 'showCase', with: { code, ...(queryCode ? { queryCode } : {}) } })
}
