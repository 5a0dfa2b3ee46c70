import type { Calendar } from '../rules/calendar/working-time.ts'
import type { GridShape } from '../rules/place.ts'
import type { HelpDesk } from './desks.ts'
import type { Flow } from './flow.ts'
import { type Errand, type NamedErrand, namedErrands } from './guide.ts'
import { flows } from './index.ts'
import { mediationOf } from './mediation.ts'
import type { PanelName } from './panel.ts'
import { type Gazetteer, type GazetteerData, makeGazetteer } from './place.ts'
import type { FlowName } from './talk.ts'
import type { Model } from './understand/model.ts'
import type { Resources } from './understand/understand.ts'

/** A telephone line of the district; `hours` only when it is not open all day. */
export interface Hotline {
  number: string
  label: string
  hours?: string
  /** The same in English. */
  english?: { label: string; hours?: string }
}

/** Plain data of a district, as its configuration gives it. */
export interface BookData {
  /** `红山区` */
  district: string
  gazetteer: GazetteerData
  /** Outlines of the grids, so that a position finds its place. */
  shapes?: readonly GridShape[]
  hotlines: readonly Hotline[]
  /** Version of the privacy notice now in force, and where it can be read. */
  noticeVersion: string
  noticeUrl: string
  /** The service guide, and the page that shows it; each errand stands at `<guideUrl>/<key>`. */
  guide?: readonly Errand[]
  guideUrl?: string
  panels?: readonly PanelName[]
  /** Desks that help rather than mediate, and the calendar by which they are open. */
  desks?: readonly HelpDesk[]
  calendar?: Calendar
  /** Area code for bare local numbers, such as `0476`. */
  areaCode?: string
  /** The trained model; without it understanding goes by words alone. */
  model?: Model | null
  /** The coordinators' own words of worrying signs. */
  signs?: readonly string[]
  /** Only tests and a deploy in progress give other flows. */
  flows?: Readonly<Record<FlowName, Flow>>
}

/** Everything a turn may look at that does not change between turns. Built once at start. */
export interface Book {
  district: string
  gazetteer: Gazetteer
  shapes: readonly GridShape[]
  resources: Resources
  hotlines: ReadonlyMap<string, Hotline>
  noticeVersion: string
  noticeUrl: string
  guide: readonly NamedErrand[]
  guideUrl: string
  panels: readonly PanelName[]
  desks: readonly HelpDesk[]
  calendar?: Calendar
  areaCode: string
  signs: readonly string[]
  flows: Readonly<Record<FlowName, Flow>>
}

/** Makes the book from plain data; no I/O. */
export function makeBook(data: BookData): Book {
  const gazetteer = makeGazetteer(data.gazetteer, data.district)
  return {
    district: data.district,
    gazetteer,
    shapes: data.shapes ?? [],
    resources: { gazetteer, model: data.model ?? null },
    hotlines: new Map(data.hotlines.map(hotline => [hotline.number, hotline])),
    noticeVersion: data.noticeVersion,
    noticeUrl: data.noticeUrl,
    guide: namedErrands(data.guide ?? []),
    guideUrl: data.guideUrl ?? '/guide',
    panels: data.panels ?? [],
    desks: data.desks ?? [],
    ...(data.calendar ? { calendar: data.calendar } : {}),
    areaCode: data.areaCode ?? '',
    signs: data.signs ?? [],
    flows: data.flows ?? { ...flows, mediation: mediationOf(data.panels ?? []) },
  }
}
