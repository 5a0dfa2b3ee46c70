import { escalateAlerts } from '../../actions/alerts.ts'
import { askAgain } from '../../actions/ask-again.ts'
import { assessEnded } from '../../actions/assess.ts'
import { tellKnowledge } from '../../actions/care/knowledge.ts'
import { remindCare } from '../../actions/care/remind.ts'
import { tellCareDesk } from '../../actions/care/tell-desk.ts'
import { tellDigests, tellLeaders } from '../../actions/digest.ts'
import { carryOut } from '../../actions/dispatch-many.ts'
import { passOffersOn } from '../../actions/earlier-meeting.ts'
import type { House } from '../../actions/house.ts'
import {
  remindMeetings,
  remindPromises,
  runMediationClocks,
  sweepHolds,
} from '../../actions/mediation-clock.ts'
import { redate } from '../../actions/redate.ts'
import { dropOldTries } from '../../store/attempts.ts'
import { bookHead, dropOldBook, sealBook, verifyBook } from './audit.ts'
import { closeAnswered, dispatchUngrabbed, remindOffices, resumePaused } from './cases.ts'
import { countPromptness, dropPushes } from './channels.ts'
import { checkInvariant } from './invariant.ts'
import { sweepFiles } from './sweep-files.ts'

/** One line of the timetable. A job asks "who is due now", never "since the last run": a machine that slept catches up. */
export interface Job {
  name: string
  /** node-cron, with seconds first where six fields stand; in the district's zone. */
  when: string
  run(house: House): Promise<number>
  /** Run once at start, in the order of the timetable: what fell due while the service was off happens first of all. */
  atStart?: true
  /** What is written into the log after a run of the timetable; nothing personal. */
  facts?(house: House): Promise<object>
}

export const JOBS: readonly Job[] = [
  { name: 'escalate-alerts', when: '*/10 * * * * *', run: escalateAlerts, atStart: true },
  { name: 'dispatch-many', when: '* * * * * *', run: carryOut, atStart: true },
  { name: 'dispatch-ungrabbed', when: '*/20 * * * * *', run: dispatchUngrabbed, atStart: true },
  { name: 'redate', when: '11 5 * * *', run: redate, atStart: true },
  { name: 'remind-offices', when: '*/2 * * * *', run: remindOffices, atStart: true },
  { name: 'resume-paused', when: '*/2 * * * *', run: resumePaused, atStart: true },
  { name: 'ask-again', when: '*/10 * * * *', run: askAgain, atStart: true },
  { name: 'close-answered', when: '*/10 * * * *', run: closeAnswered, atStart: true },
  { name: 'assess-ended', when: '31 2 * * *', run: assessEnded, atStart: true },
  { name: 'daily-digest', when: '*/5 * * * *', run: tellDigests, atStart: true },
  { name: 'leader-digest', when: '*/5 * * * *', run: tellLeaders, atStart: true },
  { name: 'end-holds', when: '*/30 * * * * *', run: sweepHolds, atStart: true },
  { name: 'pass-offers-on', when: '*/2 * * * *', run: passOffersOn, atStart: true },
  { name: 'remind-meetings', when: '*/5 * * * *', run: remindMeetings, atStart: true },
  { name: 'mediation-clocks', when: '*/5 * * * *', run: runMediationClocks, atStart: true },
  { name: 'remind-promises', when: '*/15 * * * *', run: remindPromises, atStart: true },
  { name: 'care-reminders', when: '*/10 * * * *', run: remindCare, atStart: true },
  { name: 'care-knowledge', when: '*/10 * * * *', run: tellKnowledge, atStart: true },
  { name: 'care-desk', when: '*/5 * * * *', run: tellCareDesk, atStart: true },
  {
    name: 'drop-old-tries',
    when: '23 4 * * *',
    run: house => house.store.write(tx => dropOldTries(tx, house.now())),
  },
  { name: 'count-promptness', when: '17 0 * * *', run: countPromptness, atStart: true },
  { name: 'drop-pushes', when: '27 4 * * *', run: dropPushes },
  { name: 'sweep-files', when: '41 3 * * *', run: sweepFiles },
  { name: 'seal-audit', when: '*/10 * * * * *', run: sealBook, atStart: true },
  { name: 'verify-audit', when: '37 1 * * *', run: verifyBook, facts: bookHead },
  { name: 'drop-old-audit', when: '53 3 * * *', run: dropOldBook },
  { name: 'check-invariant', when: '7 * * * *', run: checkInvariant },
]
