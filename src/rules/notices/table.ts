import { Temporal } from 'temporal-polyfill'

/** Ways a notice may go; a sender per channel stands in `notify/`. */
export type NoticeChannel =
  /** Customer-service message, while the person's window is open. */
  | 'wechat'
  | 'template'
  /** Subscription of the official account, and of the mini program. */
  | 'subscribe'
  | 'mini'
  | 'wechaty'
  | 'webPush'
  | 'web'
  | 'sms'
  | 'inbox'
  | 'wecom'

/**
 * To whom: the resident of the case, the neighbours who follow it, the clerks of the unit that holds it, of the units a part is passed to, of the unit whose order is
 * decided on, the district desk, or a person of the roster. Of a mediation: its sides, and its mediator. Of the care of children: the
 * volunteer, a parent away, and whoever coordinates or reviews it.
 */
export type NoticeTo =
  | 'resident'
  | 'follower'
  | 'unit'
  | 'passed'
  | 'asker'
  | 'district'
  | 'duty'
  | 'deputy'
  | 'leader'
  | 'side'
  /** The other party of a mediation who has not come yet: a phone alone. */
  | 'invited'
  | 'mediator'
  | 'volunteer'
  | 'parent'
  | 'coordinator'
  | 'auditor'

export interface NoticeRow {
  to: NoticeTo
  /** Urgent notices repeat after a crash rather than stay unknown. */
  urgent: boolean
  /** Tried in this order until one has taken it. */
  channels: readonly NoticeChannel[]
  /** Hours it is worth saying; after that it is given up and listed for staff. */
  worthHours: number
  /** Held back between 21:00 and 08:00. */
  quiet: boolean
}

const RESIDENT = ['wechat', 'template', 'subscribe', 'mini', 'wechaty', 'webPush', 'web', 'sms'] as const
/** What may be read at leisure is worth no text message. */
const CHAT = ['wechat', 'template', 'subscribe', 'mini', 'wechaty', 'webPush', 'web'] as const
const STAFF = ['wecom', 'inbox'] as const
const DUTY = ['wecom', 'sms', 'inbox'] as const

/** Everything the program says of itself outside a talk. What each event must contain: facts of 信访工作条例 18–35. */
// biome-ignore format: a table
export const NOTICES = {
  'resident.received':     { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: false },
  'resident.dispatched':   { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 48,  quiet: true },
  'resident.taken':        { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 48,  quiet: true },
  'resident.message':      { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: false },
  'resident.answered':     { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.askRating':    { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'resident.refused':      { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.extended':     { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.redo':         { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: false },
  'resident.reopened':     { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'resident.closed':       { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.closedSilent': { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.paused':       { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.resumed':      { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.redated':      { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.withdrawn':    { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: false },
  'resident.acknowledged': { to: 'resident', urgent: true,  channels: RESIDENT, worthHours: 4,   quiet: false },
  'resident.late':         { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'unit.newCase':          { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.dispatched':       { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.grabbed':          { to: 'unit',     urgent: false, channels: ['inbox'], worthHours: 8,  quiet: true },
  'unit.redo':             { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.added':            { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.hurried':          { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 48,  quiet: true },
  'unit.withdrawn':        { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.extended':         { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'resident.joined':       { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'resident.passed':       { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'resident.returned':     { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'resident.designated':   { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'resident.mediation':    { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.linked':       { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'resident.unlinked':     { to: 'resident', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'follower.summary':      { to: 'follower', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'follower.answered':     { to: 'follower', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'follower.closed':       { to: 'follower', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'follower.reopened':     { to: 'follower', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'unit.part':             { to: 'passed',   urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.reported':         { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.allReported':      { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.recalled':         { to: 'asker',    urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.upheld':           { to: 'asker',    urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.overruled':        { to: 'asker',    urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.partUrged':        { to: 'passed',   urgent: false, channels: STAFF,    worthHours: 24,  quiet: true },
  'unit.partSupervised':   { to: 'passed',   urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.objection':    { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.returned':     { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.paused':           { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.resumed':          { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.digest':           { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 9,   quiet: true },
  'unit.reviewed':         { to: 'asker',    urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.reviewKept':       { to: 'asker',    urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.reviewAsked':  { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'unit.urged':            { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 24,  quiet: true },
  'unit.supervised':       { to: 'unit',     urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.undecided':    { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.extension':    { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.pause':        { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.supervised':   { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'district.raised':       { to: 'district', urgent: false, channels: STAFF,    worthHours: 72,  quiet: true },
  'leader.digest':         { to: 'leader',   urgent: false, channels: STAFF,    worthHours: 33,  quiet: true },
  'volunteer.duty':       { to: 'volunteer', urgent: false, channels: RESIDENT, worthHours: 48,  quiet: true },
  'volunteer.cover':      { to: 'volunteer', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'volunteer.knowledge':  { to: 'volunteer', urgent: false, channels: CHAT,     worthHours: 96,  quiet: true },
  'volunteer.paired':      { to: 'volunteer', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'volunteer.unpaired':    { to: 'volunteer', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'volunteer.coverOver':   { to: 'volunteer', urgent: false, channels: RESIDENT, worthHours: 72,  quiet: true },
  'parent.letter':         { to: 'parent', urgent: false, channels: RESIDENT, worthHours: 336, quiet: true },
  'coordinator.letter':    { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 168, quiet: true },
  'coordinator.moved':     { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 168, quiet: true },
  'coordinator.relay':    { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 48,  quiet: true },
  'coordinator.duty':     { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 168, quiet: true },
  'coordinator.away':     { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 72,  quiet: true },
  'coordinator.check':    { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 168, quiet: true },
  'coordinator.keep':     { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 720, quiet: true },
  'coordinator.digest':   { to: 'coordinator', urgent: false, channels: STAFF,  worthHours: 33,  quiet: true },
  'coordinator.report':   { to: 'coordinator', urgent: true,  channels: DUTY,   worthHours: 24,  quiet: false },
  'auditor.review':       { to: 'auditor',   urgent: false, channels: STAFF,    worthHours: 336, quiet: true },
  'auditor.broken':       { to: 'auditor',   urgent: true,  channels: DUTY,     worthHours: 72,  quiet: false },
  'duty.danger':           { to: 'duty',     urgent: true,  channels: DUTY,     worthHours: 4,   quiet: false },
  'deputy.danger':         { to: 'deputy',   urgent: true,  channels: DUTY,     worthHours: 4,   quiet: false },
  'leader.danger':         { to: 'leader',   urgent: true,  channels: DUTY,     worthHours: 4,   quiet: false },
  'duty.channelOut':       { to: 'duty',     urgent: false, channels: STAFF,    worthHours: 12,  quiet: false },
  'duty.channelBack':      { to: 'duty',     urgent: false, channels: STAFF,    worthHours: 12,  quiet: false },
  'invited.mediation': { to: 'invited', urgent: false, channels: ['sms'], worthHours: 72, quiet: true },
  'side.admitted': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.consented': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.mediator': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.recused': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.booked': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.rebooked': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.unbooked': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.noShow': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.adjourned': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.appraisal': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.appraised': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.prolonged': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.seeksCourt': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.courtSays': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.kept': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.broken': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.declined': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.referred': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.rebuffed': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.silent': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.agreed': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.failed': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.lapsed': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.stopped': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.ended': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.filed': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.pulledOut': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.remindReply': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.whisper': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: false },
  'side.promiseSoon': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 72, quiet: true },
  'side.promisePassed': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'side.remind3days': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 48, quiet: true },
  'side.remind1day': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 20, quiet: true },
  'side.remind2hours': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 2, quiet: false },
  'side.earlier': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 2, quiet: false },
  'side.confirmSoon': { to: 'side', urgent: false, channels: RESIDENT, worthHours: 168, quiet: true },
  'panel.consented': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.ended': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.wish': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.longer': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.seeksCourt': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.broken': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.recused': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.whisper': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.newMediation': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.unopened': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'panel.wantsMove': { to: 'unit', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'mediator.assigned': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'mediator.booked': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'mediator.unbooked': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'mediator.whisper': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 72, quiet: true },
  'mediator.remind3days': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 48, quiet: true },
  'mediator.remind1day': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 20, quiet: true },
  'mediator.remind2hours': { to: 'mediator', urgent: false, channels: STAFF, worthHours: 2, quiet: false },
} as const satisfies Record<string, NoticeRow>

export type NoticeKey = keyof typeof NOTICES

const QUIET_FROM = Temporal.PlainTime.from('21:00')
const QUIET_TO = Temporal.PlainTime.from('08:00')

/** What was said of the minute asked for last: every notice of a turn asks the same, three times. */
let lately: { minute: string; zone: string; until: string | null } | undefined

/** When the quiet hours 21:00–08:00 of the zone end, as an ISO instant; null when it is not quiet now. Within a minute it is the same. */
export function quietUntil(nowISO: string, zone = 'Asia/Shanghai'): string | null {
  const minute = nowISO.slice(0, 'YYYY-MM-DDTHH:MM'.length)
  if (lately?.minute !== minute || lately.zone !== zone)
    lately = { minute, zone, until: endOfQuiet(nowISO, zone) }
  return lately.until
}

function endOfQuiet(nowISO: string, zone: string): string | null {
  const now = Temporal.Instant.from(nowISO).toZonedDateTimeISO(zone)
  const time = now.toPlainTime()
  const evening = Temporal.PlainTime.compare(time, QUIET_FROM) >= 0
  const morning = Temporal.PlainTime.compare(time, QUIET_TO) < 0
  if (!evening && !morning) return null
  const day = evening ? now.toPlainDate().add({ days: 1 }) : now.toPlainDate()
  return day
    .toZonedDateTime({ timeZone: zone, plainTime: QUIET_TO })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
}

/** The earliest moment a notice may leave: now, or the end of the quiet hours where the notice keeps them. */
export function sendAfter(key: NoticeKey, nowISO: string, zone = 'Asia/Shanghai'): string {
  return (NOTICES[key].quiet ? quietUntil(nowISO, zone) : null) ?? nowISO
}

/** Until when a notice is worth saying, counted from the moment it may leave. */
export function worthUntil(key: NoticeKey, nowISO: string, zone = 'Asia/Shanghai'): string {
  return Temporal.Instant.from(sendAfter(key, nowISO, zone))
    .add({ hours: NOTICES[key].worthHours })
    .toString({ fractionalSecondDigits: 3 })
}

/** Those that say what becomes of the promised date: once it has passed they have words of their own. */
export const DATED: readonly NoticeKey[] = ['resident.joined', 'resident.passed', 'resident.returned']
