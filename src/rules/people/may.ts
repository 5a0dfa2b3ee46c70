import { decide, openSteps } from '../cases/decide.ts'
import { grievance } from '../cases/grievance.ts'
import { inHand, ORDERS, type OrderFact, type OrderVerb, openParts, ordersFor } from '../cases/orders.ts'
import type { CaseKind, CaseState, Need, Verb } from '../cases/types.ts'
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
  mediator: (who, at) => at.kind === 'mediation' && hasIt(who, at),
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
  note: always,
  acknowledge: always,
}

/** A verb on orders is open to whoever the table of orders gives an order for it. */
function hasOrderFor(verb: OrderVerb): Sentence {
  return (who, at) =>
    ordersFor(verb, at.orders ?? [], { unit: who.unit, holder: at.holderUnit, state: at.state }).length > 0
}

const isPlain = (order?: OrderFact) => order?.state !== 'objected' && order?.kind !== 'return'

/** The district desk acts on every case; everyone else on what their unit holds. A part of the work gives its own verbs alone. */
const handles: Sentence = (who, at) =>
  who.role === 'districtDispatcher' || who.role === 'districtLeader' || holds(who, at)

/** Works on a part of it now. */
const hasPart: Sentence = (who, at) => openParts(at.orders ?? []).some(order => order.unit === who.unit)

/** May this person open this case at all? */
export function maySee(who: Member, at: CaseForRights): boolean {
  if (at.accusation && accused(who, at)) return false
  return SEES[who.role](who, at)
}

/** May this person do this to this case now? Role and state by the case table, hand and place by the sentences above. */
export function may(who: Member, verb: Verb, at: CaseForRights): boolean {
  if (!maySee(who, at)) return false
  if (!decide(grievance, at.state, verb, who.role).ok) return false
  return (ACTS[verb] ?? handles)(who, at)
}

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
  | 'seeBoard'
  | 'takeOverTalk'
  | 'clearNotices'

const OFFICES: Readonly<Record<Office, readonly StaffRole[]>> = {
  keepAccounts: ['administrator'],
  changeSettings: ['administrator'],
  readAudit: ['auditor'],
  seeBoard: ['districtLeader', 'districtDispatcher', 'townClerk', 'departmentClerk', 'auditor'],
  takeOverTalk: ['districtDispatcher', 'townClerk', 'communityClerk', 'careCoordinator'],
  clearNotices: ['districtDispatcher', 'townClerk', 'departmentClerk'],
}

/** May this role do something that is not about one case? */
export const mayOffice = (role: StaffRole, office: Office): boolean => OFFICES[office].includes(role)

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
