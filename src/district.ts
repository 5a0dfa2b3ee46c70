import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { crossFaults, type Fault, type Files } from './district-checks.ts'
import { FILES, type FileName, type FileOf } from './district-schemas.ts'
import { lineOf, lineOfSyntaxError, pathOfPointer } from './json-line.ts'
import type { Calendar } from './rules/calendar/working-time.ts'
import type { Shift } from './rules/people/roster.ts'
import { type GridShape, gridShape, type PlaceNames, type Point, type Unit } from './rules/place.ts'

/** A district as its folder of files describes it, checked and ready to use. */
export interface District {
  code: string
  name: string
  nameEn: string
  /** Prefix of case codes. */
  prefix: string
  zone: string
  settings: FileOf<'district.json'>['settings']
  /** Every unit by code, parents before children. */
  units: ReadonlyMap<string, Unit>
  departments: FileOf<'departments.json'>['departments']
  panels: FileOf<'panels.json'>['panels']
  grids: FileOf<'grids.json'>['grids']
  shapes: readonly GridShape[]
  calendar: Calendar
  /** Calendars of units whose office hours differ, by code; `calendarOf` answers for every unit. */
  ownCalendars: ReadonlyMap<string, Calendar>
  hotlines: FileOf<'hotlines.json'>['hotlines']
  categories: FileOf<'categories.json'>['categories']
  services: FileOf<'services.json'>['services']
  whistle: FileOf<'whistle.json'>['categories']
  estates: FileOf<'estates.json'>['estates']
  canned: FileOf<'canned.json'>['replies']
  privacy: FileOf<'privacy.json'>
  roster: readonly Shift[]
  care: Omit<FileOf<'care.json'>, 'note'>
  knowledge: FileOf<'knowledge.json'>['topics']
  staff: FileOf<'staff.json'>['staff']
  /** Names for finding a place in a sentence. */
  places: PlaceNames
}

/** Reads and checks a district's folder. Throws one error that lists every fault as `file:line: reason`. */
export function loadDistrict(folder: string): District {
  const texts = new Map<string, string>()
  const faults: string[] = []
  const tell = ({ file, path, why }: Fault) =>
    faults.push(`${join(folder, file)}:${lineOf(texts.get(file) ?? '', path)}: ${why}`)
  const files = Object.fromEntries(
    (Object.keys(FILES) as FileName[]).map(file => [file, readOne(folder, file, texts, faults, tell)]),
  ) as Files
  const shapes = readShapes(folder, texts, faults)
  if (faults.length === 0) for (const fault of crossFaults(files, shapes)) tell(fault)
  if (faults.length > 0) throw new Error(`The district in ${folder} cannot be used:\n${faults.join('\n')}`)
  return assembled(files, shapes)
}

/** The unit that answers for a route such as `dept:城乡建设` or `panel:物业纠纷`; null when none does. */
export function unitOfRoute(district: District, route: string | null): string | null {
  const [kind, name = ''] = route?.split(':') ?? []
  if (kind === 'dept') return district.departments.find(({ serves }) => serves.includes(name))?.code ?? null
  if (kind === 'panel') return district.panels.find(panel => panel.name === name)?.code ?? null
  return null
}

/** The calendar a unit works by: its own hours, else those of what it lies in, else the district's. */
export function calendarOf(
  district: Pick<District, 'calendar' | 'ownCalendars' | 'units'>,
  unitId: string | null,
): Calendar {
  const way = district.units.get(unitId ?? '')?.path.split('/') ?? []
  for (const code of way.reverse()) {
    const own = district.ownCalendars.get(code)
    if (own) return own
  }
  return district.calendar
}

/** What people call a grid within its community: `第3网格`, with the place an exclusive one is for: `第4网格（一西街商场）`. */
export function gridName(district: Pick<District, 'units'>, grid: District['grids'][number]): string {
  const community = district.units.get(grid.code.slice(0, 12))?.short ?? ''
  const name = grid.name.startsWith(community) ? grid.name.slice(community.length) : grid.name
  return grid.place ? `${name}（${grid.place}）` : name
}

type Tell = (fault: Fault) => void

function readOne(
  folder: string,
  file: FileName,
  texts: Map<string, string>,
  faults: string[],
  tell: Tell,
): unknown {
  const value = parse(folder, file, texts, faults)
  if (value === undefined) return undefined
  for (const error of Value.Errors(FILES[file], value)) {
    if (error.keyword === 'anyOf') continue
    const extra = error.keyword === 'additionalProperties' ? error.params.additionalProperties : []
    const path = [...pathOfPointer(error.instancePath), ...extra.slice(0, 1)]
    const what = path.length > 0 ? path.join('.') : 'the file'
    tell({ file, path, why: `${what} ${extra.length > 0 ? 'is not a known field' : error.message}` })
  }
  return value
}

function parse(
  folder: string,
  file: string,
  texts: Map<string, string>,
  faults: string[],
): unknown | undefined {
  try {
    texts.set(file, readFileSync(join(folder, file), 'utf8'))
  } catch {
    faults.push(`${join(folder, file)}:1: the file is missing`)
    return undefined
  }
  const text = texts.get(file)!
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    faults.push(`${join(folder, file)}:${lineOfSyntaxError(text)}: not valid JSON (${message})`)
    return undefined
  }
}

interface Feature {
  properties?: { code?: unknown }
  geometry?: { type?: unknown; coordinates?: unknown }
}

const GRIDS = 'grids.geojson'

function readShapes(folder: string, texts: Map<string, string>, faults: string[]): GridShape[] {
  const value = parse(folder, GRIDS, texts, faults) as { features?: Feature[] } | undefined
  if (value === undefined) return []
  return (value.features ?? []).flatMap((feature, index) => {
    const ring = ringOf(feature)
    const code = feature.properties?.code
    if (ring && typeof code === 'string') return [gridShape(code, ring)]
    const line = lineOf(texts.get(GRIDS)!, ['features', index])
    faults.push(`${join(folder, GRIDS)}:${line}: features.${index} must be a Polygon with a grid code`)
    return []
  })
}

function ringOf({ geometry }: Feature): Point[] | null {
  const ring = geometry?.type === 'Polygon' ? (geometry.coordinates as unknown[][])?.[0] : undefined
  const isPoint = (point: unknown): point is Point =>
    Array.isArray(point) && point.length === 2 && point.every(Number.isFinite)
  return Array.isArray(ring) && ring.length >= 4 && ring.every(isPoint) ? (ring as Point[]) : null
}

function assembled(files: Files, shapes: GridShape[]): District {
  const { code, name, nameEn, prefix, zone, settings } = files['district.json']
  const { towns } = files['units.json']
  const calendar = nationalCalendar(files['calendar.json'])
  return {
    ...{ code, name, nameEn, prefix, zone, settings, shapes },
    units: unitsOf(files),
    departments: files['departments.json'].departments,
    panels: files['panels.json'].panels,
    grids: files['grids.json'].grids,
    calendar,
    ownCalendars: ownCalendars(files, calendar),
    hotlines: files['hotlines.json'].hotlines,
    categories: files['categories.json'].categories,
    services: files['services.json'].services,
    whistle: files['whistle.json'].categories,
    estates: files['estates.json'].estates,
    canned: files['canned.json'].replies,
    privacy: files['privacy.json'],
    roster: files['roster.json'].shifts as readonly Shift[],
    care: files['care.json'],
    knowledge: files['knowledge.json'].topics,
    staff: files['staff.json'].staff,
    places: {
      towns: towns.map(town => ({ code: town.code, name: town.name })),
      communities: towns.flatMap(town =>
        town.communities.map(at => ({ code: at.code, name: at.name, town: town.code })),
      ),
      estates: files['estates.json'].estates.map(({ name, community }) => ({ name, community })),
    },
  }
}

/** The regional overlay wins over the national table. */
function nationalCalendar({ note: _, regional, periods, ...national }: FileOf<'calendar.json'>): Calendar {
  return {
    ...national,
    ...(periods ? { periods } : {}),
    off: [...national.off.filter(day => !regional.on.includes(day)), ...regional.off],
    on: [...national.on.filter(day => !regional.off.includes(day)), ...regional.on],
  }
}

/** Days off are everybody's; a unit's own entry changes the hours of the day alone. */
function ownCalendars(files: Files, common: Calendar): Map<string, Calendar> {
  const units = [
    ...files['units.json'].towns.flatMap(town => [town, ...town.communities]),
    ...files['departments.json'].departments,
    ...files['panels.json'].panels,
  ]
  return new Map(
    units.flatMap(({ code, office }) => {
      if (!office) return []
      const { periods: _, ...days } = common
      const own: Calendar = { ...days, frames: office.frames }
      return [[code, office.periods ? { ...own, periods: office.periods } : own] as const]
    }),
  )
}

function unitsOf(files: Files): Map<string, Unit> {
  const units = new Map<string, Unit>()
  const add = (unit: Omit<Unit, 'path'>) => {
    const above = unit.parent === null ? undefined : units.get(unit.parent)?.path
    units.set(unit.code, { ...unit, path: above ? `${above}/${unit.code}` : unit.code })
  }
  const { code: district, name } = files['district.json']
  add({ code: district, kind: 'district', name, short: name, parent: null })
  for (const town of files['units.json'].towns) {
    add({ code: town.code, kind: 'town', name: town.name, short: town.short, parent: district })
    for (const { code, name, short } of town.communities)
      add({ code, kind: 'community', name, short, parent: town.code })
  }
  for (const { code, name } of files['grids.json'].grids)
    add({ code, kind: 'grid', name, short: name, parent: code.slice(0, 12) })
  for (const { code, name, short } of files['departments.json'].departments)
    add({ code, kind: 'department', name, short, parent: district })
  // A panel is called by its subject; as an office that acts and answers it is 专项组织 (source report: 八个专项组织).
  for (const { code, name, short } of files['panels.json'].panels)
    add({ code, kind: 'panel', name: `${name}专项组织`, short, parent: district })
  return units
}
