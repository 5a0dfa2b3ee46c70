import { type Gazetteer, namesIn } from '../place.ts'
import { withoutPlaces } from '../place-details.ts'
import type { CaseClass, Danger } from '../talk.ts'
import { forMatching } from '../text.ts'
import { type DangerSeen, dangerIn } from './danger.ts'
import { codesIn, type Entities, entitiesIn } from './entities.ts'
import { lookedAt } from './grams.ts'
import { headOf, type Model, type Reading, readingOf, sharesOf } from './model.ts'
import { pointsIn } from './points.ts'
import { subjectOf } from './subject.ts'
import { ASKS_HOW, MATTER } from './words-categories.ts'
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

/** What understanding needs: the district's places, and the trained model (null: words alone decide). */
export interface Resources {
  gazetteer: Gazetteer
  model: Model | null
}

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
  const whole = forMatching(text)
  const plain = lookedAt(whole)
  const { model, gazetteer } = resources
  const names = namesIn(plain, gazetteer)
  const bare = withoutPlaces(plain, names)
  const reading = readingOf(bare, model)
  const danger = dangerIn(whole, reading).kinds
  const subject = subjectOf(bare, reading)
  const intent = intentOf(plain, danger, subject.weight, reading)
  const acts = ACTING.has(intent)
  const about = intent === 'accusation' ? { ...subject, route: null, category: 'accusation' } : subject
  const route = acts ? about.route : null
  // What is not routed by itself still says where it would go.
  const best =
    route === null && subject.route !== null ? [{ route: subject.route, confidence: subject.confidence }] : []
  return {
    intent,
    route,
    confidence: about.confidence,
    alternatives: [...best, ...about.alternatives].slice(0, 3),
    asks: intent === 'other' || (acts && !about.sure && intent !== 'accusation'),
    danger,
    ...classOf(plain, danger),
    points: acts || intent === 'other' ? pointsIn(whole) : [],
    entities: entitiesIn(text, plain, names, now),
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

/** The intent of a text in matching form, given the dangers seen and how much was heard of a subject. Plain signs go before the model. */
export function intentOf(
  plain: string,
  danger: readonly Danger[],
  subject: number,
  reading: Reading | null = null,
): Intent {
  const first = DANGER_ORDER.find(kind => danger.includes(kind))
  if (first) return DANGER_INTENT[first]
  const row = INTENTS.find(
    ({ says, short }) => (short === undefined || plain.length <= short) && says.test(plain),
  )
  if (row) return row.intent
  if (codesIn(plain).length > 0 && plain.length < 40) return 'status'
  const learnt = reading && intentLearnt(reading, subject > 0 || MATTER.test(plain) || plain.length > SMALL)
  if (learnt && learnt !== 'grievance') return learnt
  if (ASKS_HOW.test(plain) && !/不管|没人管|投诉|坏了/.test(plain)) return 'service_guide'
  if (learnt) return learnt
  if (subject > 0 && (MATTER.test(plain) || plain.length >= (subject >= 3 ? 5 : 12))) return 'grievance'
  return MATTER.test(plain) && plain.length >= 8 ? 'grievance' : 'other'
}

/** The model decides where it is this sure; accusations are heavy and need plain signs. */
const INTENT_SURE = 0.6
/** … and this sure against words that tell of a matter. */
const INTENT_SURE_OTHERWISE = 0.8
const NEEDS_SIGNS: ReadonlySet<string> = new Set(['accusation', 'other'])

/** Small talk is short and tells of nothing. */
const SMALL = 16
const SMALL_TALK: ReadonlySet<string> = new Set(['greeting', 'chitchat', 'abuse', 'human', 'rating'])

function intentLearnt({ model, margins }: Reading, tells: boolean): Intent | undefined {
  const head = headOf(model, 'intent')
  const shares = sharesOf(margins, head)
  const best = shares.indexOf(Math.max(...shares))
  const intent = head.classes[best] as Intent
  const needed = tells && intent !== 'grievance' ? INTENT_SURE_OTHERWISE : INTENT_SURE
  if (shares[best]! < needed || NEEDS_SIGNS.has(intent)) return undefined
  return tells && SMALL_TALK.has(intent) ? undefined : intent
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

/** Danger in a message, as the door and every turn of talk look at it. */
export function dangerOf(text: string, { model, gazetteer }: Resources): DangerSeen {
  const whole = forMatching(text)
  const plain = lookedAt(whole)
  return dangerIn(whole, readingOf(withoutPlaces(plain, namesIn(plain, gazetteer)), model))
}
