import { endOfDay } from '../../rules/calendar/day.ts'
import type { Label } from '../../rules/learning/labels.ts'
import { addAudit } from '../../store/audit.ts'
import { approvedBetween } from '../../store/learning.ts'
import type { House } from '../house.ts'
import { settledOf } from './decide.ts'

/** An approved example: masked words and the label a clerk gave them. */
export interface ApprovedLesson {
  text: string
  label: Label
}

/** Before and after every instant of the ledger. */
const [FIRST, LAST] = ['0', '9']

/**
 * Examples approved on the days from `from` to `to` (`YYYY-MM-DD` in the zone of the district, both counted; left out: from the first, to the last),
 * in the order of their approval. That they went out, and how many, stands in the audit. Nothing unapproved is among them.
 */
export async function approvedLessons(
  house: House,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<ApprovedLesson[]> {
  const { zone } = house.district
  const span = {
    from: from === undefined ? FIRST : endOfDay(`${from}T12:00:00Z`, zone, -1),
    to: to === undefined ? LAST : endOfDay(`${to}T12:00:00Z`, zone, 0),
  }
  const rows = await approvedBetween(house.store.read, span)
  const lessons = rows.flatMap(row =>
    row.text === null ? [] : [{ text: row.text, label: settledOf(house.district, row) }],
  )
  const detail = String(lessons.length)
  await house.store.write(tx => addAudit(tx, { staffId: null, what: 'exportExamples', detail }, house.now()))
  return lessons
}
