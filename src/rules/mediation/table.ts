import type { DeadlineKind } from '../cases/types.ts'
import type { Actor } from '../people/roles.ts'
import type {
  MediationClock,
  MediationNeed,
  MediationNotice,
  MediationState,
  MediationVerb,
  RouteKey,
} from './types.ts'

/** One row: from where to where, by whom, who hears of it, which clocks it starts, keeps and ends, what its form asks. */
export interface MediationStep {
  from: readonly MediationState[]
  to: MediationState | 'same'
  by: readonly Actor[]
  tell: readonly MediationNotice[]
  starts: readonly MediationClock[]
  meets: readonly MediationClock[]
  drops: readonly DeadlineKind[]
  needs: readonly MediationNeed[]
  /** Needs that may be left out. */
  may: readonly MediationNeed[]
  /** False: the line is for the panel alone, and no side sees it. */
  shown: boolean
}

type Row = Pick<MediationStep, 'from' | 'to' | 'by'> & Partial<MediationStep>

const PANEL = ['panelSecretary', 'districtDispatcher'] as const
const TABLE = ['panelSecretary', 'mediator'] as const
const SIDES = ['applicant', 'other'] as const
/** Both sides are at the table, or on their way to it. */
const AGREED_TO_TALK = ['booking', 'booked', 'inSession'] as const
const BEFORE_END = ['applied', 'inviting', ...AGREED_TO_TALK] as const
const OPEN = [...BEFORE_END, 'performing'] as const
const ALL: readonly MediationClock[] = ['admit', 'reply', 'conclude', 'confirm', 'perform', 'visit']

/** The way of a mediation. Basis: 人民调解法 17, 23, 26–33; 75号令 22, 30; facts 2.1–2.4. */
// biome-ignore format: a table
const ROWS: Record<MediationVerb, Row> = {
  clear:       { from: ['applied'],                to: 'same',       by: PANEL,                                                                      needs: ['text'], shown: false },
  admit:       { from: ['applied'],                to: 'inviting',   by: PANEL,                 tell: ['side.admitted'],                             starts: ['reply', 'conclude'], meets: ['admit'], may: ['mediator'] },
  decline:     { from: ['applied', 'inviting'],    to: 'refused',    by: PANEL,                 tell: ['side.declined'],                             meets: ['admit'], drops: ALL, needs: ['reason', 'routes'] },
  refer:       { from: BEFORE_END,                 to: 'referred',   by: [...PANEL, 'mediator'], tell: ['side.referred'],                            meets: ['admit'], drops: ALL, needs: ['to', 'reason'] },
  invite:      { from: ['inviting'],               to: 'same',       by: PANEL,                                                                      shown: false },
  consent:     { from: ['inviting'],               to: 'booking',    by: ['other', ...PANEL],   tell: ['side.consented', 'panel.consented'],         meets: ['reply'], may: ['onPaper'] },
  rebuff:      { from: ['inviting'],               to: 'noConsent',  by: ['other', ...PANEL],   tell: ['side.rebuffed', 'panel.ended'],              meets: ['reply'], drops: ALL, may: ['text', 'onPaper'] },
  silence:     { from: ['inviting'],               to: 'noConsent',  by: ['clock'],             tell: ['side.silent', 'panel.ended'],                drops: ALL },
  assign:      { from: AGREED_TO_TALK,             to: 'same',       by: PANEL,                 tell: ['side.mediator', 'mediator.assigned'],        needs: ['mediator'] },
  recuse:      { from: AGREED_TO_TALK,             to: 'booking',    by: [...PANEL, 'mediator'], tell: ['side.recused', 'panel.recused'],            needs: ['reason'] },
  wish:        { from: ['booking', 'booked'],      to: 'same',       by: SIDES,                 tell: ['panel.wish'],                                needs: ['mediator'], may: ['text'], shown: false },
  mark:        { from: ['booking', 'booked'],      to: 'same',       by: SIDES,                                                                      needs: ['marks'], shown: false },
  book:        { from: ['booking'],                to: 'booked',     by: [...SIDES, ...PANEL],  tell: ['side.booked', 'mediator.booked'],            needs: ['slot'], may: ['word'] },
  rebook:      { from: ['booked'],                 to: 'same',       by: [...SIDES, ...PANEL],  tell: ['side.rebooked', 'mediator.booked'],          needs: ['slot'], may: ['word'] },
  unbook:      { from: ['booked'],                 to: 'booking',    by: [...SIDES, ...PANEL],  tell: ['side.unbooked', 'mediator.unbooked'],        may: ['reason'] },
  noShow:      { from: ['booked'],                 to: 'booking',    by: TABLE,                 tell: ['side.noShow'],                               needs: ['text'], shown: false },
  begin:       { from: ['booked'],                 to: 'inSession',  by: TABLE,                                                                      needs: ['told'] },
  adjourn:     { from: ['inSession'],              to: 'booking',    by: TABLE,                 tell: ['side.adjourned'],                            needs: ['record'] },
  appraise:    { from: AGREED_TO_TALK,             to: 'same',       by: TABLE,                 tell: ['side.appraisal'],                            needs: ['text'] },
  appraised:   { from: AGREED_TO_TALK,             to: 'same',       by: TABLE,                 tell: ['side.appraised'] },
  longer:      { from: AGREED_TO_TALK,             to: 'same',       by: SIDES,                 tell: ['panel.longer'],                              shown: false },
  prolong:     { from: AGREED_TO_TALK,             to: 'same',       by: TABLE,                 tell: ['side.prolonged'],                            needs: ['newDue'], may: ['onPaper'] },
  agree:       { from: ['inSession'],              to: 'performing', by: TABLE,                 tell: ['side.agreed'],                               starts: ['visit'], meets: ['conclude'], needs: ['record', 'agreement'] },
  agreeOrally: { from: ['inSession'],              to: 'performing', by: TABLE,                 tell: ['side.agreed'],                               starts: ['visit'], meets: ['conclude'], needs: ['record', 'agreement'] },
  fail:        { from: AGREED_TO_TALK,             to: 'failed',     by: TABLE,                 tell: ['side.failed'],                               drops: ALL, needs: ['reason', 'routes'], may: ['record'] },
  lapse:       { from: ['inviting', ...AGREED_TO_TALK], to: 'failed', by: ['clock'],            tell: ['side.lapsed', 'panel.ended'],                drops: ALL },
  stop:        { from: AGREED_TO_TALK,             to: 'failed',     by: SIDES,                 tell: ['side.stopped', 'panel.ended'],               drops: ALL, may: ['text'] },
  seekCourt:   { from: ['performing'],             to: 'same',       by: SIDES,                 tell: ['side.seeksCourt', 'panel.seeksCourt'] },
  courtSays:   { from: ['performing'],             to: 'same',       by: TABLE,                 tell: ['side.courtSays'],                            needs: ['court'] },
  keep:        { from: ['performing'],             to: 'same',       by: [...SIDES, ...TABLE],  tell: ['side.kept'],                                 needs: ['promise'] },
  breach:      { from: ['performing'],             to: 'same',       by: [...SIDES, ...TABLE],  tell: ['side.broken', 'panel.broken'],               needs: ['promise'], may: ['text'] },
  visit:       { from: ['performing'],             to: 'closed',     by: TABLE,                 tell: ['side.filed'],                                meets: ['visit'], drops: ALL, needs: ['visited'] },
  pullOut:     { from: BEFORE_END,                 to: 'withdrawn',  by: ['applicant'],         tell: ['side.pulledOut', 'panel.ended'],             drops: ALL, may: ['text'] },
  comment:     { from: OPEN,                       to: 'same',       by: [...PANEL, 'mediator'],                                                     needs: ['text'], shown: false },
}

const DEFAULTS = { tell: [], starts: [], meets: [], drops: [], needs: [], may: [], shown: true } as const

export const mediation = Object.fromEntries(
  Object.entries(ROWS).map(([verb, row]) => [verb, { ...DEFAULTS, ...row }]),
) as unknown as Readonly<Record<MediationVerb, MediationStep>>

export type MediationOutcome =
  | ({ ok: true; state: MediationState } & MediationStep)
  | { ok: false; why: 'notFromHere' | 'notYours' }

/** Decides what a verb does to a mediation. Pure. */
export function decideMediation(state: MediationState, verb: MediationVerb, role: Actor): MediationOutcome {
  const step = mediation[verb]
  if (!step.by.includes(role)) return { ok: false, why: 'notYours' }
  if (!step.from.includes(state)) return { ok: false, why: 'notFromHere' }
  return { ok: true, ...step, state: step.to === 'same' ? state : step.to }
}

/** The verbs open to a role now, with what each form asks. */
export const mediationSteps = (
  state: MediationState,
  role: Actor,
): { verb: MediationVerb; needs: readonly MediationNeed[]; may: readonly MediationNeed[] }[] =>
  (Object.keys(mediation) as MediationVerb[]).flatMap(verb => {
    const outcome = decideMediation(state, verb, role)
    return outcome.ok ? [{ verb, needs: outcome.needs, may: outcome.may }] : []
  })

/** The other roads a side is told of when mediation ends without agreement (人民调解法 3, 26): never blocked, never left out. */
export function routesAfter(
  panel: string,
  how: 'refused' | 'noConsent' | 'failed' | 'broken' | 'accepted',
  { confirmed = false, oral = false }: { confirmed?: boolean; oral?: boolean } = {},
): RouteKey[] {
  if (how === 'broken') {
    const pay: RouteKey[] = panel === 'labour' && !oral ? ['paymentOrder'] : []
    return confirmed ? ['enforcement'] : [...pay, 'again', 'court']
  }
  if (how === 'accepted') return panel === 'medical' ? ['health', 'court'] : ['court', 'authority']
  const own: Partial<Record<string, RouteKey[]>> = {
    labour: ['arbitration', 'authority', 'legalAid'],
    traffic: ['police', 'court', 'legalAid'],
    medical: ['health', 'court', 'legalAid'],
    environment: ['authority', 'court', 'legalAid'],
    property: ['authority', 'court', 'legalAid'],
    family: ['court', 'legalAid', 'protection'],
  }
  return own[panel] ?? ['court', 'legalAid']
}
