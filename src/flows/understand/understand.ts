import type { Gazetteer } from '../place.ts'
import type { CaseClass, Danger } from '../talk.ts'
import { forMatching } from '../text.ts'
import { dangerIn } from './danger.ts'
import { codesIn, type Entities, entitiesIn } from './entities.ts'
import { categoriesIn, type Scored } from './lexicon.ts'
import { pointsIn } from './points.ts'
import { ASKS_HOW, DISPUTE, MATTER } from './words-categories.ts'
import { CLASS_WORDS } from './words-class.ts'
import { INTENTS } from './words-intents.ts'

export type Intent =
  | 'grievance'
  | 'mediation'
  | 'booking_change'
  | 'status'
  | 'service_guide'
  | 'grid_report'
  | 'visit_log'
  | 'human'
  | 'rating'
  | 'greeting'
  | 'chitchat'
  | 'abuse'
  | 'emergency'
  | 'crisis'
  | 'child_protection'
  | 'accusation'
  | 'other'

/** What is understood of one message; printed as is by `huiyin understand`. */
export interface Understanding {
  intent: Intent
  route: string | null
  confidence: number
  alternatives: readonly { route: string; confidence: number }[]
  /** True where the bot would ask instead of deciding. */
  asks: boolean
  danger: readonly Danger[]
  class: CaseClass
  /** The words that made the class. */
  because: readonly string[]
  points: readonly string[]
  entities: Entities
  category: string
  categories: readonly string[]
}

/** What understanding needs from the district. */
export interface Resources {
  gazetteer: Gazetteer
}

/** Below this share of the evidence the bot asks. */
const SURE = 0.5
const DANGER_INTENT: Record<Danger, Intent> = {
  minor_harmed: 'child_protection',
  self_harm: 'crisis',
  violence: 'emergency',
  fire_or_life: 'emergency',
  crime: 'emergency',
}
const DANGER_ORDER: readonly Danger[] = ['minor_harmed', 'self_harm', 'fire_or_life', 'violence', 'crime']

/** Understands one message. Pure and quick; `now` (ISO instant) only resolves times. */
export function understand(text: string, resources: Resources, now: string): Understanding {
  const plain = forMatching(text)
  const danger = dangerIn(plain).kinds
  const subject = subjectOf(plain)
  const intent = intentOf(plain, danger, subject.weight)
  const acts = ACTING.has(intent)
  const about = intent === 'accusation' ? { ...subject, route: null, category: 'accusation' } : subject
  return {
    intent,
    route: acts ? about.route : null,
    confidence: about.confidence,
    alternatives: about.alternatives,
    asks: intent === 'other' || (acts && about.confidence < SURE && intent !== 'accusation'),
    danger,
    ...classOf(plain, danger),
    points: acts || intent === 'other' ? pointsIn(plain) : [],
    entities: entitiesIn(plain, resources.gazetteer, now),
    category: about.category,
    categories: about.categories,
  }
}

const ACTING: ReadonlySet<Intent> = new Set<Intent>([
  'grievance',
  'mediation',
  'grid_report',
  'accusation',
  'service_guide',
  'emergency',
  'crisis',
  'child_protection',
])

/** What a matter is about: category, route and how sure. */
export interface Subject {
  category: string
  categories: readonly string[]
  route: string | null
  /** Evidence for the first category; 0 when none was heard. */
  weight: number
  confidence: number
  alternatives: readonly { route: string; confidence: number }[]
}

/** Weighs categories into routes. Confidence is the winner's share of all evidence, damped where there is little. */
export function subjectOf(plain: string): Subject {
  const scored = categoriesIn(plain)
  const dispute = DISPUTE.test(plain)
  const routes = new Map<string, number>()
  for (const { row, score } of scored) {
    const route = dispute && row.panel ? row.panel : row.route
    if (route) routes.set(route, (routes.get(route) ?? 0) + score)
  }
  const total = [...routes.values()].reduce((sum, score) => sum + score, 0)
  const ranked = [...routes]
    .map(([route, score]) => ({ route, confidence: rounded((score / total) * (total / (total + 1))) }))
    .sort((a, b) => b.confidence - a.confidence)
  const best = ranked[0]
  return {
    category: categoryOf(scored, best?.route, dispute),
    categories: scored.map(({ row }) => row.key).slice(0, 3),
    route: best?.route ?? null,
    weight: scored[0]?.score ?? 0,
    confidence: best?.confidence ?? 0,
    alternatives: ranked.slice(1, 4),
  }
}

const categoryOf = (scored: readonly Scored[], route: string | undefined, dispute: boolean): string =>
  scored.find(({ row }) => row.route === route || (dispute && row.panel === route))?.row.key ??
  scored[0]?.row.key ??
  'other'

const rounded = (share: number): number => Math.round(share * 100) / 100

/** The intent of a text in matching form, given the dangers seen and how much was heard of a subject. */
export function intentOf(plain: string, danger: readonly Danger[], subject: number): Intent {
  const first = DANGER_ORDER.find(kind => danger.includes(kind))
  if (first) return DANGER_INTENT[first]
  const row = INTENTS.find(
    ({ says, short }) => (short === undefined || plain.length <= short) && says.test(plain),
  )
  if (row) return row.intent
  if (codesIn(plain).length > 0 && plain.length < 40) return 'status'
  if (ASKS_HOW.test(plain) && !/不管|没人管|投诉|坏了/.test(plain)) return 'service_guide'
  if (subject > 0 && (MATTER.test(plain) || plain.length >= (subject >= 3 ? 6 : 12))) return 'grievance'
  return MATTER.test(plain) && plain.length >= 8 ? 'grievance' : 'other'
}

/** The class a text proposes, and the words that caused it. */
export function classOf(
  plain: string,
  danger: readonly Danger[],
): { class: CaseClass; because: readonly string[] } {
  for (const row of CLASS_WORDS) {
    const hits = plain.match(row.says)
    if (hits)
      return { class: danger.length > 0 ? 'urgent' : row.class, because: [...new Set(hits)].slice(0, 5) }
  }
  return { class: danger.length > 0 ? 'urgent' : 'general', because: [] }
}
