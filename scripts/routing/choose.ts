// Chooses the gates by cross-validation on the three quarters that may be learnt from. The quarter kept apart is never looked at.
import { createHash } from 'node:crypto'
import { forMatching } from '../../src/flows/text.ts'
import { cryIn, dangerIn } from '../../src/flows/understand/danger.ts'
import { CAREFUL, type Gates, readModel } from '../../src/flows/understand/model.ts'
import type { Standing } from '../../src/flows/understand/subject.ts'
import { type Resources, type Understanding, understand } from '../../src/flows/understand/understand.ts'
import { buildModel } from './build.ts'
import { buildCry, cryLessons } from './cry.ts'
import { type Example, isCrisis, isHeld, keyOf, type Row, routeOf, type Sets } from './data.ts'
import { tasksFrom } from './lessons.ts'
import { resourcesWith } from './resources.ts'

const NOW = '2026-11-03T02:21:00.000Z'

/**
 * As many cries are heard as this precision allows. The recall of the folds says little: the words of danger were written with these
 * quarters in view and flatter it; what the model hears without them is printed beside it.
 */
const CRY_PRECISION = 0.8
const CRY_FOLDS = 10
const ORDERS = [1, 2]
/** One in twenty may be wrong without asking; a little less is asked for here. */
const WRONG = 0.048
const ROUTE_FOLDS = 3
/** Too few rows read by hand speak plainly against the model to choose by; the district's own words are never asked for less. */
const AGAINST = 0.86

/** The fold of a row: by its key, so that a title goes with its letter. */
function foldOf(row: Row, folds: number, order: number): number {
  return (
    createHash('sha256')
      .update(`${order} ${keyOf(row)}`)
      .digest()
      .readUInt32BE(0) % folds
  )
}

/** What was chosen, and what it does on the development folds, as lines to print. */
export interface Chosen {
  gates: Gates
  lines: readonly string[]
}

/** The gates for these sets and examples; the careful ones where there are no rows to choose by. */
export function chosenGates(sets: Sets, examples: readonly Example[]): Chosen {
  const cry = chosenCry(sets, examples)
  const routes = chosenRoutes(sets, examples)
  return { gates: { ...CAREFUL, ...cry.gates, ...routes.gates }, lines: [...cry.lines, ...routes.lines] }
}

interface Part {
  gates: Partial<Gates>
  lines: readonly string[]
}

interface Post {
  is: boolean
  ruled: boolean
  margin: number
}

function chosenCry(sets: Sets, examples: readonly Example[]): Part {
  const posts = ORDERS.flatMap(order => postsOf(sets, examples, order))
  const cries = posts.filter(post => post.is).length
  if (cries === 0) return { gates: {}, lines: [] }
  const tried = Array.from({ length: 51 }, (_, at) => (25 - at) / 50).map(gate => {
    const said = posts.filter(post => post.ruled || post.margin > gate)
    const right = said.filter(post => post.is).length
    const heard = posts.filter(post => post.is && post.margin > gate).length / cries
    return { gate, heard, precision: right / said.length, recall: right / cries }
  })
  const best = tried.findLast(each => each.precision >= CRY_PRECISION) ?? tried[0]!
  return {
    gates: { cry: best.gate },
    lines: [
      `cries: gate ${best.gate.toFixed(2)}; ${CRY_FOLDS} folds, ${ORDERS.length} orders, ${cries / ORDERS.length} cries: ${best.heard.toFixed(3)} heard without the words; with them precision ${best.precision.toFixed(3)}, recall ${best.recall.toFixed(3)}`,
    ],
  }
}

/** Every post of a risk class as a model sees it that has not learnt it. */
function postsOf(sets: Sets, examples: readonly Example[], order: number): Post[] {
  const may = sets.psyguard_real.filter(row => !isHeld(row))
  if (may.length === 0) return []
  return Array.from({ length: CRY_FOLDS }, (_, fold) => {
    const out = (row: Row) => foldOf(row, CRY_FOLDS, order) === fold
    const cry = buildCry(cryLessons(sets, examples, row => !isHeld(row) && !out(row)))
    const model = readModel(Buffer.concat([buildModel([]), cry]))
    return may.filter(out).map(row => ({
      is: isCrisis(row),
      ruled: dangerIn(row.text).kinds.includes('self_harm'),
      margin: cryIn(forMatching(row.text), model) ?? Number.NEGATIVE_INFINITY,
    }))
  }).flat()
}

/** A row read by hand: what would be said of it, and when it would be said without asking. */
interface Read {
  right: boolean
  share: number
  standing: Standing
  /** What no gate changes: always or never asked. */
  fixed: 'said' | 'asked' | undefined
}

function chosenRoutes(sets: Sets, examples: readonly Example[]): Part {
  const may = [...sets.gold_title320, ...sets.gold_legal300].filter(row => !isHeld(row))
  if (may.length === 0) return { gates: {}, lines: [] }
  const own = new Map<string, boolean[]>()
  const reads = Array.from({ length: ROUTE_FOLDS }, (_, fold) => {
    const out = (row: Row) => foldOf(row, ROUTE_FOLDS, 1) === fold
    const learnt = examples.filter((_, at) => at % ROUTE_FOLDS !== fold)
    const bytes = buildModel(tasksFrom(sets, learnt, [], row => !isHeld(row) && !out(row)))
    const resources = resourcesWith(bytes)
    for (const each of examples.filter((_, at) => at % ROUTE_FOLDS === fold)) askOwn(each, resources, own)
    return may.filter(out).map(row => readOf(row, resources))
  }).flat()
  const best = gridOf().reduce(
    (found, gates) => {
      const figures = figuresOf(reads, gates)
      return figures.wrong <= WRONG && figures.coverage > found.figures.coverage ? { gates, figures } : found
    },
    { gates: CAREFUL, figures: { ...figuresOf(reads, CAREFUL), coverage: 0 } },
  )
  const { alone, together } = best.gates
  const against = Math.max(best.gates.against, AGAINST)
  const { wrong, coverage, accuracy } = figuresOf(reads, { ...best.gates, against })
  return {
    gates: { alone, together, against },
    lines: [
      `routes: gates ${alone} alone, ${together} together, ${against} against; ${ROUTE_FOLDS} folds, ${reads.length} rows read by hand: accuracy ${accuracy.toFixed(3)}, coverage ${coverage.toFixed(3)}, wrong without asking ${wrong.toFixed(3)} of all`,
      'own examples of a third not learnt (right at the first go):',
      ...[...own].map(
        ([teaches, right]) =>
          `    ${teaches}: ${(right.filter(Boolean).length / right.length).toFixed(2)} of ${right.length}`,
      ),
    ],
  }
}

/** Whether an own example that was not learnt is understood as what it teaches. */
function askOwn({ text, teaches }: Example, resources: Resources, right: Map<string, boolean[]>): void {
  if (teaches.startsWith('danger: ')) return
  const seen = understand(text, resources, NOW)
  const said = teaches.startsWith('intent: ') ? `intent: ${seen.intent}` : (seen.route ?? 'null')
  right.set(teaches, [...(right.get(teaches) ?? []), said === teaches])
}

const STANDINGS: readonly Standing[] = ['alone', 'together', 'against']

function readOf(row: Row, resources: Resources): Read {
  const model = resources.model!
  const seen = (open: readonly Standing[]): Understanding => {
    const gate = (standing: Standing) => (open.includes(standing) ? 0 : 2)
    const gates = {
      ...model.gates,
      alone: gate('alone'),
      together: gate('together'),
      against: gate('against'),
    }
    return understand(row.text, { ...resources, model: { ...model, gates } }, NOW)
  }
  const [bold, shy] = [seen(STANDINGS), seen([])]
  return {
    right: (bold.route ?? 'null') === (routeOf(row.label) ?? 'null'),
    share: bold.confidence,
    standing: STANDINGS.find(standing => !seen([standing]).asks) ?? 'alone',
    fixed: bold.asks === shy.asks ? (bold.asks ? 'asked' : 'said') : undefined,
  }
}

const figuresOf = (reads: readonly Read[], gates: Gates) => {
  const said = reads.filter(({ fixed, share, standing }) =>
    fixed === undefined ? share >= gates[standing] : fixed === 'said',
  )
  return {
    wrong: said.filter(read => !read.right).length / reads.length,
    coverage: said.length / reads.length,
    accuracy: reads.filter(read => read.right).length / reads.length,
  }
}

/** Every gate in steps of two hundredths; plain agreement never asks for more, plain contradiction never for less. */
function gridOf(): Gates[] {
  const steps = (from: number, to: number) =>
    Array.from(
      { length: Math.round((to - from) / 0.02) + 1 },
      (_, at) => Math.round(100 * from + 2 * at) / 100,
    )
  return steps(0.6, 0.9).flatMap(alone =>
    steps(0.5, alone).flatMap(together =>
      steps(alone, 0.98).map(against => ({ ...CAREFUL, alone, together, against })),
    ),
  )
}
