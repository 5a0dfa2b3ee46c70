/**
 * Draws the demonstration grids of a district: `grids.json` and `grids.geojson` from `units.json`. Seeded, so the same
 * input gives the same files. The outlines are invented (a convex area cut again and again), not surveyed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seeded } from '../src/demo/seeded.ts'

type Point = [number, number]
interface Item {
  code: string
  weight: number
  /** Where it lies, roughly; the cut keeps neighbours together. */
  near?: Point
}
interface Cell {
  item: Item
  ring: Point[]
}

const BASIC = 417
const EXCLUSIVE = 184
const HEADS = 463
const WORKERS = 748
const WEIGHT_EXCLUSIVE = 0.25
const random = seeded(150402)

/** Invented outline of the district, counter-clockwise, WGS84 degrees. */
const OUTLINE: Point[] = [
  [118.84, 42.24],
  [118.93, 42.14],
  [119.08, 42.1],
  [119.22, 42.16],
  [119.24, 42.27],
  [119.12, 42.36],
  [118.96, 42.38],
  [118.86, 42.33],
]

/** Rough centre, share of the area, share of the people, by town code. */
const TOWNS: Record<string, [number, number, number, number]> = {
  '150402001': [118.95, 42.262, 2, 5],
  '150402002': [118.957, 42.267, 2, 4],
  '150402003': [118.964, 42.263, 2, 5],
  '150402004': [118.98, 42.266, 4, 9],
  '150402005': [118.953, 42.255, 2, 6],
  '150402006': [118.962, 42.248, 3, 9],
  '150402007': [118.968, 42.236, 5, 9],
  '150402008': [118.973, 42.259, 2, 6],
  '150402009': [118.945, 42.25, 3, 7],
  '150402010': [118.925, 42.258, 9, 13],
  '150402011': [118.94, 42.29, 9, 10],
  '150402100': [119.05, 42.3, 22, 6],
  '150402102': [119.08, 42.2, 26, 6],
  '150402400': [119.01, 42.25, 4, 3],
  '150402401': [118.99, 42.28, 4, 2],
}

/** Cuts a convex ring by the line through `at` along direction `angle`, into the left and the right part. */
function cut(ring: Point[], angle: number, offset: number): [Point[], Point[]] {
  const side = ([x, y]: Point) => x * Math.cos(angle) + y * Math.sin(angle) - offset
  const low: Point[] = []
  const high: Point[] = []
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    const [da, db] = [side(a), side(b)]
    ;(da <= 0 ? low : high).push(a)
    if (da <= 0 === db <= 0) return
    const t = da / (da - db)
    const cross: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
    low.push(cross)
    high.push(cross)
  })
  return [low, high]
}

const area = (ring: Point[]) =>
  Math.abs(
    ring.reduce(
      (sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y,
      0,
    ),
  ) / 2

const centre = (ring: Point[]): Point => [
  ring.reduce((sum, [x]) => sum + x, 0) / ring.length,
  ring.reduce((sum, [, y]) => sum + y, 0) / ring.length,
]

const weightOf = (items: Item[]) => items.reduce((sum, { weight }) => sum + weight, 0)

/** Shares a convex area out among items by weight: halves it across its longer side until one item is left. */
function share(ring: Point[], items: Item[]): Cell[] {
  if (items.length === 1) return [{ item: items[0]!, ring }]
  const angle = across(ring) + (random() - 0.5) * 0.5
  const along = ({ near }: Item) => (near ? near[0] * Math.cos(angle) + near[1] * Math.sin(angle) : 0)
  const sorted = [...items].sort((a, b) => along(a) - along(b))
  const half = halfOf(sorted)
  const [first, rest] = [sorted.slice(0, half), sorted.slice(half)]
  const [low, high] = cut(ring, angle, offsetFor(ring, angle, weightOf(first) / weightOf(items)))
  return [...share(low, first), ...share(high, rest)]
}

/** Direction of the longer side: 0 east, a quarter turn north. */
function across(ring: Point[]): number {
  const width = Math.max(...ring.map(([x]) => x)) - Math.min(...ring.map(([x]) => x))
  const height = Math.max(...ring.map(([, y]) => y)) - Math.min(...ring.map(([, y]) => y))
  return width * 0.74 >= height ? 0 : Math.PI / 2
}

function halfOf(items: Item[]): number {
  const whole = weightOf(items)
  let sum = 0
  const at = items.findIndex(({ weight }) => (sum += weight) >= whole / 2)
  return Math.min(Math.max(at + (random() < 0.5 ? 0 : 1), 1), items.length - 1)
}

function offsetFor(ring: Point[], angle: number, part: number): number {
  const reach = ring.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle))
  let [low, high] = [Math.min(...reach), Math.max(...reach)]
  const whole = area(ring)
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (area(cut(ring, angle, middle)[0]) / whole < part) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Shares a whole number out by weight: at least one each where `least` is 1, largest remainders first. */
function apportion(total: number, weights: number[], least: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const free = total - least * weights.length
  const exact = weights.map(weight => (free * weight) / sum)
  const out = exact.map(value => Math.floor(value) + least)
  const order = exact.map((value, i) => [value % 1, i] as const).sort((a, b) => b[0] - a[0])
  const left = total - out.reduce((a, b) => a + b, 0)
  for (let i = 0; i < left; i++) out[order[i]![1]]!++
  return out
}

interface Community {
  code: string
  name: string
  short: string
}
interface Town {
  code: string
  communities: Community[]
}
interface Grid {
  code: string
  name: string
  kind: 'basic' | 'exclusive'
  place?: string
  head: string
  workers: number
}

const PLACES = [
  '小学',
  '中学',
  '幼儿园',
  '商场',
  '写字楼',
  '农贸市场',
  '社区医院',
  '商业街',
  '产业园',
  '建材市场',
]
const FAMILY = '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾'
const GIVEN = [
  '敏',
  '静',
  '磊',
  '军',
  '洋',
  '艳',
  '勇',
  '杰',
  '娜',
  '涛',
  '明',
  '超',
  '霞',
  '平',
  '刚',
  '桂兰',
  '海燕',
  '建国',
  '晓东',
  '春梅',
  '文博',
  '雅琴',
  '志远',
  '宏伟',
  '玉珍',
  '树林',
]

const folder = process.argv[2] ?? 'config/hongshan'
const { towns } = JSON.parse(readFileSync(join(folder, 'units.json'), 'utf8')) as { towns: Town[] }
const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
const person = () => pick([...FAMILY]) + pick(GIVEN)

function draw(): { grids: Grid[]; rings: Map<string, Point[]> } {
  const weights = towns.flatMap(({ code, communities }) =>
    communities.map(() => TOWNS[code]![3] / communities.length),
  )
  const noisy = weights.map(weight => weight * (0.7 + random() * 0.6))
  const basic = apportion(BASIC, noisy, 1)
  const exclusive = apportion(EXCLUSIVE, noisy, 0)
  const cells = share(
    OUTLINE,
    towns.map(({ code }) => ({ code, weight: TOWNS[code]![2], near: [TOWNS[code]![0], TOWNS[code]![1]] })),
  )
  const grids: Grid[] = []
  const rings = new Map<string, Point[]>()
  let index = 0
  for (const town of towns) {
    const ring = cells.find(({ item }) => item.code === town.code)!.ring
    const communities = share(
      ring,
      town.communities.map(({ code }) => ({ code, weight: 0.7 + random() * 0.6 })),
    )
    for (const community of town.communities) {
      const inside = communities.find(({ item }) => item.code === community.code)!.ring
      const made = gridsOf(community, inside, basic[index]!, exclusive[index]!)
      index++
      for (const { grid, ring: outline } of made) {
        grids.push(grid)
        rings.set(grid.code, outline)
      }
    }
  }
  return { grids, rings }
}

/** Serials run from west to east, then from north to south within the community. */
function gridsOf(community: Community, ring: Point[], basic: number, exclusive: number) {
  const items: Item[] = [
    ...Array.from({ length: basic }, () => ({ code: 'basic', weight: 0.8 + random() * 0.4 })),
    ...Array.from({ length: exclusive }, () => ({ code: 'exclusive', weight: WEIGHT_EXCLUSIVE })),
  ]
  const cells = share(
    ring,
    items.sort(() => random() - 0.5),
  )
  cells.sort((a, b) => centre(a.ring)[0] - centre(b.ring)[0] || centre(b.ring)[1] - centre(a.ring)[1])
  let places = 0
  return cells.map(({ item, ring: outline }, i) => {
    const serial = String(i + 1).padStart(3, '0')
    const kind = item.code as Grid['kind']
    const place =
      kind === 'exclusive'
        ? `${community.short.replace(/社区$|村$/, '')}${PLACES[(i + places++) % PLACES.length]}`
        : undefined
    const name = `${community.short}第${i + 1}网格`
    const code = community.code + serial
    const grid: Grid = { code, name, kind, ...(place ? { place } : {}), head: '', workers: 1 }
    return { grid, ring: outline }
  })
}

/** Names as many heads and workers as the district has: a head looks after one to three neighbouring grids. */
function staffed(grids: Grid[]): void {
  const shared = new Set<number>()
  while (shared.size < grids.length - HEADS) {
    const i = Math.floor(random() * grids.length)
    const same = (a: number, b: number) => grids[a]?.code.slice(0, 12) === grids[b]?.code.slice(0, 12)
    const alone = ![i - 2, i - 1, i + 1, i + 2].some(at => shared.has(at))
    if (i > 0 && same(i, i - 1) && alone) shared.add(i)
  }
  grids.forEach((grid, i) => {
    grid.head = shared.has(i) ? grids[i - 1]!.head : person()
  })
  for (let extra = WORKERS - grids.length; extra > 0; ) {
    const grid = pick(grids)
    if (grid.workers === 1) extra -= grid.workers++
  }
}

const rounded = (ring: Point[]): Point[] => {
  const points = ring.map(([x, y]): Point => [Number(x.toFixed(5)), Number(y.toFixed(5))])
  const kept = points.filter(([x, y], i) => {
    const [px, py] = points[(i + points.length - 1) % points.length]!
    return x !== px || y !== py
  })
  return [...kept, kept[0]!]
}

const { grids, rings } = draw()
staffed(grids)
const NOTE = 'Demonstration: names of people and outlines of grids are invented by scripts/make-grids.ts'
writeFileSync(join(folder, 'grids.json'), `${JSON.stringify({ note: NOTE, grids }, null, 2)}\n`)
const features = grids.map(({ code }) =>
  JSON.stringify({
    type: 'Feature',
    properties: { code },
    geometry: { type: 'Polygon', coordinates: [rounded(rings.get(code)!)] },
  }),
)
writeFileSync(
  join(folder, 'grids.geojson'),
  `{"type":"FeatureCollection","note":"${NOTE}","features":[\n${features.join(',\n')}\n]}\n`,
)
