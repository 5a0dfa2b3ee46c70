import { escalateAlerts } from '../../actions/alerts.ts'
import type { House } from '../../actions/house.ts'
import { dropOldTries } from '../../store/attempts.ts'
import { closeAnswered, dispatchUngrabbed, remindOffices } from './cases.ts'
import { checkInvariant } from './invariant.ts'
import { sweepFiles } from './sweep-files.ts'

/** One line of the timetable. A job asks "who is due now", never "since the last run": a machine that slept catches up. */
export interface Job {
  name: string
  /** node-cron, with seconds first where six fields stand; in the district's zone. */
  when: string
  run(house: House): Promise<number>
}

export const JOBS: readonly Job[] = [
  { name: 'escalate-alerts', when: '*/10 * * * * *', run: escalateAlerts },
  { name: 'dispatch-ungrabbed', when: '*/20 * * * * *', run: dispatchUngrabbed },
  { name: 'remind-offices', when: '*/2 * * * *', run: remindOffices },
  { name: 'close-answered', when: '*/10 * * * *', run: closeAnswered },
  {
    name: 'drop-old-tries',
    when: '23 4 * * *',
    run: house => house.store.write(tx => dropOldTries(tx, house.now())),
  },
  { name: 'sweep-files', when: '41 3 * * *', run: sweepFiles },
  { name: 'check-invariant', when: '7 * * * *', run: checkInvariant },
]
