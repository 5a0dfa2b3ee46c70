import type { NoticeKey } from '../notices/table.ts'
import type { Actor } from '../people/roles.ts'
import type { CaseTable, Step } from './decide.ts'
import type { CaseState, DeadlineKind, Verb } from './types.ts'

type Row = Pick<Step<CaseState>, 'from' | 'to' | 'by'> &
  Partial<Omit<Step<CaseState>, 'from' | 'to' | 'by' | 'tell'>> & { tell?: readonly NoticeKey[] }

/** Where a case is open and nobody has answered yet. */
const IN_HAND = ['received', 'assigned', 'working', 'redo'] as const
const OPEN = [...IN_HAND, 'answered'] as const
const TAKEN = ['assigned', 'working', 'redo'] as const

/** Whoever may hold an order and work on it. */
const CLERKS = [
  'townClerk',
  'communityClerk',
  'departmentClerk',
  'panelSecretary',
  'gridHead',
  'careCoordinator',
] as const
const DISTRICT = ['districtDispatcher', 'districtLeader'] as const
const DESK = [...CLERKS, ...DISTRICT] as const
const ALL_STAFF = [...DESK, 'gridWorker', 'mediator'] as const satisfies readonly Actor[]

const WORK: readonly DeadlineKind[] = ['contact', 'interim', 'answer', 'redo']
const ALL: readonly DeadlineKind[] = ['grab', 'sign', 'acknowledge', ...WORK, 'callBack', 'resume']

/** Whoever may have a part of the work. */
const HANDS = [...CLERKS, 'gridWorker'] as const

/** The way of a grievance 诉求. What its verbs do to orders is said in `orders.ts`. */
// biome-ignore format: a table
const ROWS: Record<Verb, Row> = {
  grab:         { from: ['received'],                        to: 'working',   by: ['townClerk'],                        tell: ['resident.taken', 'unit.grabbed'],        meets: ['grab'], drops: ['sign'] },
  dispatch:     { from: ['received', 'assigned'],            to: 'assigned',  by: ['districtDispatcher', 'clock'],      tell: ['resident.dispatched', 'unit.dispatched'],     starts: ['sign'], drops: ['grab', 'sign'], needs: ['unit'] },
  sign:         { from: ['assigned'],                        to: 'working',   by: CLERKS,                               tell: ['resident.taken'],                        meets: ['sign'] },
  acknowledge:  { from: IN_HAND,                             to: 'same',      by: ALL_STAFF,                            tell: ['resident.acknowledged'],                 meets: ['acknowledge'] },
  contact:      { from: TAKEN,                               to: 'same',      by: DESK,                                                                                  meets: ['contact'], needs: ['how', 'text'] },
  note:         { from: OPEN,                                to: 'same',      by: ALL_STAFF,                                                                             needs: ['text'], shown: false },
  message:      { from: IN_HAND,                             to: 'same',      by: DESK,                                 tell: ['resident.message'],                      meets: ['interim'], needs: ['text'] },
  answer:       { from: ['working', 'redo'],                 to: 'answered',  by: [...DESK, 'gridWorker'],              tell: ['resident.answered', 'follower.answered'],                     starts: ['callBack'], meets: WORK, drops: ['acknowledge', 'resume'], needs: ['result', 'facts', 'basis', 'ticks'] },
  refuse:       { from: ['received', 'assigned', 'working'], to: 'refused',   by: ['townClerk', 'departmentClerk', ...DISTRICT], tell: ['resident.refused', 'follower.closed'],             drops: ALL, needs: ['reason', 'rightChannel'] },
  askExtension: { from: ['working'],                         to: 'same',      by: CLERKS,                               tell: ['district.extension'],                    needs: ['reason', 'newDue'], shown: false },
  extend:       { from: ['working'],                         to: 'same',      by: DISTRICT,                             tell: ['resident.extended', 'unit.extended'],    needs: ['reason', 'newDue'] },
  rateSolved:   { from: ['answered'],                        to: 'closed',    by: ['resident', 'districtDispatcher'],   tell: ['resident.closed', 'follower.closed'],                       meets: ['callBack'], needs: ['satisfied'] },
  rateUnsolved: { from: ['answered'],                        to: 'redo',      by: ['resident', 'districtDispatcher'],   tell: ['resident.redo', 'unit.redo', 'follower.reopened'],            starts: ['redo'], meets: ['callBack'], needs: ['satisfied', 'reason'] },
  close:        { from: ['answered'],                        to: 'closed',    by: ['clock'],                            tell: ['resident.closedSilent', 'follower.closed'],                 drops: ['callBack'] },
  reopen:       { from: ['closed'],                          to: 'redo',      by: ['resident', ...DISTRICT],            tell: ['resident.reopened', 'unit.redo', 'follower.reopened'],        starts: ['redo'], needs: ['reason'] },
  withdraw:     { from: OPEN,                                to: 'withdrawn', by: ['resident'],                         tell: ['resident.withdrawn', 'unit.withdrawn', 'follower.closed'],  drops: ALL, needs: ['reason'] },
  add:          { from: OPEN,                                to: 'same',      by: ['resident'],                         tell: ['unit.added'],                            needs: ['text'] },
  split:        { from: ['working', 'redo'],                 to: 'same',      by: ['townClerk'],                        tell: ['resident.joined', 'unit.part'],          needs: ['below', 'task'] },
  joint:        { from: ['working', 'redo'],                 to: 'same',      by: ['townClerk'],                        tell: ['resident.joined', 'unit.part'],          needs: ['item', 'task'] },
  accept:       { from: ['working', 'redo'],                 to: 'same',      by: HANDS },
  report:       { from: ['working', 'redo'],                 to: 'same',      by: HANDS,                                tell: ['unit.reported'],                         needs: ['result'], shown: false },
  recall:       { from: ['working', 'redo'],                 to: 'same',      by: ['townClerk', ...DISTRICT],           tell: ['unit.recalled'],                         needs: ['part', 'grounds'], shown: false },
  object:       { from: TAKEN,                               to: 'same',      by: HANDS,                                tell: ['district.objection'],                    needs: ['grounds', 'proposal'], shown: false },
  uphold:       { from: ['assigned', 'working'],             to: 'assigned',  by: DISTRICT,                             tell: ['resident.passed', 'unit.dispatched', 'unit.upheld'], starts: ['sign'], drops: ['sign'], needs: ['unit', 'grounds'] },
  upholdPart:   { from: ['working', 'redo'],                 to: 'same',      by: DISTRICT,                             tell: ['resident.joined', 'unit.part', 'unit.upheld'], needs: ['objection', 'unit', 'grounds'] },
  overrule:     { from: TAKEN,                               to: 'same',      by: DISTRICT,                             tell: ['unit.overruled'],                        needs: ['objection', 'grounds'], shown: false },
  return:       { from: ['working', 'redo'],                 to: 'received',  by: ['townClerk'],                        tell: ['resident.returned', 'district.returned', 'unit.recalled'], needs: ['grounds'] },
  designate:    { from: ['received', 'redo'],                to: 'working',   by: DISTRICT,                             tell: ['resident.designated', 'unit.part'],      needs: ['leader', 'lead', 'units', 'task'] },
  classify:     { from: IN_HAND,                             to: 'same',      by: DESK,                                                                                  needs: ['class', 'grounds'], shown: false },
  correct:      { from: IN_HAND,                             to: 'same',      by: DESK,                                                                                  needs: ['points'], shown: false },
  hurry:        { from: IN_HAND,                             to: 'same',      by: ['resident'],                         tell: ['unit.hurried'] },
  askPause:     { from: ['working', 'redo'],                 to: 'same',      by: CLERKS,                               tell: ['district.pause'],                        needs: ['reason', 'plan', 'resumeBy'], shown: false },
  pause:        { from: ['working', 'redo'],                 to: 'same',      by: DISTRICT,                             tell: ['resident.paused', 'unit.paused'],        starts: ['resume'], needs: ['reason', 'plan', 'resumeBy'] },
  resume:       { from: IN_HAND,                             to: 'same',      by: [...DESK, 'clock'],                   tell: ['resident.resumed', 'unit.resumed'],      drops: ['resume'] },
  link:         { from: OPEN,                                to: 'same',      by: DESK,                                 tell: ['resident.linked'],                       needs: ['same'] },
  unlink:       { from: OPEN,                                to: 'same',      by: DESK,                                 tell: ['resident.unlinked'] },
  publish:      { from: [...OPEN, 'closed'],                 to: 'same',      by: DESK,                                 tell: ['follower.summary'],                      needs: ['summary'] },
  toMediation:  { from: OPEN,                                to: 'same',      by: DESK,                                 tell: ['resident.mediation'],                    needs: ['text'] },
}

const DEFAULTS = { tell: [], starts: [], meets: [], drops: [], needs: [], shown: true } as const

const filled = (row: Row): Step<CaseState> => ({ ...DEFAULTS, ...row })

export const grievance = Object.fromEntries(
  Object.entries(ROWS).map(([verb, row]) => [verb, filled(row)]),
) as unknown as CaseTable<CaseState, Verb>

/** Whom a new case is announced to, and the clocks it starts, before anybody has done anything. */
export const OPENING: { tell: readonly NoticeKey[]; starts: readonly DeadlineKind[] } = {
  tell: ['resident.received', 'unit.newCase'],
  starts: ['contact', 'interim', 'answer'],
}
