import addToCase from './add-to-case.ts'
import type { Flow } from './flow.ts'
import grievance from './grievance.ts'
import human from './human.ts'
import myData from './my-data.ts'
import rating from './rating.ts'
import status from './status.ts'
import type { FlowName } from './talk.ts'
import visit, { away } from './visit.ts'
import withdraw from './withdraw.ts'

/** Every conversation there is, by name. */
export const flows: Readonly<Record<FlowName, Flow>> = {
  grievance,
  status,
  addToCase,
  withdraw,
  rating,
  human,
  myData,
  visit,
  away,
}
