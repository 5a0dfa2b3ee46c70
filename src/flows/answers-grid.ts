import type { Duty } from '../rules/grid/duties.ts'
import { DUTIES } from '../rules/grid/duties.ts'
import { bad, good, MOST_FILES, oneOf, oneOfThe, picked, skippable, yesOrNo } from './answers.ts'
import type { Answer, Option, Scene } from './flow.ts'
import { aboutMatter } from './matter.ts'
import type { CaseClass, FileRef } from './talk.ts'
import { DUTY_WORDS, SETTLED } from './words-grid.ts'

/** Answers of the conversations of grid workers. */

const CLASSES: readonly { value: CaseClass; says: RegExp }[] = [
  { value: 'urgent', says: /紧急|urgent/ },
  { value: 'important', says: /重要|important/ },
  { value: 'general', says: /一般|普通|general/ },
]
const chosen = oneOf('class', CLASSES)

/** 一般, 重要, 重要紧急: proposed from the words by the rules of every matter, shown on the summary and changed there. */
export const caseClass: Answer<CaseClass> = {
  ...chosen,
  guess: scene => ({ label: `choice.class.${proposedClass(scene)}` }),
}

/** The class the rules propose for the words told so far. */
export const proposedClass = (scene: Scene): CaseClass =>
  aboutMatter(typeof scene.soFar.what === 'string' ? scene.soFar.what : '', scene).classWith(undefined)

/** One of the seven duties. */
export const duty: Answer<Duty> = oneOf(
  'duty',
  DUTIES.map(value => ({ value, says: DUTY_WORDS[value] })),
)

/** Which of one's grids; who has one is not asked. */
export const grid: Answer<string> = {
  ...oneOfThe('staff', ({ facts }) =>
    (facts.staff?.grids ?? []).map(({ code, name }): Option => ({ value: code, words: name })),
  ),
  shown: (value, { facts }) => ({
    value: facts.staff?.grids.find(({ code }) => code === value)?.name ?? value,
  }),
}

/** More than one grid to choose from, and none chosen yet by the words. */
export const hasGrids = ({ facts }: Scene): boolean => (facts.staff?.grids.length ?? 0) > 1

/** The grid meant: the one chosen, else the only one; empty when the member has none. */
export const gridOf = (said: string | undefined, { facts }: Scene): string =>
  said ?? facts.staff?.grids[0]?.code ?? ''

/** A yes or no that people also say in the words of the matter: "settled", "not yet". */
const eitherWay = (prefix: string, yes: RegExp, no: RegExp): Answer<boolean> => {
  const plainly = yesOrNo({ yes: `${prefix}.yes`, no: `${prefix}.no` })
  return {
    ...plainly,
    read(said, scene) {
      if (said.pick === undefined && no.test(said.plain)) return good(false)
      if (said.pick === undefined && yes.test(said.plain)) return good(true)
      return plainly.read(said, scene)
    },
    shown: value => ({ label: `choice.${prefix}.${value ? 'yes' : 'no'}` }),
  }
}

/** A hazard was found; a conflict was settled; it is to be filed as a matter. */
export const foundOne = eitherWay('found', /^(?:有|发现了?|找到)|^found/, /^(?:没有?|未)|^nothing|^none/)
export const calmed = eitherWay(
  'calmed',
  /^(?:已经?)?(?:化解|调好|说开|和好)|^settled/,
  /^(?:还)?(?:没|未)|^not/,
)
export const toFile = eitherWay('file', /^(?:要|报|上报|交)|^file/, /^(?:不|记下就行)|^no\b|^just/)

/** Whether a finding was dealt with on the spot. */
export const settledNow: Answer<boolean> = {
  ...eitherWay(
    'settled',
    /^(?:已经?|当场|现场)?(?:处理|解决|清理|整改)(?:好|完)?了|^settled/,
    /^(?:还)?(?:没|未)|^报上去|^not/,
  ),
  spot: said => (SETTLED.test(said.plain) ? true : undefined),
}

/** Pictures of the result; those of the finding do not count. Nobody is made to take one (国办函〔2026〕12号: no needless photos). */
export const resultPhotos: Answer<readonly FileRef[] | null> = skippable({
  kind: 'photos',
  read: ({ files }) => (files.length > 0 ? good(files.slice(0, MOST_FILES)) : bad('noFile')),
  shown: files => ({ label: 'value.fileCount', value: String(files.length) }),
})

/** Today's or this week's work. */
export const span: Answer<'day' | 'week'> = {
  ...oneOf('span', [
    { value: 'day', says: /今天|今日|today|day/ },
    { value: 'week', says: /本周|这周|一周|week/ },
  ]),
  wants: 'staff',
}

/** An option of a list that only a look-up knows, by number or tap; anything else is asked again. */
export const pickedValue = (said: Parameters<Answer<string>['read']>[0], options: readonly Option[]) => {
  const pick = picked(said, options)
  return pick ? good(pick.option.value) : bad('notAChoice')
}
