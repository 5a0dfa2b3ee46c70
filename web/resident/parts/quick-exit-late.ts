import { drawnLate } from '../late.ts'

/** The quick way out, fetched where somebody seeks help. */
export const QuickExit = drawnLate('.quick', () => import('./quick-exit.vue'), 'quick')
