/** Where things lie: units as a tree of codes, grids as polygons. Pure geometry; the data come from the district's folder. */

export type UnitKind = 'district' | 'town' | 'community' | 'grid' | 'department' | 'panel'

/** One unit. `path` leads down to it, codes joined by `/`: whoever's path is a beginning of it stands above it. */
export interface Unit {
  code: string
  kind: UnitKind
  name: string
  /** What residents and clerks say: `西城街道`, `住建局`. */
  short: string
  parent: string | null
  path: string
  /** Takes nothing new; what it has it keeps. */
  closed?: boolean
}

/** Places by name, as the conversation looks for them in a sentence. */
export interface PlaceNames {
  towns: readonly { code: string; name: string }[]
  communities: readonly { code: string; name: string; town: string }[]
  estates: readonly { name: string; community: string }[]
}

/** WGS84, `[longitude, latitude]` degrees as in GeoJSON. */
export type Point = readonly [number, number]

/** The outline of a grid with its bounding box `[west, south, east, north]`. */
export interface GridShape {
  code: string
  ring: readonly Point[]
  box: readonly [number, number, number, number]
}

/** A ring with its bounding box. */
export function gridShape(code: string, ring: readonly Point[]): GridShape {
  const lngs = ring.map(([lng]) => lng)
  const lats = ring.map(([, lat]) => lat)
  return { code, ring, box: [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)] }
}

/** Code of the grid a position lies in; undefined outside the district. */
export function gridAt(shapes: readonly GridShape[], lat: number, lng: number): string | undefined {
  const near = shapes.filter(({ box: [w, s, e, n] }) => lng >= w && lng <= e && lat >= s && lat <= n)
  return near.find(({ ring }) => inside(ring, lng, lat))?.code
}

/** Even-odd rule: a ray to the east crosses the outline an odd number of times. */
function inside(ring: readonly Point[], lng: number, lat: number): boolean {
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if (ay > lat !== by > lat && lng < ((bx - ax) * (lat - ay)) / (by - ay) + ax) odd = !odd
  }
  return odd
}
