import { type Fault, type Files, must } from './district-checks.ts'
import type { FileName } from './district-schemas.ts'

/** What can be wrong in days off and office hours, the district's and those of single units. */
export function calendarFaults(files: Files): Fault[] {
  const file = 'calendar.json'
  const calendar = files[file]
  const { zone } = files['district.json']
  const real = (field: 'off' | 'on' | 'expected') =>
    calendar[field].flatMap((day, i) => must(isDate(day), file, [field, i], 'noDate', { day }))
  return [
    ...real('off'),
    ...real('on'),
    ...real('expected'),
    ...calendar.on.flatMap((day, i) =>
      must(!calendar.off.includes(day), file, ['on', i], 'offAndOn', { day }),
    ),
    ...must(calendar.frames.length > 0, file, ['frames'], 'noHours'),
    ...hoursFaults(file, [], calendar),
    ...officeFaults(files),
    ...must(calendar.zone === zone, file, ['zone'], 'otherZone', { zone }),
  ]
}

interface Hours {
  frames: readonly { from: string; to: string }[]
  periods?:
    | readonly { from: string; to: string; frames: readonly { from: string; to: string }[] }[]
    | undefined
}

/** Frames that end before they begin or run into one another, and seasons on days that are none. */
function hoursFaults(file: FileName, path: Fault['path'], { frames, periods }: Hours): Fault[] {
  const inOrder = (of: Hours['frames'], at: Fault['path']) =>
    of.flatMap(({ from, to }, i) => [
      ...must(from < to, file, [...at, i], 'officeBackward', { from, to }),
      ...must(i === 0 || of[i - 1]!.to <= from, file, [...at, i], 'overlap', { from }),
    ])
  return [
    ...inOrder(frames, [...path, 'frames']),
    ...(periods ?? []).flatMap((season, i) => [
      ...inOrder(season.frames, [...path, 'periods', i, 'frames']),
      ...[season.from, season.to].flatMap(day =>
        must(isDate(`2024-${day}`), file, [...path, 'periods', i], 'noDayOfYear', { day }),
      ),
    ]),
  ]
}

function officeFaults(files: Files): Fault[] {
  const own = (file: FileName, path: Fault['path'], office: Hours | undefined) =>
    office ? hoursFaults(file, [...path, 'office'], office) : []
  return [
    ...files['units.json'].towns.flatMap((town, t) => [
      ...own('units.json', ['towns', t], town.office),
      ...town.communities.flatMap((at, c) => own('units.json', ['towns', t, 'communities', c], at.office)),
    ]),
    ...files['departments.json'].departments.flatMap(({ office }, i) =>
      own('departments.json', ['departments', i], office),
    ),
    ...files['panels.json'].panels.flatMap(({ office }, i) => own('panels.json', ['panels', i], office)),
  ]
}

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function isDate(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}
