import { type Desk, type HelpWishes, PARTS_OF_DAY } from '../rules/help.ts'
import { consent, skippable, words } from './answers.ts'
import { phone } from './answers-about.ts'
import { age, asks, desk, quiet, way, when, whom } from './answers-help.ts'
import { conversation } from './flow.ts'
import type { Command } from './talk.ts'
import { gist } from './understand/points.ts'
import { sensitiveIn, withoutSensitive } from './understand/sensitive.ts'

const isCall = (soFar: { way?: string; phone?: string | null }) =>
  soFar.way === 'call' && soFar.phone !== null

/** Young people's desks need to know roughly how old. */
const isYoung = (soFar: { desk?: Desk }) => soFar.desk === 'youth' || soFar.desk === 'line'

/**
 * Somebody seeks help: to be listened to, about a child that goes astray, or what the youth line 12355 is for. Gentle and short; never a
 * name, never a place. Whatever is not wished to be told may be passed by.
 */
export default conversation('help')
  .ask(
    'what',
    skippable(
      {
        ...words({ atLeast: 1, atMost: 10_000 }),
        spot: said => said.text || undefined,
        shown: value => ({ value: gist(value, 80) }),
      },
      'help.unsaid',
    ),
  )
  .ask('desk', desk)
  .ask('whom', whom)
  .askIf(isYoung, 'age', age)
  .askIf(({ desk }) => desk === 'line', 'asks', asks)
  .ask('way', way)
  .askIf(({ way }) => way === 'call', 'phone', skippable(phone, 'help.noPhone'))
  .askIf(isCall, 'when', when)
  .askIf(isCall, 'quiet', quiet)
  .askIf(soFar => sensitiveIn(soFar.what ?? '').length > 0, 'sensitiveConsent', consent)
  .checkFirst()
  .finish((answers, { book }): readonly Command[] => {
    const { what, sensitiveConsent } = answers
    const told = what ?? ''
    const called = answers.way === 'call' && typeof answers.phone === 'string'
    const wishes: HelpWishes = {
      desk: answers.desk,
      who: answers.whom,
      age: answers.age ?? null,
      asks: answers.asks ?? null,
      how: called ? 'call' : 'here',
      when: called ? (answers.when ?? PARTS_OF_DAY[0]!) : null,
      quiet: called && answers.quiet !== 'open',
    }
    const unit = book.desks.find(({ key }) => key === answers.desk)?.unit ?? null
    const opened: Command = {
      do: 'openHelp',
      with: {
        what: sensitiveConsent === false ? withoutSensitive(told) : told,
        unit,
        wishes,
        phone: called ? (answers.phone ?? null) : null,
      },
    }
    if (sensitiveConsent === undefined) return [opened]
    const given = { purpose: 'sensitiveData', version: book.noticeVersion, given: sensitiveConsent } as const
    return [{ do: 'recordConsent', with: given }, opened]
  })
