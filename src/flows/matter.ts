import type { Urgent } from './answers-urgency.ts'
import type { Scene } from './flow.ts'
import { namesIn } from './place.ts'
import { withoutPlaces } from './place-details.ts'
import type { Proposal } from './proposal.ts'
import type { CaseClass } from './talk.ts'
import { forMatching } from './text.ts'
import { dangerIn } from './understand/danger.ts'
import { readingOf } from './understand/model.ts'
import { pointsIn } from './understand/points.ts'
import { type Subject, subjectOf } from './understand/subject.ts'
import { classOf, intentOf, type Resources } from './understand/understand.ts'
import { CATEGORIES } from './understand/words-categories.ts'
import { LIFT_OUT, SUPPLY_OUT } from './understand/words-class.ts'

/** Everything said about a matter, to the letter: the first words and what was added to a choice. */
export const wholeMatter = (answers: { what: string; trapped?: Urgent; affected?: Urgent }): string =>
  [answers.what, answers.trapped?.note, answers.affected?.note].filter(part => part).join('\n')

/** What the grievance flow wants to know about a matter's text. */
export interface About {
  lift: boolean
  supply: boolean
  /** The bot would rather ask which category it is. */
  unsure: boolean
  accusation: boolean
  /** The likeliest categories. */
  likely: readonly string[]
  /** `panel` is the route of a panel asked for by name. */
  filedUnder(chosen: string | undefined, panel?: string): { category: string; route: string | null }
  /** What understanding would file it under by itself, and what the person made of it. */
  proposal(chosen: string | undefined, panel?: string): Proposal
  classWith(urgency: Urgent['pick'] | undefined): CaseClass
  points(text: string): readonly string[]
}

/** Looks at a matter's text. The rules are the same as those of `huiyin understand`. */
export function aboutMatter(what: string | undefined, { book }: Scene): About {
  const text = what ?? ''
  // One turn asks about one text several times; the last look is kept. The same text always gives the same look.
  if (lastLook?.text !== text || lastLook.by !== book.resources)
    lastLook = { text, by: book.resources, about: lookAt(text, book.resources) }
  return lastLook.about
}

let lastLook: { text: string; by: Resources; about: About } | undefined

function lookAt(what: string, { model, gazetteer }: Resources): About {
  const plain = forMatching(what.slice(0, 2_500))
  const bare = withoutPlaces(plain, namesIn(plain, gazetteer))
  const reading = readingOf(bare, model)
  const heard = subjectOf(bare, reading)
  const subject = heard.sure && heard.settled ? heard : { ...heard, ...heard.named }
  const accusation = plain !== '' && intentOf(plain, [], 1) === 'accusation'
  const unsure = plain !== '' && !accusation && !(subject.sure && subject.settled) && !subject.named
  const filed = (chosen: string | undefined, panel?: string) =>
    panel && !accusation
      ? { category: categoryFor(panel, chosen, subject.categories), route: panel }
      : filedUnder(chosen, accusation ? 'accusation' : undefined, subject)
  let proposed: CaseClass | undefined
  return {
    lift: LIFT_OUT.test(plain),
    supply: SUPPLY_OUT.test(plain),
    unsure,
    accusation,
    likely: subject.categories,
    filedUnder: filed,
    proposal: (chosen, panel) => proposalOf(subject, filed(undefined, panel), chosen, unsure && !panel),
    classWith(pick) {
      if (pick === 'trapped') return 'urgent'
      proposed ??= classOf(plain, dangerIn(plain, reading).kinds).class
      return pick === 'frail' && proposed === 'general' ? 'important' : proposed
    },
    points: text => pointsIn(text),
  }
}

/** Where the district's own table says whose it is, the model's best stands among the others. */
function proposalOf(
  { route, confidence, alternatives }: Subject,
  by: { category: string; route: string | null },
  chosen: string | undefined,
  unsure: boolean,
): Proposal {
  const best = route !== null && route !== by.route ? [{ route, confidence }] : []
  const others = [...best, ...alternatives].filter(other => other.route !== by.route)
  return {
    ...{ ...by, confidence, alternatives: others.slice(0, 3) },
    asked: unsure && chosen !== undefined,
    chosen: chosen !== undefined && (unsure || chosen !== by.category) ? chosen : null,
  }
}

/** The category decides the route; a chosen one is taken at its word, an accusation goes to no unit by itself. */
function filedUnder(
  chosen: string | undefined,
  fixed: string | undefined,
  subject: Subject,
): { category: string; route: string | null } {
  const category = fixed ?? chosen
  if (category === undefined || category === subject.category) {
    return { category: category ?? subject.category, route: fixed ? null : subject.route }
  }
  return { category, route: CATEGORIES.find(row => row.key === category)?.route ?? null }
}

/** The category of a matter whose panel is settled: what was chosen or heard if it fits, else the panel's own. */
function categoryFor(panel: string, chosen: string | undefined, heard: readonly string[]): string {
  const rows = CATEGORIES.filter(row => row.route === panel || row.panel === panel)
  const fits = (key: string | undefined) => rows.some(row => row.key === key)
  if (chosen !== undefined && fits(chosen)) return chosen
  return heard.find(fits) ?? rows.find(row => row.always)?.key ?? rows[0]?.key ?? 'other'
}
