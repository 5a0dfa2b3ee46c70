import { LEARNING, LEARNING_TEXT, mayTeach } from '../../rules/learning/may-teach.ts'
import { type CaseRow, type CaseTexts, caseByCode, textsOf } from '../../store/cases.ts'
import { keepWish, wishOf } from '../../store/consents.ts'
import type { Reads, Tx } from '../../store/db.ts'
import { dropExamples, keepExample, keepProposal } from '../../store/learning.ts'
import { profileOf } from '../../store/persons.ts'
import { dayOf, type House } from '../house.ts'

/** What understanding proposed for a matter, and what its person said when asked. */
export interface Proposed {
  category: string
  route: string | null
  /** 0 to 1. */
  confidence: number
  alternatives: readonly { route: string; confidence: number }[]
  asked: boolean
  /** The category the person took; null where the proposal stood. */
  chosen: string | null
}

type Told = Pick<CaseTexts, 'text' | 'place' | 'name'> & { estate?: string | undefined }

/** Keeps the proposal of a new case; its words become an example where its person agreed before and the case may teach at all. */
export async function keepLesson(
  house: House,
  tx: Tx,
  row: CaseRow,
  { confidence, ...proposed }: Proposed,
  told: Told,
): Promise<void> {
  const month = dayOf(house, row.createdAt).slice(0, 7)
  await keepProposal(tx, { caseId: row.id, month, ...proposed, share: Math.round(confidence * 100) })
  if (row.personId && mayTeach(row) && (await wishOf(tx, row.personId, LEARNING)))
    await keepWords(house, tx, row, told, row.createdAt)
}

/** Whether a person lets understanding learn from their words; null where they never said. */
export const learningWish = (from: Reads, personId: string): Promise<boolean | null> =>
  wishOf(from, personId, LEARNING)

/**
 * A person's word on it, dated, under the words they were asked with. A yes given beside a matter of their own (`code`) makes its words an
 * example too; a no, at any time, deletes every example of theirs. Nothing else hangs on it.
 */
export async function wishLearning(
  house: House,
  tx: Tx,
  personId: string,
  { on, code }: { on: boolean; code?: string | undefined },
): Promise<void> {
  const now = house.now()
  await keepWish(tx, personId, { purpose: LEARNING, version: LEARNING_TEXT, on }, now)
  if (!on) {
    await dropExamples(tx, personId)
    return
  }
  const row = code === undefined ? null : await caseByCode(tx, code)
  const told = row?.personId === personId && mayTeach(row) ? await textsOf(tx, row.id) : null
  if (row && told) await keepWords(house, tx, row, told, now)
}

/** The words of a case, masked; with the names and places known beside them taken out letter by letter. */
async function keepWords(house: House, tx: Tx, row: CaseRow, told: Told, now: string): Promise<void> {
  const personId = row.personId!
  const { name } = await profileOf(tx, personId)
  const names = [told.name, name].flatMap(one => one ?? [])
  const places = [told.place, told.estate, ...(told.place?.split(/[\s,，。、;；]+/) ?? [])].flatMap(
    one => one ?? [],
  )
  const text = house.exampleOf(told.text, { names, places })
  if (text !== null) await keepExample(tx, { caseId: row.id, personId, text }, now)
}
