/** Who works on cases. One role a log-in; what each may do is said in `may.ts`. */
export const STAFF_ROLES = [
  'districtDispatcher',
  'districtLeader',
  'townClerk',
  'communityClerk',
  'gridHead',
  'gridWorker',
  'departmentClerk',
  'panelSecretary',
  'mediator',
  'careCoordinator',
  'childDirector',
  'auditor',
  'administrator',
] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** Whoever does a verb: staff by role, the resident who raised the matter, a side of a mediation, or the clock (a job). */
export type Actor = StaffRole | 'resident' | 'applicant' | 'other' | 'clock'

/** Roles that reach much or silently: they log in with a second factor (等保 2.0 GB/T 22239, level 3). */
const PRIVILEGED: readonly StaffRole[] = ['administrator', 'districtLeader', 'auditor']

export const needsTotp = (role: StaffRole): boolean => PRIVILEGED.includes(role)
