import { drawnLate } from '../late.ts'

/** Reading aloud, fetched where it is offered. */
export const ReadAloud = drawnLate('.read', () => import('./read-aloud.vue'))

/** The quick way out, fetched where somebody seeks help. */
export const QuickExit = drawnLate('.exit', () => import('./quick-exit.vue'))
