import { drawnLate } from '../late.ts'

/** Reading aloud, fetched where it is offered. */
export const ReadAloud = drawnLate('.read', () => import('./read-aloud.vue'))
