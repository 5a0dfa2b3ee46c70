import { signsIn } from '../rules/care/signs.ts'
import { putAgain } from './ask.ts'
import { begin } from './begin.ts'
import type { CareChild } from './caring.ts'
import { emergency } from './emergency.ts'
import { command, inHand, type Moment, say } from './moment.ts'
import type { DangerSeen } from './understand/danger.ts'
import { understand } from './understand/understand.ts'
import {
  CANNOT,
  failedIn,
  HAND_OVER,
  kindIn,
  LETTER_WISH,
  LINK_CODE,
  READ_LETTERS,
  REMIND_TOMORROW,
} from './understand/visits.ts'
import { namedIn } from './visit.ts'

/** A one-time code: whoever sends it is that volunteer, or that parent, from now on, in the middle of a conversation too. */
export function volunteerLinks(m: Moment): boolean {
  const [, kind, code] = LINK_CODE.exec(m.said.plain) ?? []
  if (!code) return false
  command(m, { do: kind === 'jz' ? 'linkCarer' : 'linkVolunteer', with: { code } })
  if (inHand(m)) putAgain(m)
  return true
}

/** A parent asks for the letters that were sent to them; who has none is told so. */
export function parentSaid(m: Moment): boolean {
  const asks = READ_LETTERS.test(m.said.plain)
  if (asks) command(m, { do: 'readLetters' })
  return asks
}

/** What a volunteer says of their children while no flow is in hand; to everybody else it is nothing. */
export function careSaid(m: Moment): boolean {
  const { care } = m.facts
  if (!care) return false
  const { plain, text } = m.said
  if (REMIND_TOMORROW.test(plain)) {
    command(m, { do: 'remindTomorrow' })
    return true
  }
  if (HAND_OVER.test(plain)) {
    command(m, { do: 'readHandOver' })
    return true
  }
  if (LETTER_WISH.test(text)) {
    begin(m, 'letter', m.said)
    return true
  }
  if (CANNOT.test(plain)) {
    begin(m, 'away', m.said)
    return true
  }
  const named = namedIn(text, care.children).length > 0
  const told = kindIn(plain) !== undefined || failedIn(plain)
  const intent = understand(text, m.book.resources, m.facts.now).intent
  if (!named && intent !== 'visit_log' && !ONE_LINE.test(plain)) return false
  if (care.children.length === 0) {
    say(m, 'care.noChildren')
    return true
  }
  if (named || told || intent === 'visit_log' || ONE_LINE.test(plain)) begin(m, 'visit', m.said)
  return true
}

/** "昨天去过了，孩子挺好": an answer to a reminder, without a name. */
const ONE_LINE =
  /^(?:我|今天|昨天|前天|刚才|刚刚|上午|下午|晚上|周[一二三四五六日天])*(?:就)?(?:去过了|去看过了|看过了|见过了|联系过了|打过电话了|聊过了|家访了|去了|没去成|没见到|没人在家)|^(?:went|called|visited)\b/

/** A worrying sign in what a volunteer tells of a child: heard as danger to a minor, by the situations it may be. */
export function worryIn(m: Moment): { seen: DangerSeen } | undefined {
  if (!m.facts.care || !aboutChild(m, m.facts.care.children)) return undefined
  const signs = signsIn(m.said.text, m.book.signs)
  return signs.length > 0 ? { seen: { kinds: ['minor_harmed'], because: signs, first: '110' } } : undefined
}

/**
 * Danger heard by its words, in what is told of a child: blows and crimes are done to the child, so its card and its numbers come first.
 * Fire and the wish to die keep their own numbers before.
 */
export function bothSeen(seen: DangerSeen, worry: DangerSeen): DangerSeen {
  const because = [...seen.because, ...worry.because]
  const others = seen.kinds.filter(kind => kind !== 'minor_harmed')
  const own = others.filter(kind => kind === 'fire_or_life' || kind === 'self_harm')
  const done = others.filter(kind => kind !== 'fire_or_life' && kind !== 'self_harm')
  const kinds = [...own, 'minor_harmed' as const, ...done]
  const { first } = own.length > 0 ? seen : worry
  return { kinds, because, ...(first ? { first } : {}) }
}

/** A volunteer may also complain that nobody sees to the rubbish: only what is told of a child is a worrying sign. */
const aboutChild = (m: Moment, children: readonly CareChild[]): boolean =>
  m.talk.stack[0]?.flow === 'visit' || namedIn(m.said.text, children).length > 0 || CHILD.test(m.said.plain)

const CHILD = /孩子|小孩|娃|小朋友|男孩|女孩|学生|\b(?:child|kid|boy|girl)\b/

/** The danger way, and what a visitor must know: what happens next, and what not to do. The report itself is taken up afterwards. */
export function tellOfWorry(m: Moment, seen: DangerSeen): void {
  emergency(m, seen)
  say(m, 'care.worry')
  m.talk = { ...m.talk, kept: [m.talk.kept, m.said.text].filter(part => part).join('\n') }
}
