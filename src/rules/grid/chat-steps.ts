import type { StaffRole } from '../people/roles.ts'

/** Whose work reaches into the chat: those who have orders. What needs a second factor, or looks on alone, stays at the desk. */
export const CHAT_ROLES: readonly StaffRole[] = [
  'gridWorker',
  'gridHead',
  'communityClerk',
  'townClerk',
  'departmentClerk',
  'panelSecretary',
  'districtDispatcher',
]

/** Steps of the case table that a linked member of staff can do in the chat; all others are done at the desk. */
export const CHAT_VERBS = ['sign', 'accept', 'report', 'contact', 'object'] as const
export type ChatVerb = (typeof CHAT_VERBS)[number]
