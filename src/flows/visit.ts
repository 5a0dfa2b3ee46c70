import type { Met, VisitKind } from '../rules/care/duties.ts'
import { bad, good, oneOf, picked, skippable, words, yesOrNo } from './answers.ts'
import type { CareChild } from './caring.ts'
import { type Answer, conversation, type Option, type Scene } from './flow.ts'
import type { Command } from './talk.ts'
import { forMatching, shortened } from './text.ts'
import { dayNumber, dayOf, isoDay } from './understand/days.ts'
import { dayIn, failedIn, givenIn, kindIn, metIn, needsIn, reportedIn } from './understand/visits.ts'

/** The children of the volunteer who speaks. */
export const childrenIn = ({ facts }: Scene): readonly CareChild[] => facts.care?.children ?? []

/** Children named in a text, in the order they are named. */
export const namedIn = (text: string, children: readonly CareChild[]): CareChild[] =>
  children
    .filter(child => text.includes(child.name))
    .sort((a, b) => text.indexOf(a.name) - text.indexOf(b.name))

const optionsOf = (scene: Scene): readonly Option[] =>
  childrenIn(scene)
    .slice(0, 9)
    .map(({ pairingId, name }) => ({ value: pairingId, words: name }))

/** Which of the volunteer's own children, by pseudonym; several where several are named. Pairing ids joined by commas. */
const who: Answer<string> = {
  kind: 'oneOf',
  wants: 'care',
  choices: optionsOf,
  read(said, scene) {
    const pick = picked(said, optionsOf(scene))
    if (pick) return good(pick.option.value)
    const named = namedIn(said.text, childrenIn(scene))
    return named.length > 0 ? good(named.map(child => child.pairingId).join()) : bad('notMyChild')
  },
  spot(said, scene) {
    const all = childrenIn(scene)
    const named = namedIn(said.text, all)
    const found = named.length > 0 ? named : all.length === 1 ? all : []
    return found.length > 0 ? found.map(child => child.pairingId).join() : undefined
  },
  shown: (value, scene) => ({
    value: childrenIn(scene)
      .filter(child => value.split(',').includes(child.pairingId))
      .map(child => child.name)
      .join('、'),
  }),
}

const KINDS = [
  { value: 'homeVisit', says: /家访|家里|上门|visit/ },
  { value: 'meeting', says: /见面|学校|碰|met|saw/ },
  { value: 'call', says: /电话|视频|call|phone/ },
  { value: 'message', says: /微信|短信|消息|message/ },
  { value: 'letter', says: /信|letter/ },
] as const satisfies readonly { value: VisitKind; says: RegExp }[]

const how: Answer<VisitKind> = { ...oneOf('visitKind', KINDS), spot: ({ plain }) => kindIn(plain) }

/** Days back in which a contact may be reported. */
const OLDEST = 120

const DAYS = ['today', 'yesterday', 'dayBefore'] as const

/** The day it happened: not in the future, and not so long ago that nobody remembers. */
const day: Answer<string> = {
  kind: 'date',
  choices: () => DAYS.map(value => ({ value, label: `visitDay.${value}` })),
  read(said, { facts }) {
    const pick = picked(
      said,
      DAYS.map(value => ({ value, label: '' })),
    )
    const today = dayOf(facts.now)
    const day = pick
      ? isoDay(today - DAYS.indexOf(pick.option.value as (typeof DAYS)[number]))
      : dayIn(said.plain, facts.now)
    if (day === undefined) return bad('noDay')
    if (day > isoDay(today)) return bad('dayAhead')
    return day < isoDay(today - OLDEST) ? bad('dayTooOld') : good(day)
  },
  spot({ plain }, { facts }) {
    const day = dayIn(plain, facts.now)
    const today = dayOf(facts.now)
    return day !== undefined && day <= isoDay(today) && day >= isoDay(today - OLDEST) ? day : undefined
  },
  shown: value => ({ value }),
}

const MET_CHOICES = [
  { value: 'child', says: /^孩子$|^child$/ },
  { value: 'child,guardian', says: /孩子.*(?:奶奶|爷爷|监护|老人)|both/ },
  { value: 'guardian', says: /奶奶|爷爷|姥|监护|老人|guardian|grand/ },
  { value: 'parent', says: /爸|妈|父|母|家长|parent/ },
] as const

const met = {
  ...oneOf('visitMet', MET_CHOICES),
  spot(said: { plain: string }, { soFar }: Scene) {
    const found = metIn(said.plain, (soFar.how as VisitKind | undefined) ?? kindIn(said.plain)).join()
    return (
      MET_CHOICES.find(({ value }) => value === found)?.value ??
      (found.startsWith('child') ? 'child,guardian' : undefined)
    )
  },
} satisfies Answer<(typeof MET_CHOICES)[number]['value']>

const reported: Answer<boolean> = {
  ...yesOrNo(),
  spot: ({ plain }) => (reportedIn(plain) ? true : undefined),
}

/** Whether it came about; heard, and shown where it did not. */
const done: Answer<boolean> = {
  ...yesOrNo(),
  spot: ({ plain }) => !failedIn(plain),
  shown: value => (value ? undefined : { label: 'value.visitFailed' }),
}

const needs: Answer<string> = {
  kind: 'words',
  read: ({ plain, text }) => good(needsIn(plain).join() || `other:${shortened(text, 60)}`),
  spot: ({ plain }) => needsIn(plain).join() || undefined,
  shown: value =>
    value
      ? { label: `value.need.${value.split(/[,:]/)[0]}`, value: value.split(',').length > 1 ? '…' : '' }
      : undefined,
}

/** Whether an office is asked for help; "not now" is shown as that. */
const errand: Answer<boolean> = {
  ...yesOrNo({ yes: 'errand.yes', no: 'errand.no' }),
  shown: value => ({ label: value ? 'choice.yes' : 'value.errandLater' }),
}

const note = {
  ...words({ atLeast: 1, atMost: 4_000 }),
  spot: (said: { text: string }) => said.text || undefined,
}
const given = { ...words({ atLeast: 1, atMost: 200 }), spot: (said: { text: string }) => givenIn(said.text) }

/** When it will be tried again: a day ahead, by choice or in words. */
const againOn: Answer<string> = {
  kind: 'date',
  choices: ({ facts }) =>
    [1, 3, 7].map(days => ({
      value: isoDay(dayOf(facts.now) + days),
      words: isoDay(dayOf(facts.now) + days),
    })),
  read(said, scene) {
    const pick = picked(said, againOn.choices!(scene))
    const day = pick?.option.value ?? dayIn(said.plain, scene.facts.now)
    if (day === undefined) return bad('noDay')
    return day > isoDay(dayOf(scene.facts.now)) ? good(day) : bad('dayPast')
  },
  shown: value => ({ value }),
}

/** What belongs to one child of several: from its name to the next one's; names said together share the words. */
export function wordsFor(child: CareChild, text: string, named: readonly CareChild[]): string {
  if (named.length < 2) return text
  const pieces = text.split(/(?<=[，。；！？,.;!?\n])/)
  const others = named.filter(one => one !== child)
  let about: 'all' | 'mine' | 'others' = 'all'
  return pieces
    .filter(piece => {
      const mine = piece.includes(child.name)
      const theirs = others.some(one => piece.includes(one.name))
      if (mine || theirs) about = mine && theirs ? 'all' : mine ? 'mine' : 'others'
      return about !== 'others'
    })
    .join('')
}

/** A volunteer reports a contact or a visit, for one child or several, in one line or on the form. */
export default conversation('visit')
  .ask('who', who)
  .aside('done', done)
  .ask('how', how)
  .ask('day', day)
  .askIf(soFar => soFar.done !== false, 'met', met)
  .askIf(
    soFar =>
      soFar.done !== false &&
      (soFar.how === 'call' || soFar.how === 'letter') &&
      soFar.met?.includes('parent') === true,
    'reported',
    reported,
  )
  .askIf(soFar => soFar.done === false, 'againOn', skippable(againOn))
  .aside('note', note)
  .asideIf(soFar => soFar.done !== false, 'needs', needs)
  .askIf(soFar => Boolean(soFar.needs), 'errand', errand)
  .asideIf(soFar => soFar.done !== false, 'given', given)
  .checkFirst()
  .finish((answers, scene): readonly Command[] => {
    const { who: ids, note = '', done: came = true } = answers
    const children = childrenIn(scene).filter(child => ids.split(',').includes(child.pairingId))
    return children.map(child => {
      const own = wordsFor(child, note, children)
      const single = children.length === 1
      const heard = metIn(forMatching(own), answers.how)
      return {
        do: 'logVisit',
        with: {
          pairingId: child.pairingId,
          name: child.name,
          kind: answers.how,
          onDate: answers.day,
          done: came,
          met: came
            ? ((single || heard.length === 0
                ? (answers.met ?? '').split(',').filter(Boolean)
                : heard) as Met[])
            : [],
          reported: answers.reported === true,
          note: own,
          given: answers.given ?? '',
          needs: single ? (answers.needs ?? '') : needsIn(forMatching(own)).join(),
          errand: answers.errand === true,
          againOn: answers.againOn ?? null,
        },
      }
    })
  })

/** Days a volunteer may be away at once. */
const AWAY = [
  { value: 'thisWeek', says: /这周|本周|this week/ },
  { value: 'twoWeeks', says: /两周|半个月|two weeks/ },
  { value: 'month', says: /一个月|month/ },
] as const

/** The last day of an absence: this Sunday, or so many days on. */
function lastDay(value: (typeof AWAY)[number]['value'], now: string): string {
  const today = dayOf(now)
  if (value === 'twoWeeks') return isoDay(today + 14)
  if (value === 'month') return isoDay(today + 30)
  const monday = dayNumber(1970, 1, 5)
  return isoDay(today + 6 - ((today - monday) % 7))
}

/** "这周去不了": until when and why; the coordinator looks for somebody to step in. */
export const away = conversation('away')
  .ask('until', {
    ...oneOf('away', AWAY),
    wants: 'care',
    spot: ({ plain }) => AWAY.find(({ says }) => says.test(plain))?.value,
  })
  .ask('reason', skippable(words({ atLeast: 2, atMost: 200 })))
  .finish(({ until, reason }, { facts }) => [
    {
      do: 'cannot',
      with: { fromDate: isoDay(dayOf(facts.now)), toDate: lastDay(until, facts.now), reason: reason ?? '' },
    },
  ])
