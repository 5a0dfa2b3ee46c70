import { isShared } from '../rules/cases/alike.ts'
import type { Urgent } from './answers-urgency.ts'
import { comeBack, putAgain } from './ask.ts'
import type { Book } from './book.ts'
import { counting, type Option } from './flow.ts'
import { aboutMatter, wholeMatter } from './matter.ts'
import { command, drop, flowOf, inHand, type Moment, put, say, sceneOf } from './moment.ts'
import type {
  Answers,
  CardRow,
  Facts,
  GrievanceAnswers,
  Joining,
  OpenFlow,
  PlaceAnswer,
  Talk,
} from './talk.ts'

/** Neighbours' open cases of one kind and place. */
export interface Lookalike {
  category: string
  estate: string
  count: number
  since: string
  /** The one that may be followed; never shown before it is. */
  code?: string
}

/**
 * The same matter told before: by neighbours, whose case may be followed, or by the person. It is offered on the summary, the last thing
 * before filing, and filing stays the first choice. Never for what is urgent, hidden, private or an accusation: that is always filed.
 */

/** What a matter is alike by. */
export interface AlikeBy {
  category: string
  communityCode: string
  /** The estate's name where it was said. */
  estate?: string
  /** What the place is called to the person. */
  called: string
}

/** What these answers are alike by; null where the matter is not told enough, or always stands by itself. */
export function alikeBy(book: Book, answers: Answers): AlikeBy | null {
  const { what, where, kind, panel, hidden, again, trapped, affected } = answers as {
    what?: string
    where?: PlaceAnswer
    kind?: string
    trapped?: Urgent
    affected?: Urgent
  } & Answers
  if (!what || !where?.communityCode || panel || hidden || again) return null
  const told = wholeMatter({ what, ...(trapped ? { trapped } : {}), ...(affected ? { affected } : {}) })
  const about = aboutMatter(told, { book, facts: { now: '' }, soFar: answers })
  const { category } = about.filedUnder(kind)
  if (about.accusation || !isShared(category)) return null
  if (about.classWith(trapped?.pick ?? affected?.pick) === 'urgent') return null
  const { communityCode, estate, words } = where
  return { category, communityCode, ...(estate ? { estate } : {}), called: estate ?? words }
}

/** Who told the same is only spoken of at the summary: asked for at every step it cost a fiftieth of a turn, and was thrown away. */
export const looksAlike = ({ stack: [top] }: Talk): boolean => top?.flow === 'grievance' && !!top.checking

/** Two looks at the same answers ask for the same facts. */
export const alikeKey = (by: AlikeBy | null): string =>
  by ? [by.category, by.communityCode, by.called].join('|') : ''

interface Found {
  near?: Lookalike
  own?: NonNullable<Facts['repeat']>
}

/** What the facts of this turn say of the matter as it stands now; facts of a matter changed meanwhile do not count. */
function foundFor(book: Book, facts: Facts, open: OpenFlow): Found {
  const by = open.flow === 'grievance' ? alikeBy(book, open.answers) : null
  if (!by) return {}
  const isSame = (one: { category: string; estate: string }) =>
    one.category === by.category && one.estate === by.called
  const near = facts.lookalikes?.find(isSame)
  const own = facts.repeat && isSame(facts.repeat) ? facts.repeat : undefined
  return { ...(near ? { near } : {}), ...(own ? { own } : {}) }
}

/** The choices beside "send" and "change", by what was told before; the own case comes first. */
export function joinsFor(book: Book, facts: Facts, open: OpenFlow): Option[] {
  const { near, own } = foundFor(book, facts, open)
  if (own)
    return [
      { value: '!join.add', label: 'alike.add' },
      ...(own.hurries ? [{ value: '!join.hurry', label: 'alike.hurry' }] : []),
    ]
  return near?.code ? [{ value: '!follow', label: 'alike.follow' }] : []
}

/** The person's own open case of the same kind and place, if there is one. */
export const ownCode = (book: Book, facts: Facts, open: OpenFlow): string | null =>
  foundFor(book, facts, open).own?.code ?? null

/** Says what is there already, before the summary is put. */
export function sayAlike(m: Moment, open: OpenFlow): void {
  const { near, own } = foundFor(m.book, m.facts, open)
  if (own) {
    say(m, 'alike.own', { number: own.code })
    command(m, { do: 'showCase', with: { code: own.code } })
  } else if (near?.code) say(m, 'alike.near', undefined, { kind: 'alike', rows: rowsOf(near) })
}

const rowsOf = ({ category, estate, count, since }: Lookalike): CardRow[] => [
  { key: 'kind', label: `category.${category}` },
  { key: 'where', value: estate },
  { key: 'lookalikes', label: 'value.lookalikes', value: String(count) },
  { key: 'since', value: since.slice(0, 10) },
]

/** Neighbours who said the same as a row of the summary: only how many and since when. */
export function lookalikesRow(book: Book, facts: Facts, open: OpenFlow): CardRow[] {
  const { near } = foundFor(book, facts, open)
  if (!near) return []
  const { count, since } = near
  return [{ key: 'lookalikes', label: 'value.lookalikes', value: String(count), note: since.slice(0, 10) }]
}

/** What following means, and whether what was said is passed on. */
export function putFollow(m: Moment): void {
  const open = inHand(m)
  if (!open?.checking) putAgain(m)
  else
    put(m, {
      say: 'alike.share',
      options: [
        { value: '!join.followTell', label: 'alike.tell' },
        { value: '!join.follow', label: 'alike.only' },
        { value: '!send', label: 'alike.send' },
      ],
    })
}

const JOININGS: readonly string[] = ['follow', 'followTell', 'add', 'hurry'] satisfies readonly Joining[]

/** Ends the grievance by joining it to what is there; false when the word is no way to do so, or no grievance waits to be sent. */
export function joinNamed(m: Moment, how: string): boolean {
  const open = inHand(m)
  if (!open?.checking || open.flow !== 'grievance' || !JOININGS.includes(how)) return false
  join(m, open, how as Joining)
  return true
}

/** The same from chat and form. Where it was found just before and is gone now, the shell says so and files. */
export function join(m: Moment, open: OpenFlow, how: Joining): void {
  const { near, own } = foundFor(m.book, m.facts, open)
  const code = (how === 'add' || how === 'hurry' ? own?.code : near?.code) ?? null
  const scene = sceneOf(m, open.answers)
  const flow = flowOf(m, open)
  const commands = flow.finish(counting(flow, scene), scene)
  drop(m, open)
  m.talk = { ...m.talk, offered: [] }
  for (const one of commands)
    command(
      m,
      one.do === 'openCase'
        ? { do: 'joinCase', with: { how, code, otherwise: one.with as GrievanceAnswers } }
        : one,
    )
  comeBack(m)
}

/** Follows no longer: at once when there is one, else it is asked which. */
export function unfollowWished(m: Moment): void {
  const followed = m.facts.follows ?? []
  const [only] = followed
  if (!only) say(m, 'none.follows')
  else if (followed.length === 1) command(m, { do: 'unfollow', with: { code: only.code } })
  else {
    put(m, {
      say: 'alike.which',
      options: followed.slice(0, 9).map(({ code, estate }) => ({
        value: `!unfollow.${code}`,
        words: [code, estate].filter(Boolean).join(' '),
      })),
    })
    return
  }
  if (inHand(m)) putAgain(m)
}
