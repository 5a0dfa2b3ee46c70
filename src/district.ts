import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './district-checks.ts'
import { FOLDER, lineOfFault, type Reading, readTexts, type Texts } from './district-read.ts'
import type { FileOf } from './district-schemas.ts'
import { faultWords } from './district-words.ts'
import type { Calendar } from './rules/calendar/working-time.ts'
import type { Shift } from './rules/people/roster.ts'
import type { GridShape, PlaceNames, Unit } from './rules/place.ts'

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
  /** Own words of notices by language and key, such as `en resident.received`; those not here are the built-in ones. */
  notices: ReadonlyMap<string, string>
  /** Names for finding a place in a sentence. */
  places: PlaceNames
}

/** The texts of a district's folder; a file that is not there is left out, and told of when they are read. */
export function readFolder(folder: string): Texts {
  const texts = new Map<string, string>()
  for (const file of FOLDER)
    try {
      texts.set(file, readFileSync(join(folder, file), 'utf8'))
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error
    }
  return texts
}

/** A district of checked files. */
export const districtOf = ({ files, shapes }: Pick<Reading, 'files' | 'shapes'>): District =>
  assembled(files, shapes)

/** Reads and checks a district's texts. Throws one error that lists every fault as `from/file:line: reason`. */
export function districtFrom(texts: Texts, from: string): District {
  const reading = readTexts(texts)
  const told = reading.faults.map(
    fault => `${join(from, fault.file)}:${lineOfFault(texts, fault)}: ${faultWords('en', fault)}`,
  )
  if (told.length > 0) throw new Error(`The district in ${from} cannot be used:\n${told.join('\n')}`)
  return districtOf(reading)
}

/** Reads and checks a district's folder. Throws one error that lists every fault as `file:line: reason`. */
export const loadDistrict = (folder: string): District => districtFrom(readFolder(folder), folder)

/** The unit that answers for a route such as `dept:城乡建设` or `panel:物业纠纷`; null when none does, or takes nothing new. */
export function unitOfRoute(district: District, route: string | null): string | null {
  const [kind, name = ''] = route?.split(':') ?? []
  if (kind === 'dept')
    return district.departments.find(({ serves, closed }) => !closed && serves.includes(name))?.code ?? null
  if (kind === 'panel')
    return district.panels.find(panel => panel.name === name && !panel.closed)?.code ?? null
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
    notices: new Map(
      files['notices.json'].notices.flatMap(({ key, zh, en }) => [
        [`zh-CN ${key}`, zh],
        [`en ${key}`, en],
      ]),
    ),
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
    add({ ...told(town), kind: 'town', parent: district })
    for (const at of town.communities) add({ ...told(at), kind: 'community', parent: town.code })
  }
  for (const grid of files['grids.json'].grids)
    add({ ...told({ ...grid, short: grid.name }), kind: 'grid', parent: grid.code.slice(0, 12) })
  for (const at of files['departments.json'].departments)
    add({ ...told(at), kind: 'department', parent: district })
  // A panel is called by its subject; as an office that acts and answers it is 专项组织 (source report: 八个专项组织).
  for (const panel of files['panels.json'].panels)
    add({ ...told(panel), name: `${panel.name}专项组织`, kind: 'panel', parent: district })
  return units
}

const told = ({
  code,
  name,
  short,
  closed,
}: {
  code: string
  name: string
  short: string
  closed?: boolean
}) => ({
  ...{ code, name, short },
  ...(closed ? { closed } : {}),
})
