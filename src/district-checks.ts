import { calendarFaults, isDate } from './district-hours.ts'
import { noticeFaults } from './district-notices.ts'
import { panelFaults } from './district-panels.ts'
import type { FileName, FileOf } from './district-schemas.ts'
import { templateFaults } from './district-templates.ts'
import type { GridShape } from './rules/place.ts'

/** The files of a district by name, each of the right shape. */
export type Files = { [F in FileName]: FileOf<F> }

/** Something wrong in a file: where (path of keys and indexes) and why, as a key of the words under `district:fault` with its values. */
export interface Fault {
  file: FileName | 'grids.geojson'
  path: readonly (string | number)[]
  says: string
  with?: Readonly<Record<string, string | number>>
  /** Known at once where the file is no JSON. */
  line?: number
}

/** What no single file can know: codes that must exist elsewhere, doubles, counts, dates that contradict. */
export function crossFaults(files: Files, shapes: readonly GridShape[]): Fault[] {
  return [
    ...unitFaults(files),
    ...gridFaults(files, shapes),
    ...countFaults(files),
    ...estateFaults(files),
    ...doubles(files),
    ...calendarFaults(files),
    ...routeFaults(files),
    ...staffFaults(files),
    ...lineFaults(files),
    ...rosterFaults(files),
    ...departmentFaults(files),
    ...openingFaults(files),
    ...guideFaults(files),
    ...panelFaults(files),
    ...templateFaults(files),
    ...noticeFaults(files),
  ]
}

/** No fault when it holds. */
export const must = (
  holds: boolean,
  file: Fault['file'],
  path: Fault['path'],
  says: string,
  values: Fault['with'] = {},
): Fault[] => (holds ? [] : [{ file, path, says, with: values }])

function unitFaults(files: Files): Fault[] {
  const { code } = files['district.json']
  const file = 'units.json'
  const begins = (child: string, parent: string, path: Fault['path']) =>
    must(child.startsWith(parent), file, path, 'notWithin', { code: child, parent })
  return files[file].towns.flatMap((town, t) => [
    ...begins(town.code, code, ['towns', t, 'code']),
    ...town.communities.flatMap((at, c) =>
      begins(at.code, town.code, ['towns', t, 'communities', c, 'code']),
    ),
  ])
}

function gridFaults(files: Files, shapes: readonly GridShape[]): Fault[] {
  const { grids } = files['grids.json']
  const communities = communityCodes(files)
  const drawn = new Set(shapes.map(shape => shape.code))
  const known = new Set(grids.map(grid => grid.code))
  return [
    ...grids.flatMap(({ code }, i) => {
      const path = ['grids', i, 'code']
      return [
        ...must(communities.has(code.slice(0, 12)), 'grids.json', path, 'gridNowhere', { code }),
        ...must(drawn.has(code), 'grids.json', path, 'gridUndrawn', { code }),
      ]
    }),
    ...shapes.flatMap(({ code }, i) =>
      must(known.has(code), 'grids.geojson', ['features', i], 'outlineOfNone', { code }),
    ),
  ]
}

function countFaults(files: Files): Fault[] {
  const { basicGrids, exclusiveGrids } = files['district.json'].settings
  const count = (kind: 'basic' | 'exclusive', promised: number) => {
    const found = files['grids.json'].grids.filter(grid => grid.kind === kind).length
    return must(found === promised, 'grids.json', ['grids'], `${kind}Count`, { found, promised })
  }
  return [...count('basic', basicGrids), ...count('exclusive', exclusiveGrids)]
}

function estateFaults(files: Files): Fault[] {
  const communities = communityCodes(files)
  return files['estates.json'].estates.flatMap(({ community }, i) =>
    must(communities.has(community), 'estates.json', ['estates', i, 'community'], 'noCommunity', {
      code: community,
    }),
  )
}

/** Lists whose entries must differ in one field. */
const UNIQUE = [
  ['grids.json', 'grids', 'code'],
  ['departments.json', 'departments', 'code'],
  ['panels.json', 'panels', 'code'],
  ['categories.json', 'categories', 'key'],
  ['services.json', 'services', 'key'],
  ['canned.json', 'replies', 'key'],
  ['hotlines.json', 'hotlines', 'number'],
  ['staff.json', 'staff', 'login'],
  ['notices.json', 'notices', 'key'],
] as const

/** The same code or log-in twice. */
function doubles(files: Files): Fault[] {
  const units = files['units.json'].towns.flatMap(town => [town.code, ...town.communities.map(at => at.code)])
  return [
    ...repeated(units).map(i => ({
      file: 'units.json' as const,
      path: [],
      says: 'twice',
      with: { value: units[i]! },
    })),
    ...UNIQUE.flatMap(([file, list, field]) => {
      const entries = (files[file] as unknown as Record<string, Record<string, string>[]>)[list]!
      const values = entries.map(entry => entry[field]!)
      return repeated(values).map(i => ({
        file,
        path: [list, i, field],
        says: 'twice',
        with: { value: values[i]! },
      }))
    }),
  ]
}

/** Indexes of the values that stood earlier already. */
function repeated(values: readonly string[]): number[] {
  const first = new Map<string, number>()
  values.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i)
  })
  return values.flatMap((value, i) => (first.get(value) === i ? [] : [i]))
}

function routeFaults(files: Files): Fault[] {
  const served = new Set([
    ...files['panels.json'].panels.map(panel => `panel:${panel.name}`),
    ...files['departments.json'].departments.flatMap(at => at.serves.map(name => `dept:${name}`)),
  ])
  return files['categories.json'].categories.flatMap(({ route }, i) => {
    const path = ['categories', i, 'route']
    const holds = route === null || served.has(route)
    return must(holds, 'categories.json', path, 'unserved', { route: route ?? '' })
  })
}

function staffFaults(files: Files): Fault[] {
  const units = unitCodes(files)
  return files['staff.json'].staff.flatMap(({ unit, also = [] }, i) => [
    ...must(units.has(unit), 'staff.json', ['staff', i, 'unit'], 'noUnit', { code: unit }),
    ...also.flatMap((role, at) =>
      must(units.has(role.unit), 'staff.json', ['staff', i, 'also', at, 'unit'], 'noUnit', {
        code: role.unit,
      }),
    ),
  ])
}

/** A line may be answered by a unit of the district, and by one alone. */
function lineFaults(files: Files): Fault[] {
  const units = unitCodes(files)
  const { hotlines } = files['hotlines.json']
  const answered = hotlines.findIndex(({ unit }) => unit !== undefined)
  return hotlines.flatMap(({ unit }, i) => [
    ...must(!unit || units.has(unit), 'hotlines.json', ['hotlines', i, 'unit'], 'noUnit', {
      code: unit ?? '',
    }),
    ...must(!unit || i === answered, 'hotlines.json', ['hotlines', i, 'unit'], 'oneLine'),
  ])
}

function rosterFaults(files: Files): Fault[] {
  const file = 'roster.json'
  const units = unitCodes(files)
  const logins = new Set(files['staff.json'].staff.map(who => who.login))
  return files[file].shifts.flatMap((shift, i) => [
    ...must(units.has(shift.unit), file, ['shifts', i, 'unit'], 'noUnit', { code: shift.unit }),
    ...(['person', 'deputy', 'leader'] as const).flatMap(who =>
      must(logins.has(shift[who]), file, ['shifts', i, who], 'noLogin', { login: shift[who] }),
    ),
  ])
}

function departmentFaults(files: Files): Fault[] {
  const codes = new Set(files['departments.json'].departments.map(at => at.code))
  const known = (code: string, file: FileName, path: Fault['path']) =>
    must(codes.has(code), file, path, 'noDepartment', { code })
  return [
    ...files['services.json'].services.flatMap(({ department }, i) =>
      known(department, 'services.json', ['services', i, 'department']),
    ),
    ...files['whistle.json'].categories.flatMap(({ items }, c) =>
      items.flatMap(({ departments }, i) =>
        departments.flatMap((code, d) =>
          known(code, 'whistle.json', ['categories', c, 'items', i, 'departments', d]),
        ),
      ),
    ),
  ]
}

/** Opening times of hotlines and panels that end before they begin, or that no day of the week has. */
function openingFaults(files: Files): Fault[] {
  const told = (
    file: FileName,
    path: Fault['path'],
    times: readonly { from: string; to: string; weekdays: readonly number[] }[],
  ) =>
    times.flatMap(({ from, to, weekdays }, i) => [
      ...must(from < to, file, [...path, i], 'hoursBackward', { from, to }),
      ...must(weekdays.length > 0, file, [...path, i, 'weekdays'], 'noWeekday'),
    ])
  return [
    ...files['hotlines.json'].hotlines.flatMap(({ open }, i) =>
      Array.isArray(open) ? told('hotlines.json', ['hotlines', i, 'open'], open) : [],
    ),
    ...files['panels.json'].panels.flatMap(({ hours }, i) =>
      told('panels.json', ['panels', i, 'hours'], hours),
    ),
  ]
}

/** Lists of the guide that say more in one language than in the other, dates that are none, and the named errands not first. */
function guideFaults(files: Files): Fault[] {
  const file = 'services.json'
  const { services } = files[file]
  const named = services.filter(({ source }) => source === 'report').length
  return services.flatMap((errand, i) => [
    ...(['bring', 'steps'] as const).flatMap(field =>
      must(
        errand[field].length === errand[`${field}En`].length,
        file,
        ['services', i, `${field}En`],
        'unevenLists',
        { field, english: `${field}En`, key: errand.key },
      ),
    ),
    ...must(errand.source === 'example' || i < named, file, ['services', i, 'source'], 'reportFirst', {
      key: errand.key,
    }),
    ...must(
      errand.checked === undefined || isDate(errand.checked),
      file,
      ['services', i, 'checked'],
      'noDate',
      { day: errand.checked ?? '' },
    ),
  ])
}

const communityCodes = (files: Files) =>
  new Set(files['units.json'].towns.flatMap(town => town.communities.map(at => at.code)))

const unitCodes = (files: Files) =>
  new Set([
    files['district.json'].code,
    ...files['units.json'].towns.map(town => town.code),
    ...communityCodes(files),
    ...files['grids.json'].grids.map(grid => grid.code),
    ...files['departments.json'].departments.map(at => at.code),
    ...files['panels.json'].panels.map(panel => panel.code),
  ])
