import type { ChatVerb } from '../rules/grid/chat-steps.ts'
import type { Duty, DutyCounts } from '../rules/grid/duties.ts'
import type { CardRow, CaseClass, FileRef, PlaceAnswer } from './talk.ts'

/** What the talk knows of a member of staff whose chat is linked, and what it may ask to be done for them. */

/** A grid the member works in, by code and name. */
export interface OwnGrid {
  code: string
  name: string
}

/** An order of the member's unit: a part of a case, or a case it holds. One line a case. */
export interface MyOrder {
  code: string
  title: string
  /** `open` and `signed` of a part, else the state of the case held. */
  state: 'open' | 'signed' | 'assigned' | 'working' | 'redo'
  /** ISO instant by which the unit owes it. */
  due?: string
  /** What the holder asked for, or the matter itself, masked. */
  what: string
  /** Masked as on the desk. */
  place?: string
  steps: readonly ChatVerb[]
  /** Whom an objection may propose instead. */
  proposals: readonly OwnGrid[]
}

/** A linked member of staff, as far as a turn of talk needs to know. */
export interface StaffFacts {
  /** Has a view of their own grids. */
  head: boolean
  grids: readonly OwnGrid[]
  orders: { total: number; list: readonly MyOrder[] }
  counts: { day: DutyCounts; week: DutyCounts }
}

/** A report of a patrol 巡查上报. */
export interface ReportAnswers {
  what: string
  title: string
  category: string
  route: string | null
  class: CaseClass
  points: readonly string[]
  place: PlaceAnswer
  files: readonly FileRef[]
  grid: string
  /** The duty it came of. */
  duty: Duty
  /** Settled on the spot: what was done, with pictures of the result. */
  settled: { result: string; files: readonly FileRef[] } | null
}

/** One act of a duty; `span` is that of a report on work. */
export interface RecordAnswers {
  duty: Duty
  grid: string
  what: string
  where: string
  files: readonly FileRef[]
  span?: 'day' | 'week'
}

/** What a linked member asks to be done; each is answered in the transaction of the message. */
export type GridCommand =
  | { do: 'linkChat'; with: { code: string } }
  | { do: 'unlinkChat' }
  | { do: 'showGrid' }
  /** The step is one for the desk. */
  | { do: 'showDesk'; with: { code: string } }
  | { do: 'fileReport'; with: ReportAnswers }
  | { do: 'keepRecord'; with: RecordAnswers }
  | {
      do: 'staffStep'
      with: {
        code: string
        verb: ChatVerb
        form: Readonly<Record<string, string>>
        files: readonly FileRef[]
      }
    }

/** Which grid a place lies in: the worker's own, unless the words name another community. */
export function inGrid(place: PlaceAnswer, grid: string): PlaceAnswer {
  const elsewhere =
    place.gridCode ?? [place.communityCode, place.townCode].find(code => code && !grid.startsWith(code))
  return elsewhere
    ? place
    : { ...place, gridCode: grid, communityCode: grid.slice(0, 12), townCode: grid.slice(0, 9) }
}

/** Today's and this week's count of a duty as a row of a card. */
export const countRow = (duty: Duty, counts: StaffFacts['counts']): CardRow => ({
  key: `did.${duty}`,
  label: 'value.dutyCount',
  value: `${counts.day[duty] ?? 0} / ${counts.week[duty] ?? 0}`,
})
