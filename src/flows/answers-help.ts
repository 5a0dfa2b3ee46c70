import { AGES, type Age, ASKS, type Asks, type Desk, type ForWhom, type PartOfDay } from '../rules/help.ts'
import { bad, good, oneOf, picked } from './answers.ts'
import { callTimes, deskIn, hoursOf } from './desks.ts'
import type { Answer, Scene } from './flow.ts'
import { phonesIn } from './phone.ts'
import { deskOf } from './understand/help.ts'
import { AGE_WORDS, ASKS_WORDS, MINOR, NO_CALL, WANTS_CALL, WHO_WORDS } from './understand/words-help.ts'

/** Answers that only a call for help asks for. */

const NOT_SAID = /不(?:想|愿意?|方便)?(?:说|讲)|保密|rather not|prefer not/

const DESK_SAYS: Readonly<Record<Desk, RegExp>> = {
  mind: /心里|心情|难受|情绪|压力|聊聊|说说话|倾诉|feel|talk/,
  youth: /孩子|儿子|女儿|学坏|child|son|daughter/,
  line: /12355|青少年|学生|权益|法律|自护|youth|rights|law/,
}

/** Who is to help, asked in plain words where the telling leaves it open. */
export const desk: Answer<Desk> = {
  kind: 'oneOf',
  choices: ({ book }) =>
    book.desks.map(({ key }) => ({ value: key, label: `help.desk.${key}`, says: DESK_SAYS[key] })),
  read(said, scene) {
    const pick = picked(said, desk.choices?.(scene) ?? [])
    return pick ? good(pick.option.value as Desk) : bad('notAChoice')
  },
  spot(said, { book }) {
    const heard = deskOf(said.plain)
    return deskIn(book, heard) && heard
  },
  shown: value => ({ label: `choice.help.desk.${value}` }),
  thanks: (value, { book, facts }, language) => {
    const found = deskIn(book, value)
    return found && hoursOf(book, found, facts.now, language)
  },
}

const spottedBy =
  <T extends string>(values: readonly T[], words: Readonly<Partial<Record<T, RegExp>>>) =>
  ({ plain }: { plain: string }): T | undefined =>
    values.find(value => words[value]?.test(plain))

const whoIn = spottedBy(['child', 'other', 'me'] satisfies ForWhom[], WHO_WORDS)

/** For whom; a child of one's own before somebody else, before oneself. */
export const whom: Answer<ForWhom> = {
  ...oneOf<ForWhom>('help.whom', [
    { value: 'me', says: /^(?:我|自己|我自己|为我|本人|me|myself)(?:自己)?[的吧。.!！~\s]*$/ },
    { value: 'child', says: /孩子|儿子|女儿|闺女|孙|child|son|daughter/ },
    { value: 'other', says: /别人|朋友|家人|亲戚|同学|somebody|someone|friend|other/ },
  ]),
  spot(said, { soFar }) {
    const heard = whoIn(said)
    if (heard !== 'me' || MINOR.test(said.plain)) return heard
    // Who writes about a child says "I" as well.
    if (/孩子|小孩|娃|儿子|女儿|闺女|child|son\b|daughter/.test(said.plain)) return 'child'
    return soFar.desk === 'youth' ? undefined : heard
  },
}

/** The young person's age, as roughly as it matters. */
export const age: Answer<Age> = {
  ...oneOf<Age>(
    'help.age',
    AGES.map(value => ({ value, ...(value === 'unsaid' ? { says: NOT_SAID } : { says: AGE_WORDS[value] }) })),
  ),
  spot: spottedBy(AGES, AGE_WORDS),
}

/** What is asked of the youth line. */
export const asks: Answer<Asks> = {
  ...oneOf<Asks>(
    'help.asks',
    ASKS.map(value => ({ value, says: ASKS_WORDS[value] })),
  ),
  spot: spottedBy(['rights', 'law', 'protection', 'feelings'], ASKS_WORDS),
}

/** A call, or words here alone. A number told in the first breath is a wish to be called. */
export const way: Answer<'call' | 'here'> = {
  ...oneOf<'call' | 'here'>('help.way', [
    { value: 'call', says: /^(?!.*(?:不|别)).*(?:打|回|来)?电话|^call|phone/ },
    { value: 'here', says: new RegExp(`这里|这儿|打字|文字|${NO_CALL.source}|here|writ`) },
  ]),
  spot: ({ plain }) =>
    NO_CALL.test(plain) ? 'here' : WANTS_CALL.test(plain) || phonesIn(plain).length > 0 ? 'call' : undefined,
}

/** When to call: only what the desk's hours allow. */
export const when: Answer<PartOfDay> = {
  kind: 'oneOf',
  choices: scene => times(scene),
  read(said, scene) {
    const pick = picked(said, times(scene))
    return pick ? good(pick.option.value as PartOfDay) : bad('notAChoice')
  },
  shown: (value, scene) => {
    const option = times(scene).find(each => each.value === value)
    return option?.label && value !== 'soon'
      ? { label: `choice.${option.label}` }
      : { label: 'choice.help.soon.now' }
  },
}

const times = ({ book, facts, soFar }: Scene) =>
  callTimes(book, deskIn(book, soFar.desk as Desk | undefined), facts.now)

/** Whether a call may say who it is from: somebody else may pick up. */
export const quiet: Answer<'open' | 'quiet'> = oneOf<'open' | 'quiet'>('help.quiet', [
  { value: 'quiet', says: /服务中心|不要说|别说|保密|centre|quiet|don'?t/ },
  { value: 'open', says: /可以说|直接说|没关系|都行|say who|fine|ok/ },
])
