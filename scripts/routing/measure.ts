// Figures of the understanding on rows it has not learnt from, and how they are printed. Nothing of a row is printed.

import { type Resources, type Understanding, understand } from '../../src/flows/understand/understand.ts'
import { DEPARTMENTS, isCrisis, type Row, routeOf, type SetName, type Sets } from './data.ts'
import { timesOf } from './pace.ts'

const NOW = '2026-11-03T02:21:00.000Z'

/** One row as it is and as it was understood. */
interface Judged {
  is: string
  said: string
  asks: boolean
}

export interface Figures {
  set: string
  rows: number
  accuracy: number
  macroF1: number
  coverage: number
  wrongUnasked: number
}

const LETTERS = ['taidi_raw', 'taidi_title'] as const
const GOLD: readonly SetName[] = ['gold_title320', 'gold_legal300']
const SILVER: readonly SetName[] = ['legal_silver', 'lawyerllama_family', 'silver_panels', 'smile_first_turn']

/** Prints everything about the rows that `takes` lets through; returns the lines. */
export function report(sets: Sets, resources: Resources, takes: (row: Row) => boolean): string[] {
  const of = (name: SetName) => sets[name].filter(takes)
  const see = (row: Row) => understand(row.text, resources, NOW)
  const lines: string[] = []
  for (const name of LETTERS) {
    const judged = departmentsOf(of(name), resources)
    lines.push(...shown(`${name} (seven departments)`, judged), ...confusion(judged, DEPARTMENTS))
  }
  const routed = (name: SetName) => routesOf(of(name), resources)
  for (const name of GOLD) lines.push(...shown(name, routed(name)))
  lines.push(...shown('gold, both', GOLD.flatMap(routed)), ...mixedUp(GOLD.flatMap(routed)))
  for (const name of SILVER) lines.push(...shown(`${name} (labels partly wrong)`, routed(name)))
  lines.push(...crisisLines(of('psyguard_real'), see))
  lines.push(
    ...timesOf(
      [...of('taidi_raw'), ...of('taidi_title')].map(row => row.text),
      resources,
    ),
  )
  return lines
}

const departmentsOf = (rows: readonly Row[], resources: Resources): Judged[] =>
  rows.map(row => {
    const seen = understand(row.text, resources, NOW)
    return { is: row.label, said: departmentSaid(seen), asks: seen.asks }
  })

const routesOf = (rows: readonly Row[], resources: Resources): Judged[] =>
  rows.map(row => {
    const seen = understand(row.text, resources, NOW)
    return { is: routeOf(row.label) ?? 'null', said: seen.route ?? 'null', asks: seen.asks }
  })

/** One line of the learning curve: what a part of the rows comes to. */
export function curveLine(
  part: number,
  sets: Sets,
  resources: Resources,
  takes: (row: Row) => boolean,
): string {
  const of = (name: SetName) => sets[name].filter(takes)
  const [full, titles] = LETTERS.map(name => figuresOf(name, departmentsOf(of(name), resources)))
  const gold = figuresOf(
    'gold',
    GOLD.flatMap(name => routesOf(of(name), resources)),
  )
  const [crisis] = crisisLines(of('psyguard_real'), row => understand(row.text, resources, NOW))
  return `${part} of the rows: letters ${share(full!.accuracy)}, titles ${share(titles!.accuracy)}, gold ${share(gold.accuracy)} (coverage ${share(gold.coverage)}, wrong without asking ${share(gold.wrongUnasked)}), ${crisis}`
}

/** The pairs taken for each other most often. */
function mixedUp(judged: readonly Judged[]): string[] {
  const pairs = new Map<string, number>()
  for (const { is, said } of judged)
    if (is !== said) pairs.set(`${is} → ${said}`, (pairs.get(`${is} → ${said}`) ?? 0) + 1)
  return [...pairs]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([pair, times]) => `    ${times} × ${pair}`)
}

/** The likeliest department among what was said. */
function departmentSaid(seen: Understanding): string {
  const routes = [seen.route, ...seen.alternatives.map(other => other.route)]
  return routes.find(route => route?.startsWith('dept:'))?.slice(5) ?? 'none'
}

function shown(set: string, judged: readonly Judged[]): string[] {
  if (judged.length === 0) return []
  const of = figuresOf(set, judged)
  const first = `${set}: ${of.rows} rows, accuracy ${share(of.accuracy)}, macro-F1 ${share(of.macroF1)}, coverage ${share(of.coverage)}, wrong without asking ${share(of.wrongUnasked)} of all`
  const classes = [...new Set(judged.map(row => row.is))].sort()
  const each = classes.map(name => {
    const { precision, recall, f1, rows } = classFigures(judged, name)
    return `    ${name}: ${rows} rows, precision ${share(precision)}, recall ${share(recall)}, F1 ${share(f1)}`
  })
  return [first, ...each]
}

export function figuresOf(set: string, judged: readonly Judged[]): Figures {
  const classes = [...new Set(judged.map(row => row.is))]
  const covered = judged.filter(row => !row.asks)
  return {
    set,
    rows: judged.length,
    accuracy: judged.filter(row => row.is === row.said).length / judged.length,
    macroF1: classes.reduce((sum, name) => sum + classFigures(judged, name).f1, 0) / classes.length,
    coverage: covered.length / judged.length,
    wrongUnasked: covered.filter(row => row.is !== row.said).length / judged.length,
  }
}

function classFigures(judged: readonly Judged[], name: string) {
  const right = judged.filter(row => row.is === name && row.said === name).length
  const rows = judged.filter(row => row.is === name).length
  const said = judged.filter(row => row.said === name).length
  return {
    rows,
    precision: said ? right / said : 0,
    recall: rows ? right / rows : 0,
    f1: rows + said ? (2 * right) / (rows + said) : 0,
  }
}

function confusion(judged: readonly Judged[], classes: readonly string[]): string[] {
  if (judged.length === 0) return []
  const columns = [...classes, 'none']
  const head = `    ${'is \\ said'.padEnd(10)}${columns.map(name => name.slice(0, 2).padStart(5)).join('')}`
  const rows = classes.map(
    is =>
      `    ${is.padEnd(10, '　').slice(0, 10)}${columns
        .map(said => String(judged.filter(row => row.is === is && row.said === said).length).padStart(6))
        .join('')}`,
  )
  return [head, ...rows]
}

function crisisLines(rows: readonly Row[], see: (row: Row) => Understanding): string[] {
  if (rows.length === 0) return []
  const judged = rows.map(row => ({ is: isCrisis(row), said: see(row).danger.includes('self_harm') }))
  const right = judged.filter(row => row.is && row.said).length
  const precision = right / Math.max(1, judged.filter(row => row.said).length)
  const recall = right / Math.max(1, judged.filter(row => row.is).length)
  return [`crisis: ${rows.length} rows, precision ${share(precision)}, recall ${share(recall)}`]
}

const share = (value: number): string => value.toFixed(3)
