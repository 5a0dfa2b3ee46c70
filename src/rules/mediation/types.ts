import type { DeadlineKind } from '../cases/types.ts'
import type { NoticeKey } from '../notices/table.ts'

/** The words of a mediation 调解: panels by the law they work by, states, verbs, sides, and what may come of it. */

/** The eight panels; six bring two sides together, `youth` and `mind` help one person. */
export const PANEL_KEYS = [
  'property',
  'traffic',
  'medical',
  'labour',
  'environment',
  'family',
  'youth',
  'mind',
] as const
export type PanelKey = (typeof PANEL_KEYS)[number]

/** 申请人, 被申请人. */
export const SIDES = ['applicant', 'other'] as const
export type Side = (typeof SIDES)[number]
export const otherSide = (side: Side): Side => (side === 'applicant' ? 'other' : 'applicant')

/**
 * Where a mediation stands (facts: 申请 → 受理 → 征求意愿 → 约期 → 调解中 → 达成 → 履行 → 回访 → 归档). The ends: `closed` agreed, performed or
 * not, visited and filed; `refused` 不予受理; `referred` 转介; `noConsent` the other side refused or kept silent (人民调解法 17);
 * `failed` 终止, also deemed so at the end of the legal limit; `withdrawn`.
 */
export const MEDIATION_STATES = [
  'applied',
  'inviting',
  'booking',
  'booked',
  'inSession',
  'performing',
  'closed',
  'refused',
  'referred',
  'noConsent',
  'failed',
  'withdrawn',
] as const
export type MediationState = (typeof MEDIATION_STATES)[number]

/** What can be done to a mediation. */
export const MEDIATION_VERBS = [
  'clear',
  'admit',
  'decline',
  'refer',
  'invite',
  'consent',
  'rebuff',
  'silence',
  'assign',
  'recuse',
  'wish',
  'mark',
  'book',
  'rebook',
  'unbook',
  'noShow',
  'begin',
  'adjourn',
  'appraise',
  'appraised',
  'longer',
  'prolong',
  'agree',
  'agreeOrally',
  'fail',
  'lapse',
  'stop',
  'seekCourt',
  'courtSays',
  'keep',
  'breach',
  'visit',
  'pullOut',
  'comment',
] as const
export type MediationVerb = (typeof MEDIATION_VERBS)[number]

/** Where a mediation may be sent instead (facts 2.4); the words of each tell the address. */
export const ROUTES = [
  'police',
  'court',
  'arbitration',
  'authority',
  'health',
  'legalAid',
  'protection',
  'psychology',
  'enforcement',
  'paymentOrder',
  'again',
] as const
export type RouteKey = (typeof ROUTES)[number]

/** The clocks of a mediation. */
export type MediationClock = Extract<
  DeadlineKind,
  'admit' | 'reply' | 'conclude' | 'confirm' | 'perform' | 'visit'
>

/** What a form of a verb must hold. `routes` is a list of `RouteKey`, the rest words, dates, or yes; `word` is what both sides said to the panel, and how. */
export type MediationNeed =
  | 'reason'
  | 'routes'
  | 'to'
  | 'told'
  | 'mediator'
  | 'marks'
  | 'slot'
  | 'record'
  | 'newDue'
  | 'agreement'
  | 'promise'
  | 'court'
  | 'visited'
  | 'text'
  | 'onPaper'
  | 'word'

export type MediationNotice = Extract<NoticeKey, `side.${string}` | `panel.${string}` | `mediator.${string}`>
