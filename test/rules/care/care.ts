import fc from 'fast-check'
import type { CareRules } from '../../../src/rules/care/calendar.ts'
import { addDays } from '../../../src/rules/care/dates.ts'
import { MET, type Met, VISIT_KINDS, type VisitFact, type VisitKind } from '../../../src/rules/care/duties.ts'

export const RULES: CareRules = {
  terms: [
    { key: 'springTerm', from: '03-01', to: '07-10' },
    { key: 'autumnTerm', from: '09-01', to: '01-10' },
  ],
  published: {},
  festivalBefore: 10,
  festivalAfter: 3,
  termReportBefore: 30,
}

let made = 0
/** A contact that came about. */
export const visit = (onDate: string, kind: VisitKind, ...met: Met[]): VisitFact => ({
  id: `v${++made}`,
  onDate,
  kind,
  met,
  done: true,
  reported: false,
})

const someVisit = fc.record({
  day: fc.integer({ min: 0, max: 364 }),
  kind: fc.constantFrom(...VISIT_KINDS),
  met: fc.subarray([...MET]),
  done: fc.boolean(),
  reported: fc.boolean(),
})

/** A year of whatever happened in 2026. */
export const someVisits: fc.Arbitrary<VisitFact[]> = fc
  .array(someVisit, { maxLength: 60 })
  .map(all =>
    all.map(({ day, ...rest }, at) => ({ id: `v${at}`, onDate: addDays('2026-01-01', day), ...rest })),
  )
