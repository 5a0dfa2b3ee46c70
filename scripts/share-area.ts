/** Cuts a convex area into convex pieces by weight: the geometry of the demonstration grids. */

export type Point = [number, number]

export interface Item {
  code: string
  weight: number
  /** Where it lies, roughly; the cut keeps neighbours together. */
  near?: Point
}

export interface Cell {
  item: Item
  ring: Point[]
}

/** Shares a convex area out among items by weight: halves it across its longer side until one item is left. */
export function sharer(random: () => number) {
  return function share(ring: Point[], items: Item[]): Cell[] {
    if (items.length === 1) return [{ item: items[0]!, ring }]
    const angle = across(ring) + (random() - 0.5) * 0.5
    const along = ({ near }: Item) => (near ? near[0] * Math.cos(angle) + near[1] * Math.sin(angle) : 0)
    const sorted = [...items].sort((a, b) => along(a) - along(b))
    const half = halfOf(sorted, random() < 0.5)
    const [first, rest] = [sorted.slice(0, half), sorted.slice(half)]
    const [low, high] = cut(ring, angle, offsetFor(ring, angle, weightOf(first) / weightOf(items)))
    return [...share(low, first), ...share(high, rest)]
  }
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

export const centre = (ring: Point[]): Point => [
  ring.reduce((sum, [x]) => sum + x, 0) / ring.length,
  ring.reduce((sum, [, y]) => sum + y, 0) / ring.length,
]

const weightOf = (items: Item[]) => items.reduce((sum, { weight }) => sum + weight, 0)

/** Direction of the longer side: 0 east, a quarter turn north. */
function across(ring: Point[]): number {
  const width = Math.max(...ring.map(([x]) => x)) - Math.min(...ring.map(([x]) => x))
  const height = Math.max(...ring.map(([, y]) => y)) - Math.min(...ring.map(([, y]) => y))
  return width * 0.74 >= height ? 0 : Math.PI / 2
}

function halfOf(items: Item[], before: boolean): number {
  const whole = weightOf(items)
  let sum = 0
  const at = items.findIndex(({ weight }) => (sum += weight) >= whole / 2)
  return Math.min(Math.max(at + (before ? 0 : 1), 1), items.length - 1)
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
