import addToCase from './add-to-case.ts'
import duty from './duties.ts'
import type { Flow } from './flow.ts'
import grievance from './grievance.ts'
import help from './help.ts'
import human from './human.ts'
import letter from './letter.ts'
import { mediationOf } from './mediation.ts'
import myData from './my-data.ts'
import myOrders from './my-orders.ts'
import patrol from './patrol.ts'
import rating from './rating.ts'
import status from './status.ts'
import type { FlowName } from './talk.ts'
import visit, { away } from './visit.ts'
import withdraw from './withdraw.ts'

/** Every conversation there is, by name. */
export const flows: Readonly<Record<FlowName, Flow>> = {
  grievance,
  mediation: mediationOf([]),
  help,
  status,
  addToCase,
  withdraw,
  rating,
  human,
  myData,
  patrol,
  duty,
  myOrders,
  visit,
  away,
  letter,
}
