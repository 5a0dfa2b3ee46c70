import { categoriesIn, type Scored } from './lexicon.ts'
import { headOf, type Model, type Reading, sharesOf } from './model.ts'
import { COUNTERPART, DUTY, ENVIRONMENT_DUTY, PANEL_SIGNS, PANEL_SPEAKS_OF, SIDES } from './words-routes.ts'

/** A route with the share of certainty that falls to it; `null` is a matter no panel or department takes by itself. */
export interface Ranked {
  route: string | null
  share: number
}

/** How the parts are weighed; chosen on the development folds (docs/decisions/021). */
const WEIGHED = {
  /** A private quarrel before the law, or a letter to an office: slope and middle of the passage. */
  passage: 4,
  middle: -0.2,
  /** What a panel loses that is not spoken of. */
  unspoken: 3,
  /** What "nothing of ours" gains among private questions, and loses among public ones. */
  none: 0.5,
  stranger: 1,
  /** Words of the lexicon, signs of a panel, and the rule of sides and duties. */
  lexicon: 1,
  sign: 0.5,
  rule: 0.5,
  /** How far the seven official departments are told apart by their own head. */
  department: 0.85,
  /** What departments nobody has real letters of lose against the seven. */
  own: 0.15,
} as const

/** What the words of a text say of its routes, read once for every head. */
interface Signs {
  scored: readonly Scored[]
  sides: boolean
  duty: boolean
  /** What each panel loses that is not spoken of. */
  unspoken: (route: string) => number
}

function signsIn(plain: string, scored: readonly Scored[]): Signs {
  const unspoken = new Map(
    Object.entries(PANEL_SPEAKS_OF).map(([panel, says]) => [panel, says.test(plain) ? 0 : -WEIGHED.unspoken]),
  )
  return {
    scored,
    sides: SIDES.test(plain),
    duty: DUTY.test(plain),
    unspoken: route => unspoken.get(route) ?? 0,
  }
}

/** Every route by its share, the likeliest first. `plain` in matching form, `scored` what its words say. */
export function routesOf(
  plain: string,
  { model, margins }: Reading,
  scored: readonly Scored[] = categoriesIn(plain),
): Ranked[] {
  const signs = signsIn(plain, scored)
  const shares = new Map<string, number>()
  const isPrivate = privacyOf(model, margins)
  for (const [name, share] of publicly(plain, signs, model, margins))
    shares.set(name, (1 - isPrivate) * share)
  for (const [name, share] of privately(signs, model, margins))
    shares.set(name, (shares.get(name) ?? 0) + isPrivate * share)
  if (!signs.sides) divideEnvironment(plain, shares)
  return [...shares]
    .map(([name, share]) => ({ route: name === 'none' ? null : name, share }))
    .sort((a, b) => b.share - a.share)
}

/**
 * The panel for the environment takes what two sides could agree on. Where a duty of the authority is named it is the department's;
 * where somebody on the other side is named as well, both get half, so that the bot asks.
 */
function divideEnvironment(plain: string, shares: Map<string, number>): void {
  if (!ENVIRONMENT_DUTY.test(plain)) return
  const panel = shares.get(ENVIRONMENT) ?? 0
  const kept = COUNTERPART.test(plain) ? panel / 2 : 0
  shares.set(ENVIRONMENT, kept)
  shares.set('dept:环境保护', panel - kept)
}

function privacyOf(model: Model, margins: Float64Array): number {
  const margin = margins[headOf(model, 'private').from]!
  return 1 / (1 + Math.exp(-WEIGHED.passage * (margin - WEIGHED.middle)))
}

/** Questions about one's own rights against another: a panel, or nothing of ours. */
function privately({ unspoken }: Signs, model: Model, margins: Float64Array): [string, number][] {
  return leaning(model, 'law', margins, name => (name === 'none' ? WEIGHED.none : unspoken(name)))
}

/** Letters to an office: every route; the official departments are told apart by their own head. */
function publicly(plain: string, signs: Signs, model: Model, margins: Float64Array): [string, number][] {
  const heard = heardOf(signs)
  const rule = (signs.sides ? WEIGHED.rule : 0) - (signs.duty ? WEIGHED.rule : 0)
  const beginning = plain.slice(0, 120)
  const sign = PANEL_SIGNS.find(([says]) => says.test(beginning))?.[1]
  const all = leaning(model, 'route', margins, name => {
    if (name === 'none') return -WEIGHED.stranger
    const panel = name.startsWith('panel:')
    return (
      WEIGHED.lexicon * (heard.get(name) ?? 0) +
      (panel ? rule + signs.unspoken(name) : 0) -
      (UNLEARNT.has(name) ? WEIGHED.own : 0) +
      (name === sign ? WEIGHED.sign : 0)
    )
  })
  return amongDepartments(all, model, margins)
}

/** Departments known from the project's own examples alone. */
const UNLEARNT: ReadonlySet<string> = new Set(
  ['公安', '民政', '城市管理', '市场监管', '供水供电供热燃气', '街道社区'].map(name => `dept:${name}`),
)

const ENVIRONMENT = 'panel:环境保护纠纷'

/** Letters of the environmental department are the panel's in the model: both stand for one head of the seven. */
function amongDepartments(all: [string, number][], model: Model, margins: Float64Array): [string, number][] {
  const head = headOf(model, 'department')
  const own = sharesOf(margins, head)
  const nameOf = (department: string) => (department === '环境保护' ? ENVIRONMENT : `dept:${department}`)
  const byName = new Map(head.classes.map((department, at) => [nameOf(department), own[at]!]))
  const together = all.reduce((sum, [name, share]) => sum + (byName.has(name) ? share : 0), 0)
  return all.map(([name, share]) => {
    const told = byName.get(name)
    if (told === undefined) return [name, share]
    return [name, (1 - WEIGHED.department) * share + WEIGHED.department * together * told]
  })
}

/** The share of the lexicon's evidence for each route, damped where there is little. */
function heardOf({ scored, sides }: Signs): Map<string, number> {
  const heard = new Map<string, number>()
  for (const { row, score } of scored) {
    const route = sides && row.panel ? row.panel : row.route
    const name = route === 'dept:环境保护' ? ENVIRONMENT : route
    if (name) heard.set(name, (heard.get(name) ?? 0) + score)
    if (row.panel && !sides) heard.set(row.panel, (heard.get(row.panel) ?? 0) + 0.3 * score)
  }
  const total = [...heard.values()].reduce((sum, score) => sum + score, 0)
  return new Map([...heard].map(([name, score]) => [name, score / (total + 1)]))
}

/** Shares of a head with something added to each class before. */
function leaning(
  model: Model,
  name: string,
  margins: Float64Array,
  more: (each: string) => number,
): [string, number][] {
  const head = headOf(model, name)
  const leant = Float64Array.from(margins)
  head.classes.forEach((each, at) => {
    leant[head.from + at]! += more(each) / head.sharpness
  })
  const shares = sharesOf(leant, head)
  return head.classes.map((each, at) => [each, shares[at]!])
}

/** The likeliest department of a ranking: a matter of the environmental panel is that department's duty too. */
export function departmentOf(ranked: readonly Ranked[]): Ranked | undefined {
  const found = ranked.find(({ route }) => route?.startsWith('dept:') || route === ENVIRONMENT)
  return found?.route === ENVIRONMENT ? { route: 'dept:环境保护', share: found.share } : found
}
