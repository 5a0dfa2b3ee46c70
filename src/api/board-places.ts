import { dayOf } from '../actions/house.ts'
import { gridName } from '../district.ts'
import { lastDay, monthSpan, weeksUpTo } from '../rules/board/months.ts'
import { gridLoads, receivedAt } from '../store/board.ts'
import { turnOfTheLoop } from '../store/db.ts'
import type { BoardAsked } from './board-scope.ts'
import { categoryName } from './category-name.ts'
import type { ApiParts } from './parts.ts'
import type { BoardGrids, BoardPlaces } from './schemas-board.ts'

const WEEKS = 8
/** Rows of the table of places; a place is named there from so many cases in the weeks. */
const ROWS = 20
const FROM = 2

/** Where it grows hot: what came by community and subject in the weeks up to the end of the month, most of the last week first. */
export async function placesView({ parts, month, scope, language }: BoardAsked): Promise<BoardPlaces> {
  const { house } = parts
  const { store, district } = house
  const today = dayOf(house, house.now())
  const weeks = weeksUpTo([lastDay(month), today].sort()[0]!, WEEKS, district.zone)
  const rows = new Map<string, { place: string; category: string; counts: number[]; total: number }>()
  for (const [index, week] of weeks.entries()) {
    for (const { communityId, category, n } of await receivedAt(store.read, week, scope)) {
      const key = `${communityId} ${category}`
      const row = rows.get(key) ?? { place: communityId, category, counts: weeks.map(() => 0), total: 0 }
      row.counts[index] = n
      row.total += n
      rows.set(key, row)
    }
    await turnOfTheLoop()
  }
  const shown = [...rows.values()]
    .filter(row => row.total >= FROM)
    // A week counts half of the one after it: what grows comes before what was.
    .map(row => ({ ...row, heat: row.counts.reduce((sum, n) => sum / 2 + n, 0) }))
    .sort((a, b) => b.heat - a.heat || (a.place + a.category < b.place + b.category ? -1 : 1))
    .slice(0, ROWS)
  return {
    weeks,
    rows: shown.map(({ heat, ...row }) => ({
      ...row,
      placeName: district.units.get(row.place)?.short ?? row.place,
      categoryName: categoryName(parts, row.category, language),
    })),
  }
}

/** The load of every grid that has one, heaviest first. */
export async function gridsView({ parts, month, scope }: BoardAsked): Promise<BoardGrids> {
  const { store, district, now } = parts.house
  const loads = await gridLoads(store.read, now(), monthSpan(month, district.zone), scope)
  const short = (code: string) => district.units.get(code)?.short ?? ''
  const rows = district.grids.flatMap(grid => {
    const load = loads.get(grid.code)
    if (!load) return []
    const { code } = grid
    return [
      {
        code,
        name: gridName(district, grid),
        community: short(code.slice(0, 12)),
        town: short(code.slice(0, 9)),
        ...load,
      },
    ]
  })
  return { rows: rows.sort((a, b) => b.open - a.open || (a.code < b.code ? -1 : 1)), town: scope.townId }
}

/** The outlines of all grids as GeoJSON: `id` a running number (a map wants one), `code` that of the grid. */
export const outlines = ({ house }: ApiParts): object => ({
  type: 'FeatureCollection',
  features: house.district.shapes.map(({ code, ring }, id) => ({
    ...{ type: 'Feature', id, properties: { code } },
    geometry: { type: 'Polygon', coordinates: [ring] },
  })),
})
