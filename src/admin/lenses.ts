import { GRIDS } from '../district-read.ts'
import type { FileName, FileOf } from '../district-schemas.ts'
import type { Folder, Outline } from './folder.ts'

/** One row of a book. */
export type Row = Readonly<Record<string, unknown>>

/** Where in a row something stands: its place in the book and the path within. */
export interface Spot {
  index: number
  path: readonly (string | number)[]
}

/** A book's rows taken out of the folder, and put back: `put(folder, rows(folder))` is the same folder. */
export interface Lens {
  rows(folder: Folder): readonly Row[]
  put(folder: Folder, rows: readonly Row[]): Folder
  /** The row a fault of its file is about; null when it is about none of this book. */
  spot(folder: Folder, path: readonly (string | number)[]): Spot | null
}

/** Rows that are one list of one file. */
export const listOf = (file: FileName, list: string): Lens => ({
  rows: folder => (folder[file] as unknown as Record<string, Row[]>)[list] ?? [],
  put: (folder, rows) => ({ ...folder, [file]: { ...folder[file], [list]: rows } }),
  spot: (_, [top, index, ...path]) => (top === list && typeof index === 'number' ? { index, path } : null),
})

/** A file of settings as one row; fields named in `without` belong to other books. */
export const wholeOf = (file: FileName, without: readonly string[]): Lens => ({
  rows: folder => {
    const fields = Object.entries(folder[file] as Row).filter(([key]) => !without.includes(key))
    return [Object.fromEntries(fields)]
  },
  put(folder, [row]) {
    const before = folder[file] as Row
    const kept = Object.entries(before).map(([key, value]) => [
      key,
      without.includes(key) ? value : row?.[key],
    ])
    const added = Object.entries(row ?? {}).filter(([key]) => !(key in before))
    return {
      ...folder,
      [file]: Object.fromEntries([...kept, ...added].filter(([, value]) => value !== undefined)),
    }
  },
  spot: (_, path) => (without.includes(String(path[0])) ? null : { index: 0, path }),
})

type Units = FileOf<'units.json'>
const UNITS = 'units.json'

/** Towns, each followed by its communities; which is which says the length of the code. */
export const units: Lens = {
  rows: folder => folder[UNITS].towns.flatMap(({ communities, ...town }) => [town, ...communities]),
  put(folder, rows) {
    const codeOf = (row: Row) => String(row.code)
    const towns = rows.filter(row => codeOf(row).length <= 9)
    const isIn = (row: Row, town: Row) => codeOf(row).startsWith(codeOf(town))
    const communities = rows.filter(row => codeOf(row).length > 9)
    // One whose town is not there stands with the first, where the check refuses it by name.
    const lost = communities.filter(row => !towns.some(town => isIn(row, town)))
    const made = towns.map((town, i) => ({
      ...town,
      communities: [...communities.filter(row => isIn(row, town)), ...(i === 0 ? lost : [])],
    }))
    return { ...folder, [UNITS]: { ...folder[UNITS], towns: made } as unknown as Units }
  },
  spot(folder, [top, town, list, community, ...path]) {
    if (top !== 'towns' || typeof town !== 'number') return null
    const before = folder[UNITS].towns.slice(0, town).reduce((sum, at) => sum + 1 + at.communities.length, 0)
    return list === 'communities' && typeof community === 'number'
      ? { index: before + 1 + community, path }
      : { index: before, path: list === undefined ? [] : [list] }
  },
}

const CALENDAR = 'calendar.json'
/** Kinds of days, and the list of the file each stands in. */
export const DAY_KINDS = ['off', 'on', 'expected', 'regionalOff', 'regionalOn'] as const
type DayKind = (typeof DAY_KINDS)[number]

function daysOf(folder: Folder, kind: DayKind): readonly string[] {
  const { regional, off, on, expected } = folder[CALENDAR]
  return { off, on, expected, regionalOff: regional.off, regionalOn: regional.on }[kind]
}

/** Days off, make-up days and days that are only expected, each with its kind. */
export const holidays: Lens = {
  rows: folder => DAY_KINDS.flatMap(kind => daysOf(folder, kind).map(date => ({ date, kind }))),
  put(folder, rows) {
    const of = (kind: DayKind) => {
      const days = rows.filter(row => row.kind === kind).map(row => String(row.date))
      const before = daysOf(folder, kind)
      // A list that was in order stays so, wherever a new day was added.
      return isSorted(before) ? days.sort() : days
    }
    const calendar = folder[CALENDAR]
    const regional = { ...calendar.regional, off: of('regionalOff'), on: of('regionalOn') }
    const days = { off: of('off'), on: of('on'), expected: of('expected'), regional }
    return { ...folder, [CALENDAR]: { ...calendar, ...days } }
  },
  spot(folder, [top, ...more]) {
    const kind =
      top === 'regional' ? (`regional${more[0] === 'on' ? 'On' : 'Off'}` as const) : (top as DayKind)
    const at = top === 'regional' ? more[1] : more[0]
    if (!DAY_KINDS.includes(kind) || typeof at !== 'number') return null
    const before = DAY_KINDS.slice(0, DAY_KINDS.indexOf(kind)).reduce(
      (sum, one) => sum + daysOf(folder, one).length,
      0,
    )
    return { index: before + at, path: ['date'] }
  },
}

const isSorted = (days: readonly string[]) => days.every((day, i) => i === 0 || days[i - 1]! <= day)

const WHISTLE = 'whistle.json'

/** The groups of the whistle list, without their items. */
export const whistleGroups: Lens = {
  rows: folder => folder[WHISTLE].categories.map(({ items: _, ...group }) => group),
  put(folder, rows) {
    const items = new Map(folder[WHISTLE].categories.map(group => [group.key, group.items]))
    const categories = rows.map(row => ({ ...row, items: items.get(String(row.key)) ?? [] }))
    return { ...folder, [WHISTLE]: { ...folder[WHISTLE], categories } as FileOf<'whistle.json'> }
  },
  spot: (_, [top, index, ...path]) =>
    top === 'categories' && typeof index === 'number' && path[0] !== 'items' ? { index, path } : null,
}

/** Items of the whistle list, each with the key of its group. */
export const whistle: Lens = {
  rows: folder =>
    folder[WHISTLE].categories.flatMap(({ key, items }) => items.map(item => ({ group: key, ...item }))),
  put(folder, rows) {
    const categories = folder[WHISTLE].categories.map(group => ({
      ...group,
      items: rows.filter(row => row.group === group.key).map(({ group: _, ...item }) => item),
    }))
    return { ...folder, [WHISTLE]: { ...folder[WHISTLE], categories } as FileOf<'whistle.json'> }
  },
  spot(folder, [top, group, list, item, ...path]) {
    if (top !== 'categories' || list !== 'items' || typeof group !== 'number' || typeof item !== 'number')
      return null
    const before = folder[WHISTLE].categories.slice(0, group).reduce((sum, one) => sum + one.items.length, 0)
    return { index: before + item, path }
  },
}

/** Corners as words: a line each, longitude and latitude. */
const cornersOf = (ring: Outline['geometry']['coordinates'][number] | undefined) =>
  (ring ?? []).map(([lng, lat]) => `${lng}, ${lat}`).join('\n')

/** The ring in pasted words: lines of `lng, lat`, or GeoJSON of any depth; closed where it was left open. */
function ringIn(words: string): [number, number][] {
  const found = [...words.matchAll(/(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)/g)]
  const ring = found.map(([, lng, lat]) => [Number(lng), Number(lat)] as [number, number])
  const [first] = ring
  const last = ring.at(-1)
  const closed = first && last && first[0] === last[0] && first[1] === last[1]
  return first && !closed ? [...ring, first] : ring
}

/** Grids, each with its outline of `grids.geojson` as lines of corners. The promised counts follow. */
export const grids: Lens = {
  rows(folder) {
    const outlines = new Map(
      folder[GRIDS].features.map(one => [one.properties.code, cornersOf(one.geometry.coordinates[0])]),
    )
    return folder['grids.json'].grids.map(grid => ({ ...grid, outline: outlines.get(grid.code) ?? '' }))
  },
  put(folder, rows) {
    const list = rows.map(({ outline: _, ...grid }) => grid)
    const count = (kind: string) => rows.filter(row => row.kind === kind).length
    const settings = { ...folder['district.json'].settings }
    Object.assign(settings, { basicGrids: count('basic'), exclusiveGrids: count('exclusive') })
    return {
      ...folder,
      'grids.json': { ...folder['grids.json'], grids: list } as unknown as FileOf<'grids.json'>,
      'district.json': { ...folder['district.json'], settings },
      [GRIDS]: { ...folder[GRIDS], features: outlinesOf(folder, rows) },
    }
  },
  spot: (_, [top, index, ...path]) =>
    (top === 'grids' || top === 'features') && typeof index === 'number'
      ? { index, path: top === 'features' ? ['outline'] : path }
      : null,
}

function outlinesOf(folder: Folder, rows: readonly Row[]): Outline[] {
  const known = new Map(folder[GRIDS].features.map(one => [one.properties.code, one]))
  const wanted = new Map(rows.map(row => [String(row.code), String(row.outline ?? '')]))
  const stay = folder[GRIDS].features.map(one => one.properties.code).filter(code => wanted.has(code))
  const come = [...wanted.keys()].filter(code => !known.has(code))
  return [...stay, ...come].flatMap(code => {
    const words = wanted.get(code)!
    const before = known.get(code)
    if (before && cornersOf(before.geometry.coordinates[0]) === words) return [before]
    const ring = ringIn(words)
    if (ring.length === 0) return []
    return [
      {
        type: 'Feature',
        properties: { code },
        geometry: { type: 'Polygon', coordinates: [ring] },
      } as Outline,
    ]
  })
}
