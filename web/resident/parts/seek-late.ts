import { drawnLate } from '../late.ts'

/** The way to a call for help, with words of its own. */
export const SeekHelp = drawnLate('.seek', () => import('./seek-help.vue'))
