import { categoriesIn, type Scored } from './lexicon.ts'
import type { Gates, Reading } from './model.ts'
import { departmentOf, type Ranked, routesOf } from './routes.ts'
import { CATEGORIES } from './words-categories.ts'
import { SIDES } from './words-routes.ts'

export type Standing = Exclude<keyof Gates, 'cry'>

/** What a matter is about: category, route and how sure. */
export interface Subject {
  category: string
  categories: readonly string[]
  route: string | null
  /** Evidence of the lexicon for the first category; 0 when none was heard. */
  weight: number
  confidence: number
  /** True where the bot decides without asking: the share reaches the gate of its standing. */
  sure: boolean
  standing: Standing
  /** False where the route has several categories and none of them was heard. */
  settled: boolean
  /**
   * Where the category is named in so many words it may stand on the summary unasked; whose work it is the district's own table
   * then says, for the model learnt another city's division of work.
   */
  named?: { category: string; route: string | null }
  alternatives: readonly { route: string; confidence: number }[]
}

/** The lexicon's share from which its word stands against the model's. */
const CONTRADICTS = 0.75
/** Without a model: the share of the lexicon's evidence. */
const SURE_BY_WORDS = 0.5
/** From here on the lexicon names one thing and little else. */
const PLAIN = 0.5
/** From here on it outweighs a model that is not sure. */
const OUTWEIGHS = 0.85

/** What a text in matching form is about. */
export function subjectOf(plain: string, reading: Reading | null): Subject {
  const scored = categoriesIn(plain)
  const byWords = rankedByWords(scored, SIDES.test(plain))
  const ranked = reading ? routesOf(plain, reading, scored) : byWords
  const named = (byWords[0]?.share ?? 0) >= PLAIN ? byWords[0] : undefined
  const standing = standingOf(ranked, byWords)
  const sure = (ranked[0]?.share ?? 0) >= (reading ? reading.model.gates[standing] : SURE_BY_WORDS)
  const outweighs = !sure && named && named.share >= OUTWEIGHS
  const best = (outweighs ? named : ranked[0]) ?? { route: null, share: 0 }
  const category = categoryOf(scored, best.route)
  const plainly = named && categoryOf(scored, named.route)
  return {
    category,
    categories: categoriesFor(scored, (!sure && plainly) || category, ranked),
    route: best.route,
    weight: scored[0]?.score ?? 0,
    confidence: rounded(best.share),
    sure,
    standing,
    settled: isSettled(scored, best.route),
    ...(named && plainly ? { named: { category: plainly, route: named.route } } : {}),
    alternatives: alternativesOf(ranked, best),
  }
}

/** How the lexicon, which knows nothing of the model, stands to it: it says the same, plainly says otherwise, or says little. */
function standingOf([first]: readonly Ranked[], [named]: readonly Ranked[]): Standing {
  if (first && first.route !== null && first.route === named?.route) return 'together'
  // Plain words that say otherwise are listened to.
  return first && named && named.share >= CONTRADICTS && !sameField(first, named) ? 'against' : 'alone'
}

/** A panel and a department of one category do not contradict each other. */
const sameField = (one: Ranked, other: Ranked): boolean =>
  CATEGORIES.some(row => fits(row, one.route) && fits(row, other.route))

/** Weighs the lexicon's categories into routes: the winner's share of all evidence, damped where there is little. */
function rankedByWords(scored: readonly Scored[], sides: boolean): Ranked[] {
  const routes = new Map<string, number>()
  for (const { row, score } of scored) {
    const route = sides && row.panel ? row.panel : row.route
    if (route) routes.set(route, (routes.get(route) ?? 0) + score)
  }
  const total = [...routes.values()].reduce((sum, score) => sum + score, 0)
  return [...routes]
    .map(([route, score]) => ({ route, share: score / (total + 1) }))
    .sort((a, b) => b.share - a.share)
}

/** The next three; where a panel leads, the department whose duty it would be is always among them. */
function alternativesOf(ranked: readonly Ranked[], best: Ranked): { route: string; confidence: number }[] {
  const others = ranked.filter(({ route }) => route !== null && route !== best.route).slice(0, 3)
  const department = best.route?.startsWith('dept:') ? undefined : departmentOf(ranked)
  const known = others.some(({ route }) => route === department?.route)
  const firstIsDept = others.find(({ route }) => route?.startsWith('dept:'))
  const kept =
    !department || known || department === firstIsDept ? others : [department, ...others.slice(0, 2)]
  return kept.flatMap(({ route, share }) => (route === null ? [] : [{ route, confidence: rounded(share) }]))
}

const fits = (row: { route: string | null; panel?: string }, route: string | null): boolean =>
  route !== null && (row.route === route || row.panel === route)

/** The heaviest category heard that belongs to the route, else the route's own first one. */
const categoryOf = (scored: readonly Scored[], route: string | null): string =>
  scored.find(({ row }) => fits(row, route))?.row.key ??
  (route === null ? undefined : ownCategory(route)) ??
  scored[0]?.row.key ??
  'other'

/** Whether one of the route's own categories was heard, and no other louder; or the route leaves no choice. */
function isSettled(scored: readonly Scored[], route: string | null): boolean {
  const own = scored.find(({ row }) => fits(row, route))
  const rival = scored.find(({ row }) => !fits(row, route))
  if (own) return !rival || rival.score <= own.score
  return !rival && CATEGORIES.filter(row => row.route !== null && row.route === route).length === 1
}

/** Less likely than this a route is not worth offering. */
const WORTH = 0.35

/** The likeliest categories: that of the route, those heard, and those of the next routes. */
function categoriesFor(scored: readonly Scored[], first: string, ranked: readonly Ranked[]): string[] {
  const heard = scored.map(({ row }) => row.key)
  const likely = ranked
    .slice(0, 3)
    .flatMap(({ route, share }) => (share >= WORTH && route ? onlyCategory(route) : []))
  const loud = (scored[0]?.score ?? 0) >= 3
  const all = heard.includes(first) && !loud ? [first, ...heard, ...likely] : [...heard, ...likely]
  return [...new Set(all)].slice(0, 3)
}

/** The category of a route that has only one. */
function onlyCategory(route: string): string[] {
  const own = CATEGORIES.filter(row => row.route === route)
  return own.length === 1 ? own.map(row => row.key) : []
}

const ownCategory = (route: string): string | undefined =>
  CATEGORIES.find(row => row.route === route || row.panel === route)?.key

const rounded = (share: number): number => Math.round(share * 100) / 100
