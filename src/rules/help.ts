import type { OpeningTimes } from './calendar/opening.ts'
import type { CaseClass } from './cases/types.ts'

/**
 * 求助: somebody wants to be listened to or advised, not a bargain. `mind` 心理干预, `youth` 预防青少年违法犯罪, `line` the youth line 12355
 * (facts 2.3, 4.5).
 */
export const DESKS = ['mind', 'youth', 'line'] as const
export type Desk = (typeof DESKS)[number]

export const FOR_WHOM = ['me', 'child', 'other'] as const
export type ForWhom = (typeof FOR_WHOM)[number]

export const AGES = ['under14', 'teen', 'adult', 'unsaid'] as const
export type Age = (typeof AGES)[number]

/** What the youth line is asked for: legal, psychological, rights or self-protection advice (法律、心理、维权、自护). */
export const ASKS = ['law', 'feelings', 'rights', 'protection'] as const
export type Asks = (typeof ASKS)[number]

export const PARTS_OF_DAY = ['soon', 'morning', 'afternoon', 'evening'] as const
export type PartOfDay = (typeof PARTS_OF_DAY)[number]

/** What somebody who seeks help wishes, as they told it; null where it was not asked. Never a name, never a place. */
export interface HelpWishes {
  desk: Desk
  who: ForWhom
  age: Age | null
  asks: Asks | null
  how: 'call' | 'here'
  when: PartOfDay | null
  /** A call says only that it comes from the service centre. */
  quiet: boolean
}

/** A complaint that somebody's rights are violated who may be a minor: whoever hears of harm reports at once (未成年人保护法 11). */
export const mayHaveToReport = ({ asks, age }: Pick<HelpWishes, 'asks' | 'age'>): boolean =>
  asks === 'rights' && age !== 'adult'

/** The class of a call for help: important where a minor's rights may be violated. Danger goes its own way. */
export const classOfHelp = (wishes: Pick<HelpWishes, 'asks' | 'age'>): CaseClass =>
  mayHaveToReport(wishes) ? 'important' : 'general'

/** The category a call for help is counted under. */
export const categoryOfHelp = (desk: Desk): string => (desk === 'mind' ? 'mind' : 'youth')

const PARTS: readonly [PartOfDay, string, string][] = [
  ['morning', '00:00', '12:00'],
  ['afternoon', '12:00', '18:00'],
  ['evening', '18:00', '24:00'],
]

/** When a call may be asked for: soon, and the parts of the day in which somebody is there on any day of the week. */
export const partsOfDay = (times: OpeningTimes): PartOfDay[] => [
  'soon',
  ...PARTS.filter(
    ([, from, to]) => times === 'always' || times.some(frame => frame.from < to && frame.to > from),
  ).map(([part]) => part),
]

/** A case that others must not learn of by looking on: no list, notice or receipt names the desk that has it. */
export const isConfidential = ({ kind, category }: { kind: string; category: string }): boolean =>
  kind === 'hotline' || category === 'danger'
