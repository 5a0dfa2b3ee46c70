// What each head learns from which rows, and how much each counts. The figures were chosen on the development folds.

import { LABELS } from '../../src/rules/learning/labels.ts'
import type { Lesson, Task } from './build.ts'
import {
  DEPARTMENTS,
  type Example,
  isCrisis,
  joined,
  prepared,
  type Row,
  routeOf,
  routeOfLetter,
  type Sets,
} from './data.ts'

/** Routes a message can have, in the order of the model. `none` is a matter for a person. */
export const ROUTES = LABELS

/** What a question of private law can be about: a panel of the district, or nothing it can help with. */
export const LAW = [
  'panel:物业纠纷',
  'panel:道路交通纠纷',
  'panel:医疗纠纷',
  'panel:劳动争议纠纷',
  'panel:婚姻家庭纠纷',
  'panel:预防青少年违法犯罪',
  'none',
] as const

export const INTENTS = [
  'grievance',
  'mediation',
  'booking_change',
  'status',
  'service_guide',
  'grid_report',
  'visit_log',
  'human',
  'rating',
  'greeting',
  'chitchat',
  'abuse',
  'accusation',
  'other',
] as const

/** How sharp the shares of each head are; fitted on the development folds (`npm run eval -- --develop`). */
const SHARPNESS = { department: 4, route: 4, intent: 4, crisis: 4, private: 4, law: 4 }
const KEEP = { department: 26_000, route: 24_000, intent: 4_500, crisis: 16_000, private: 3_000, law: 4_500 }

/** The six heads. `takes` says which rows may be learnt from. */
export function tasksFrom(
  sets: Sets,
  examples: readonly Example[],
  corrections: readonly { text: string; route: string }[],
  takes: (row: Row) => boolean,
): Task[] {
  const of = (name: keyof Sets) => sets[name].filter(takes)
  return [
    task('department', DEPARTMENTS, departmentLessons(of)),
    task('route', ROUTES, routeLessons(of, examples, corrections)),
    task('intent', INTENTS, intentLessons(of, examples)),
    task('crisis', ['crisis'], crisisLessons(of, examples)),
    task('private', ['private'], privateLessons(of, examples)),
    task('law', LAW, lawLessons(of, examples)),
  ]
}

type Of = (name: keyof Sets) => readonly Row[]

const task = (name: keyof typeof KEEP, classes: readonly string[], lessons: readonly Lesson[]): Task => ({
  name,
  classes,
  lessons,
  keep: KEEP[name],
  sharpness: SHARPNESS[name],
})

const lesson = (text: string, name: string, trust: number): Lesson => ({
  text: prepared(text),
  class: name,
  trust,
})

/** Letters, their titles, their beginnings (as titles are short and chat shorter), and the larger cut set. */
function letters(of: Of): { text: string; label: string; trust: number }[] {
  const cut = of('taidi_seg').filter(row => !row.same_as)
  return [
    ...of('taidi_raw').flatMap(({ text, label }) => [
      { text, label, trust: 1 },
      { text: text.slice(0, 22), label, trust: 0.5 },
    ]),
    ...of('taidi_title').map(({ text, label }) => ({ text, label, trust: 1 })),
    ...cut.flatMap(({ text, label }) => [
      { text: joined(text), label, trust: 1 },
      { text: joined(text).slice(0, 16), label, trust: 0.5 },
    ]),
  ]
}

const departmentLessons = (of: Of): Lesson[] =>
  letters(of).map(({ text, label, trust }) => lesson(text, label, trust))

/** Sets whose labels are partly wrong count less; rows read by hand count more. */
const TRUST = { legal: 1, family: 0.3, silver: 0.6, mind: 0.4, gold: 2.5, example: 1.5, correction: 2 }

function routeLessons(
  of: Of,
  examples: readonly Example[],
  corrections: readonly { text: string; route: string }[],
): Lesson[] {
  const read = new Set([...of('gold_title320')].map(row => row.text))
  const labelled = (name: keyof Sets, trust: number) =>
    of(name).map(row => lesson(row.text, routeOf(row.label) ?? 'none', trust))
  return [
    ...letters(of)
      .filter(({ text }) => !read.has(text))
      .map(({ text, label, trust }) => lesson(text, routeOfLetter(text, label), trust * 0.7)),
    ...labelled('legal_silver', TRUST.legal),
    ...labelled('lawyerllama_family', TRUST.family),
    ...labelled('silver_panels', TRUST.silver).filter(each => each.class !== 'panel:预防青少年违法犯罪'),
    ...of('smile_first_turn')
      .slice(0, 1_200)
      .map(row => lesson(row.text.slice(0, 160), 'panel:心理干预', TRUST.mind)),
    ...labelled('gold_title320', TRUST.gold),
    ...labelled('gold_legal300', TRUST.gold),
    ...examples
      .filter(each => !each.teaches.startsWith('intent: '))
      .map(each => lesson(each.text, each.teaches === 'null' ? 'none' : each.teaches, TRUST.example)),
    ...corrections.map(each => lesson(each.text, each.route, TRUST.correction)),
  ]
}

function intentLessons(of: Of, examples: readonly Example[]): Lesson[] {
  return [
    ...examples.map(({ text, teaches }) =>
      teaches.startsWith('intent: ') ? lesson(text, teaches.slice(8), 2) : lesson(text, 'grievance', 0.4),
    ),
    ...of('taidi_title').map(row => lesson(row.text, 'grievance', 0.3)),
    ...of('taidi_raw')
      .slice(0, 400)
      .map(row => lesson(row.text, 'grievance', 0.3)),
    ...of('legal_silver')
      .slice(0, 300)
      .map(row => lesson(row.text, 'grievance', 0.3)),
  ]
}

/** Crisis against everything else; complaints and examples of every class are harmless here. */
function crisisLessons(of: Of, examples: readonly Example[]): Lesson[] {
  const harmless = (text: string, trust: number) => lesson(text, 'none', trust)
  return [
    ...of('psyguard_real').map(row => lesson(row.text, isCrisis(row) ? 'crisis' : 'none', 1)),
    ...examples.map(({ text }) => harmless(text, 0.5)),
    ...of('taidi_title').map(row => harmless(row.text, 0.3)),
    ...of('gold_legal300').map(row => harmless(row.text, 0.3)),
  ]
}

/** Questions about one's own rights against another person, as people put them to a lawyer, against letters to an office. */
function privateLessons(of: Of, examples: readonly Example[]): Lesson[] {
  const all = (name: keyof Sets, trust: number) => of(name).map(row => lesson(row.text, 'private', trust))
  return [
    ...all('legal_silver', 1),
    ...all('lawyerllama_family', 0.5),
    ...all('gold_legal300', 1.5),
    ...examples.map(({ text, teaches }) => lesson(text, teaches === 'null' ? 'private' : 'public', 1)),
    ...of('taidi_title').map(row => lesson(row.text, 'public', 1)),
    ...of('taidi_raw')
      .slice(0, 700)
      .map(row => lesson(row.text.slice(0, 120), 'public', 0.7)),
  ]
}

/** The same questions by what they are about; the few that no panel takes were read by hand and count most. */
function lawLessons(of: Of, examples: readonly Example[]): Lesson[] {
  const known = new Set<string>(LAW)
  const labelled = (name: keyof Sets, trust: number) =>
    of(name).map(row => lesson(row.text, routeOf(row.label) ?? 'none', trust))
  return [
    ...labelled('legal_silver', 1),
    ...labelled('lawyerllama_family', 0.25),
    ...labelled('gold_legal300', 3),
    ...examples
      .filter(each => each.teaches === 'null' || known.has(each.teaches))
      .map(each =>
        lesson(each.text, each.teaches === 'null' ? 'none' : each.teaches, each.teaches === 'null' ? 2 : 0.5),
      ),
  ].filter(each => known.has(each.class))
}
