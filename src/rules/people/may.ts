import { decide, openSteps } from '../cases/decide.ts'
import { grievance } from '../cases/grievance.ts'
import { inHand, ORDERS, type OrderFact, type OrderVerb, openParts, ordersFor } from '../cases/orders.ts'
import type { CaseKind, CaseState, Need, Verb } from '../cases/types.ts'
import { decideMediation } from '../mediation/table.ts'
import type { MediationState, MediationVerb } from '../mediation/types.ts'
import type { StaffRole } from './roles.ts'

/** A member of staff as far as rights go. `path` is the way down to the unit: `150402/150402010/150402010003`. */
export interface Member {
  id: string
  role: StaffRole
  unit: string
  path: string
}

/** A case as far as rights go. Paths are unit paths. */
export interface CaseForRights {
  kind: CaseKind
  state: CaseState
  holderUnit: string
  /** Path of the unit that holds it. */
  holderPath: string
  /** Path of where it lies; null while the place is unknown. */
  placePath: string | null
  /** Units with an order on it, open or done. */
  orderUnits: readonly string[]
  /** Its orders, oldest first; left out means: none but the holder's. */
  orders?: readonly OrderFact[]
  /** The complainant asked not to be known to the unit complained of. */
  hidden: boolean
  /** The unit complained of, where there is one. */
  accusedUnit: string | null
  /** An accusation of officials 检举控告: the accused never see it (信访工作条例 30). */
  accusation: boolean
}

const within = (path: string | null, top: string) =>
  path !== null && (path === top || path.startsWith(`${top}/`))
const holds = (who: Member, at: CaseForRights) =>
  at.holderUnit === who.unit || within(at.holderPath, who.path)
const ordered = (who: Member, at: CaseForRights) => at.orderUnits.includes(who.unit)
const accused = (who: Member, at: CaseForRights) =>
  at.accusedUnit !== null && who.path.split('/').includes(at.accusedUnit)

type Sentence = (who: Member, at: CaseForRights) => boolean

const liesHere: Sentence = (who, at) => within(at.placePath, who.path) || holds(who, at) || ordered(who, at)
const hasIt: Sentence = (who, at) => holds(who, at) || ordered(who, at)
const always: Sentence = () => true
const never: Sentence = () => false

/** Which cases each role sees. An administrator keeps accounts and settings and sees no case (least privilege). */
const SEES: Readonly<Record<StaffRole, Sentence>> = {
  districtDispatcher: always,
  districtLeader: always,
  townClerk: liesHere,
  communityClerk: liesHere,
  gridHead: liesHere,
  gridWorker: liesHere,
  departmentClerk: hasIt,
  panelSecretary: hasIt,
  // What they mediate opens to them by its own sentences: `maySeeMediation`.
  mediator: never,
  careCoordinator: (who, at) => at.kind === 'hotline' || hasIt(who, at),
  childDirector: never,
  auditor: always,
  administrator: never,
}

/** Acting on a case asks more than seeing it. Verbs not named here are open to whoever has it in hand. */
const ACTS: Readonly<Partial<Record<Verb, Sentence>>> = {
  ...Object.fromEntries((Object.keys(ORDERS) as OrderVerb[]).map(verb => [verb, hasOrderFor(verb)])),
  // What is objected to waits for the district; what was returned waits for a leader.
  sign: (who, at) => handles(who, at) && inHand(at.orders ?? [])?.state !== 'objected',
  dispatch: (who, at) => handles(who, at) && isPlain(inHand(at.orders ?? [])),
  grab: (who, at) => within(at.placePath, who.path),
  // A grid worker answers what a grid reported and holds itself: settled on the spot. All else is answered by a desk.
  answer: (who, at) => handles(who, at) && (who.role !== 'gridWorker' || at.kind === 'gridReport'),
  // 转为调解: two sides of a quarrel are brought together; whoever must stay unknown, or accuses an official, is not.
  toMediation: (who, at) => handles(who, at) && at.kind === 'grievance' && !at.hidden && !at.accusation,
  note: always,
  acknowledge: always,
}

/** A verb on orders is open to whoever the table of orders gives an order for it. */
function hasOrderFor(verb: OrderVerb): Sentence {
  return (who, at) =>
    (ONLY[who.role] ?? always)(who, at) &&
    ordersFor(verb, at.orders ?? [], { unit: who.unit, holder: at.holderUnit, state: at.state }).length > 0
}

const isPlain = (order?: OrderFact) => order?.state !== 'objected' && order?.kind !== 'return'

/** Two cases are one matter only for whoever handles both. */
export const mayLink = (who: Member, own: CaseForRights, main: CaseForRights): boolean =>
  may(who, 'link', own) && may(who, 'link', main)

/** The district desk acts on every case; everyone else on what their unit holds. A part of the work gives its own verbs alone. */
const handles: Sentence = (who, at) =>
  who.role === 'districtDispatcher' || who.role === 'districtLeader' || (ONLY[who.role] ?? holds)(who, at)

/** A trained person answers calls for help in the hands of their own unit, and nothing else. */
const ONLY: Readonly<Partial<Record<StaffRole, Sentence>>> = {
  careCoordinator: (who, at) => at.kind === 'hotline' && at.holderUnit === who.unit,
}

/** Works on a part of it now. */
const hasPart: Sentence = (who, at) => openParts(at.orders ?? []).some(order => order.unit === who.unit)

/** May this person open this case at all? */
export function maySee(who: Member, at: CaseForRights): boolean {
  if (at.accusation && accused(who, at)) return false
  return SEES[who.role](who, at)
}

/** May this person do this to this case now? Role and state by the case table, hand and place by the sentences above. A mediation has its own. */
export function may(who: Member, verb: Verb, at: CaseForRights): boolean {
  if (at.kind === 'mediation' || !maySee(who, at)) return false
  if (!decide(grievance, at.state, verb, who.role).ok) return false
  return (ACTS[verb] ?? handles)(who, at)
}

/** What a mediation adds to a case as far as rights go. */
export interface MediationForRights extends CaseForRights {
  /** Whose it is. */
  mediatorId: string | null
  /** Mediators who may not have it. */
  recused: readonly string[]
}

/**
 * May this member of staff do this to a mediation? Its panel's secretary and the district desk keep the way; only the mediator it was
 * given to mediates it, and one who was recused neither acts on it nor opens it (人民调解法 15; facts 2.1).
 */
export function mayMediate(who: Member, verb: MediationVerb, at: MediationForRights): boolean {
  if (!maySeeMediation(who, at)) return false
  if (!decideMediation(at.state as unknown as MediationState, verb, who.role).ok) return false
  return who.role !== 'mediator' || at.mediatorId === who.id
}

/** May this member of staff open a mediation at all? What a side told the mediator opens to fewer: `mayHearSides`. */
export function maySeeMediation(who: Member, at: MediationForRights): boolean {
  if (at.recused.includes(who.id)) return false
  if (who.role === 'mediator') return at.mediatorId === who.id || (at.mediatorId === null && holds(who, at))
  return maySee(who, at)
}

/** Time of a panel's mediators and rooms is closed and opened again by its secretary and the district desk. */
export const mayCloseTime = (who: Member, panel: string): boolean =>
  who.role === 'districtDispatcher' || (who.role === 'panelSecretary' && who.unit === panel)

/** The private words of the sides, and the safety answer: for the panel's secretary and its own mediator, nobody above or beside them. */
export const mayHearSides = (who: Member, at: MediationForRights): boolean =>
  maySeeMediation(who, at) &&
  (who.role === 'panelSecretary' ? holds(who, at) : who.role === 'mediator' && at.mediatorId === who.id)

/** The steps this person may do now, with what each form must ask; sent with the case, so only working buttons show. */
export function stepsFor(who: Member, at: CaseForRights): { verb: Verb; needs: readonly Need[] }[] {
  return openSteps(grievance, at.state, who.role).filter(({ verb }) => may(who, verb, at))
}

/**
 * How the complainant appears: `masked` (the rule; clear values open one by one with a logged reason) or `hidden`
 * (nothing at all) for the unit complained of when the complainant asked for it, and for whoever may not see the case.
 */
export function complainantShown(who: Member, at: CaseForRights): 'masked' | 'hidden' {
  return maySee(who, at) && !(at.hidden && accused(who, at)) ? 'masked' : 'hidden'
}

/** May a masked value be opened, with a reason that is logged? Only by those who work on the case. */
export function mayReveal(who: Member, at: CaseForRights): boolean {
  if (!maySee(who, at) || who.role === 'auditor') return false
  if (at.hidden && accused(who, at)) return false
  return handles(who, at) || hasPart(who, at)
}

/** What is not about one case. */
export type Office =
  | 'keepAccounts'
  | 'changeSettings'
  | 'readAudit'
  | 'reviewCare'
  | 'seeBoard'
  | 'takeOverTalk'
  | 'clearNotices'
  | 'seeAssessment'
  | 'seeGrids'
  | 'seeMediations'
  | 'seeCare'
  | 'keepCalendar'
  | 'seeLearning'
  | 'teach'

const OFFICES: Readonly<Record<Office, readonly StaffRole[]>> = {
  keepAccounts: ['administrator'],
  changeSettings: ['administrator'],
  readAudit: ['auditor', 'districtLeader'],
  reviewCare: ['auditor'],
  seeBoard: ['districtLeader', 'districtDispatcher', 'townClerk', 'departmentClerk', 'auditor'],
  takeOverTalk: ['districtDispatcher', 'townClerk', 'communityClerk', 'careCoordinator'],
  clearNotices: ['districtDispatcher', 'townClerk', 'departmentClerk', 'panelSecretary', 'careCoordinator'],
  seeGrids: ['gridHead', 'gridWorker', 'communityClerk', 'townClerk', 'districtDispatcher', 'districtLeader'],
  seeAssessment: [
    'districtDispatcher',
    'districtLeader',
    'townClerk',
    'communityClerk',
    'gridHead',
    'departmentClerk',
    'panelSecretary',
    'auditor',
  ],
  seeMediations: ['panelSecretary', 'mediator', 'districtDispatcher', 'districtLeader', 'auditor'],
  keepCalendar: ['panelSecretary', 'mediator'],
  seeLearning: ['districtDispatcher', 'districtLeader', 'auditor'],
  // Examples come from matters of the whole district: whoever dispatches them all knows where each belongs.
  teach: ['districtDispatcher'],
  seeCare: ['careCoordinator', 'childDirector'],
}

/** May this role do something that is not about one case? */
export const mayOffice = (role: StaffRole, office: Office): boolean => OFFICES[office].includes(role)

/** Records of grid work are read in one's own unit and below it, nowhere else. */
export const mayReadGrids = (who: Member, unitPath: string): boolean =>
  mayOffice(who.role, 'seeGrids') && within(unitPath, who.path)

/** What of the board this person looks at: all of the district, or the way down to their own unit; null for who has no board. */
export function boardOf(who: Member): 'all' | { path: string } | null {
  if (!mayOffice(who.role, 'seeBoard')) return null
  return SEES[who.role] === always ? 'all' : { path: who.path }
}

/** Whose assessments this person reads: the district and the auditor all, others those of their own unit and what lies below it. */
export function mayReadAssessment(who: Member, unitPath: string): boolean {
  if (!mayOffice(who.role, 'seeAssessment')) return false
  return SEES[who.role] === always || within(unitPath, who.path)
}

const isDistrict = (who: Member) => who.role === 'districtDispatcher' || who.role === 'districtLeader'

/** The district puts an assessment right 复核, but never the one of its own unit. */
export const mayReview = (who: Member, assessedUnit: string): boolean =>
  isDistrict(who) && who.unit !== assessedUnit

/**
 * Only the unit assessed asks for a review 申请复核, by those who read its assessments; an auditor looks on. The district has nobody
 * above it here who could decide: its own stand as computed.
 */
export const mayAskReview = (who: Member, assessedUnit: string): boolean =>
  who.unit === assessedUnit &&
  !isDistrict(who) &&
  who.role !== 'auditor' &&
  mayOffice(who.role, 'seeAssessment')
/** What is done with children in care. A volunteer sees their own children in the talk alone and has no account here. */
export type CareVerb = 'seeCare' | 'coordinate' | 'openChild' | 'openInEmergency' | 'reviewReadings'

type CareSentence = (who: Member, area: string) => boolean
const inArea: CareSentence = (who, area) => within(area, who.path)

/**
 * Need to know, and nobody else: the coordinator of the area, the child director of the village, and in an emergency whoever answers for
 * danger there. Administrators keep accounts and never open a child; the auditor reads who opened what, not what they read
 * (未成年人网络保护条例 36).
 */
const CARES: Readonly<Record<CareVerb, Readonly<Partial<Record<StaffRole, CareSentence>>>>> = {
  seeCare: { careCoordinator: inArea, childDirector: inArea },
  coordinate: { careCoordinator: inArea },
  openChild: { careCoordinator: inArea, childDirector: inArea },
  openInEmergency: { districtDispatcher: inArea, districtLeader: inArea, townClerk: inArea },
  reviewReadings: { auditor: inArea },
}

/** May this person do this in the care of children of an area (path of its unit)? */
export const mayCare = (who: Member, verb: CareVerb, area: string): boolean =>
  CARES[verb][who.role]?.(who, area) ?? false
