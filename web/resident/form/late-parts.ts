import { drawnLate, late, ready } from '../late.ts'

/** What the first question of a form can do without: fetched when shown, or ahead of that. */

export const FormPhotos = drawnLate('.photos', () => import('../parts/form-photos.vue'), 'files')
export const FormCheck = drawnLate('.check', () => import('../parts/form-check.vue'), 'check')
export const FormAfter = drawnLate('.after', () => import('../parts/form-after.vue'), 'check')
export const FormJoins = drawnLate('.joins', () => import('../parts/form-joins.vue'), 'follow')
export const FormEnding = drawnLate('.ending', () => import('../parts/form-ending.vue'))
export const FormAlarm = drawnLate('.alarm', () => import('../parts/form-alarm.vue'))
export const PlacePicker = late(() => import('../parts/place-picker.vue'), 'place')

const PARTS = [FormPhotos, FormCheck, FormAfter, FormEnding, FormAlarm]

/** What is fetched once there is time; photos left in a form before go on. */
export const AHEAD = [
  () => import('../files/uploads.ts').then(({ restore }) => restore()),
  ...[...PARTS, PlacePicker].map(part => () => ready(part)),
]

/** Milliseconds the answer to a step waits at most until it can be shown whole. */
const PATIENCE = 2_000

/** Resolves when whatever a step may lead to is here. On a bad line what is missing comes later. */
export const partsReady = (): Promise<unknown> =>
  Promise.race([Promise.all(PARTS.map(ready)), new Promise(done => setTimeout(done, PATIENCE))])
