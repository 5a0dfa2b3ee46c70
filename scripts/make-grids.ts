/**
 * Draws the demonstration grids of a district: `grids.json` and `grids.geojson` from `units.json`. Seeded, so the same
 * input gives the same files. The outlines are invented (a convex area cut again and again), not surveyed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seeded } from '../src/demo/seeded.ts'
import { centre, type Item, type Point, sharer } from './share-area.ts'

const BASIC = 417
const EXCLUSIVE = 184
const HEADS = 463
const WORKERS = 748
const WEIGHT_EXCLUSIVE = 0.25
const random = seeded(150402)
const share = sharer(random)

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
