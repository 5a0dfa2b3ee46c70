import { dayOf } from '../actions/house.ts'
import { type KeptFigures, PROMISES, percentOf, pointsBetween, sumOf } from '../rules/board/figures.ts'
import { monthBefore, monthSpan, monthsUpTo } from '../rules/board/months.ts'
import { FEW, type Share } from '../rules/cases/assess-table.ts'
import { receivedBy, receivedIn } from '../store/board.ts'
import { turnOfTheLoop } from '../store/db.ts'
import { type FigureKey, figureLines, figureMonths } from '../store/month-figures.ts'
import type { BoardAsked } from './board-scope.ts'
import { categoryName } from './category-name.ts'
import type { BoardLine, BoardMonth, BoardPromises, BoardShare } from './schemas-board.ts'

/** Months of the trend, the one looked at among them. */
const TREND = 13
/** Months there are to choose from. */
const BACK = 36

type Figures = Pick<BoardLine, 'ended' | 'redone' | (typeof PROMISES)[number]>

/** Promises kept in a month: in all, by month, office and subject, each with its change to the month before. */
export async function promisesView(asked: BoardAsked): Promise<BoardPromises> {
  const { parts, month, scope, unit, language } = asked
  const { house } = parts
  const { read } = house.store
  const before = monthBefore(month)
  const lines = await figureLines(read, { ...scope, from: before, to: month })
  const [now, then] = [month, before].map(of => lines.filter(line => line.month === of)) as [Lines, Lines]
  const today = dayOf(house, house.now()).slice(0, 7)
  return {
    month,
    months: [...new Set([...monthsUpTo(today, BACK), month])].sort().reverse(),
    ...{ unit: unit?.code ?? null, category: scope.category, of: unit?.name ?? house.district.name },
    units: unitChoices(asked),
    categories: house.district.categories.map(({ key }) => ({
      ...{ key, name: categoryName(parts, key, language), group: null },
    })),
    total: lineOf('total', '', 0, now, then, await received(asked, month)),
    trend: await trendOf(asked),
    offices: officeLines(asked, now, then),
    subjects: subjectLines(asked, now, then, await receivedOf(asked)),
  }
}

type Lines = (FigureKey & { figures: KeptFigures })[]

/** Cases lie in towns: a unit without ground receives none itself. */
const hasGround = ({ scope }: BoardAsked) => scope.path === null || scope.townId !== null

async function received(asked: BoardAsked, month: string): Promise<number | null> {
  if (!hasGround(asked)) return null
  const { store, district } = asked.parts.house
  return receivedIn(store.read, monthSpan(month, district.zone), asked.scope)
}

async function receivedOf(asked: BoardAsked): Promise<Map<string, number> | null> {
  if (!hasGround(asked)) return null
  const { store, district } = asked.parts.house
  return receivedBy(store.read, monthSpan(asked.month, district.zone), asked.scope)
}

async function trendOf(asked: BoardAsked): Promise<BoardMonth[]> {
  const months = monthsUpTo(asked.month, TREND + 1)
  const sums = await figureMonths(asked.parts.house.store.read, {
    ...asked.scope,
    from: months[0]!,
    to: asked.month,
  })
  const at = (month: string) => sums.get(month) ?? sumOf([])
  const trend: BoardMonth[] = []
  for (const month of months.slice(1)) {
    trend.push({
      month,
      received: await received(asked, month),
      ...shown(at(month), at(monthBefore(month))),
    })
    await turnOfTheLoop()
  }
  return trend
}

function shareOf(now: Share, before: Share): BoardShare {
  const percent = percentOf(now, FEW)
  return { ...now, percent, change: pointsBetween(percent, percentOf(before, FEW)) }
}

const shown = (now: KeptFigures, before: KeptFigures): Figures => ({
  ...{ ended: now.ended, redone: now.redone },
  ...(Object.fromEntries(PROMISES.map(key => [key, shareOf(now[key], before[key])])) as Omit<
    Figures,
    'ended' | 'redone'
  >),
})

function lineOf(
  key: string,
  name: string,
  depth: number,
  now: Lines = [],
  before: Lines = [],
  received: number | null = null,
): BoardLine {
  const sum = (of: Lines) => sumOf(of.map(({ figures }) => figures))
  return { key, name, depth, received, ...shown(sum(now), sum(before)) }
}

/** The units a leader may look at one by one. */
function unitChoices({ parts, own, unit }: BoardAsked): BoardPromises['units'] {
  const units = [...parts.house.district.units.values()]
  if (own) return unit ? [{ key: unit.code, name: unit.name, group: null }] : []
  return units
    .filter(({ kind }) => kind === 'town' || kind === 'department' || kind === 'panel')
    .map(({ code, name, kind }) => ({ key: code, name, group: kind }))
}

/** The line a unit is counted in: of the district its towns, departments and panels; of a town its communities. */
function officeOf({ parts, unit }: BoardAsked, code: string): string {
  const steps = parts.house.district.units.get(code)?.path.split('/') ?? [code]
  const depth = unit ? unit.path.split('/').length : 1
  return steps[Math.min(depth, steps.length - 1)] ?? code
}

const grouped = (lines: Lines, keyOf: (line: Lines[number]) => string): Map<string, Lines> => {
  const by = new Map<string, Lines>()
  for (const line of lines) {
    const some = by.get(keyOf(line))
    if (some) some.push(line)
    else by.set(keyOf(line), [line])
  }
  return by
}

/** What is there, in the order of the district's files; what they no longer know comes last. Never by result. */
const inOrder = (known: readonly string[], there: ReadonlySet<string>): string[] => [
  ...known.filter(key => there.has(key)),
  ...[...there].filter(key => !known.includes(key)).sort(),
]

function officeLines(asked: BoardAsked, now: Lines, before: Lines): BoardLine[] {
  const { units } = asked.parts.house.district
  const [by, then] = [now, before].map(lines => grouped(lines, line => officeOf(asked, line.unitId))) as [
    Map<string, Lines>,
    Map<string, Lines>,
  ]
  const top = asked.unit?.code ?? asked.parts.house.district.code
  return inOrder([...units.keys()], new Set([...by.keys(), ...then.keys()])).map(code =>
    lineOf(code, units.get(code)?.name ?? code, code === top ? 0 : 1, by.get(code), then.get(code), null),
  )
}

function subjectLines(
  asked: BoardAsked,
  now: Lines,
  before: Lines,
  received: Map<string, number> | null,
): BoardLine[] {
  const { parts, language } = asked
  const [by, then] = [now, before].map(lines => grouped(lines, line => line.category)) as [
    Map<string, Lines>,
    Map<string, Lines>,
  ]
  const order = parts.house.district.categories.map(({ key }) => key)
  return inOrder(order, new Set([...by.keys(), ...(received?.keys() ?? [])])).map(key => {
    const came = received ? (received.get(key) ?? 0) : null
    return lineOf(key, categoryName(parts, key, language), 0, by.get(key), then.get(key), came)
  })
}
