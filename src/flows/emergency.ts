import { command, type Moment, pause, put, say } from './moment.ts'
import { takeStep } from './steps.ts'
import type { Card, Danger, OpenFlow } from './talk.ts'
import { type DangerSeen, numbersFor } from './understand/danger.ts'
import { dangerOf as lookForDanger } from './understand/understand.ts'

/** Danger in this message, if any. */
export const dangerOf = (m: Moment): DangerSeen | undefined => {
  const seen = lookForDanger(m.said.text, m.book.resources)
  return seen.kinds.length > 0 ? seen : undefined
}

/**
 * Life first: the card, then the honest word about who was called, then how to go on. The flow in hand is set aside, whole.
 * While a danger stands, the same kinds open no second alert; the numbers are shown every time.
 */
export function emergency(m: Moment, seen: DangerSeen, text = m.said.text): void {
  const numbers = numbersFor(seen.kinds, seen.first)
  say(m, `danger.${seen.kinds[0]}`, { first: numbers[0] }, cardOf(m, numbers))
  const known = m.talk.danger?.kinds ?? []
  const fresh = seen.kinds.filter(kind => !known.includes(kind))
  const paused = pause(m, 'danger') ?? m.talk.stack.find(flow => flow.paused === 'danger')
  m.talk = {
    ...m.talk,
    danger: { kinds: [...new Set<Danger>([...known, ...seen.kinds])], at: m.talk.danger?.at ?? m.facts.now },
  }
  if (fresh.length > 0)
    command(m, { do: 'openDanger', with: { kinds: seen.kinds, text, because: seen.because } })
  put(m, {
    say: fresh.length > 0 ? 'danger.called' : 'danger.calledBefore',
    with: { first: numbers[0] },
    options: [
      { value: '!through', label: seen.kinds[0] === 'self_harm' ? 'danger.talking' : 'danger.through' },
      { value: '!notThrough', label: 'danger.notThrough' },
      { value: '!safe', label: seen.kinds[0] === 'self_harm' ? 'danger.calmer' : 'danger.safe' },
    ],
  })
  if (paused) say(m, 'danger.paused')
}

/** Numbers with their names; lines that are not open all day say so. 110, 119 and 120 are there in every district. */
function cardOf(m: Moment, numbers: readonly string[]): Card {
  const known = numbers.filter(number => NATIONAL.has(number) || m.book.hotlines.has(number))
  const hours = known.flatMap(number => {
    const told = m.book.hotlines.get(number)
    const line = m.talk.language === 'en' ? (told?.english ?? told) : told
    return line?.hours ? [{ key: 'hours', value: `${number} ${line.hours}`, note: line.label }] : []
  })
  return { kind: 'emergency', rows: hours, calls: known.map(number => ({ number, label: number })) }
}

const NATIONAL: ReadonlySet<string> = new Set(['110', '119', '120', '12356'])

const SAFE =
  /^(?:我|我们|孩子|大家|人)?(?:们)?(?:现在|已经)?都?(?:没事|安全|平安|没事儿|好了|脱险)了?[的啊呀吧。!！~\s]*$|^(?:i am|i'm|we are|we're)? ?(?:all )?(?:safe|ok|okay|fine)(?: now)?[.!\s]*$/

/** An ordinary message while the card stands: its words are kept, and the way back is offered. */
export function offerWayBack(m: Moment): void {
  const { text, files } = m.said
  if (SAFE.test(m.said.plain)) {
    takeStep(m, '!safe')
    return
  }
  const kept = [m.talk.kept, text]
    .filter(part => part)
    .join('\n')
    .slice(0, 10_000)
  const waiting: OpenFlow[] =
    files.length > 0 ? [{ flow: 'addToCase', answers: { files }, paused: 'other' }] : []
  m.talk = { ...m.talk, stack: [...m.talk.stack, ...waiting], ...(kept ? { kept } : {}) }
  put(m, {
    say: m.talk.stack.some(flow => flow.paused === 'danger') ? 'danger.resume' : 'danger.goOn',
    options: [
      { value: '!resume', label: 'danger.resume' },
      { value: '!notThrough', label: 'danger.notThrough' },
    ],
  })
}
