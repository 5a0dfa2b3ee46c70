// Duties and due reminders of many pairings with a year of visits each, on one core: `npm run bench -- care`.

import care from '../config/hongshan/care.json' with { type: 'json' }
import { owedBetween } from '../src/rules/care/calendar.ts'
import { addDays } from '../src/rules/care/dates.ts'
import { dutiesOf, type VisitFact } from '../src/rules/care/duties.ts'
import { remindersOn } from '../src/rules/care/reminders.ts'

const rules = care as unknown as Parameters<typeof owedBetween>[0]
const TODAY = '2026-12-28'
const KINDS = ['homeVisit', 'call', 'call', 'meeting', 'message', 'letter'] as const

/** About thirty contacts of a year: most of what is owed is done, some not. */
function yearOf(seed: number): VisitFact[] {
  return Array.from({ length: 30 }, (_, at) => ({
    id: `${seed}.${at}`,
    onDate: addDays('2026-01-01', (at * 12 + ((seed * 7 + at * 3) % 11)) % 362),
    kind: KINDS[(seed + at) % KINDS.length]!,
    done: (seed + at) % 9 !== 0,
    met: at % 3 === 0 ? ['guardian'] : at % 7 === 0 ? ['parent'] : ['child'],
    reported: at % 7 === 0,
  }))
}

function run(pairings: number) {
  const from = performance.now()
  const owed = owedBetween(rules, '2026-01-01', '2026-12-31')
  let duties = 0
  let reminders = 0
  let most = 0
  for (let seed = 0; seed < pairings; seed++) {
    const all = dutiesOf(owed, { startsOn: '2025-09-01', endsOn: null }, yearOf(seed))
    duties += all.length
    reminders += remindersOn(all, TODAY, { knownFrom: '2025-09-01', said: () => [] }).length
    if (seed % 5_000 === 0) most = Math.max(most, process.memoryUsage().rss)
  }
  const ms = Math.round(performance.now() - from)
  const mb = Math.round(Math.max(most, process.memoryUsage().rss) / 1_048_576)
  process.stdout.write(`  ${pairings} pairings: ${duties} duties, ${reminders} due now, ${ms} ms, ${mb} MB\n`)
}

process.stdout.write('care: duties and due reminders, 30 visits each\n')
run(1_000)
run(100_000)
