import { isPublic, type LinkEnd, whyNotLinked } from '../rules/cases/alike.ts'
import { caseCode, parseCaseCode } from '../rules/cases/code.ts'
import type { Verb } from '../rules/cases/types.ts'
import { maskText } from '../rules/people/mask.ts'
import { mayLink, maySee } from '../rules/people/may.ts'
import { type CaseRow, caseByCode, textsOf, touched } from '../store/cases.ts'
import type { Reads, Tx } from '../store/db.ts'
import { addFollow, dropLink, holdStill, linkedTo, linkOf } from '../store/follows.ts'
import type { Doing, Form } from './effects.ts'
import { type House, type Refusal, refused } from './house.ts'
import { forRights, type Who } from './rights.ts'

/**
 * 关联为同一件. A linked case stays a case of its own, in its holder's hand and with its clocks; its person follows the main one, and its
 * answer may begin with the main one's words. Decision 015.
 */

const wrong = (field: string, why: string): Refusal => refused('incomplete', { details: [{ field, why }] })

/** What must be true before a case is linked, parted again, or told to neighbours. Null: nothing stands against it. */
export async function guardFollowing(
  house: House,
  tx: Tx,
  row: CaseRow,
  verb: Verb,
  form: Form,
  who: Who,
): Promise<Refusal | null> {
  if (verb === 'publish') return guardSummary(tx, row, form.summary ?? '')
  if (verb === 'unlink') return (await linkOf(tx, row.id)) ? null : refused('notFromHere')
  if (verb !== 'link') return null
  const main = await caseByCode(tx, form.same ?? '')
  if (!main) return wrong('same', 'noSuchCase')
  await holdStill(tx, house.store.kind, [row.id, main.id])
  const own = await forRights(tx, house.district, row)
  const other = await forRights(tx, house.district, main)
  // Of a case that is none of their business nobody learns that it exists.
  if (!who.members.some(member => maySee(member, other))) return wrong('same', 'noSuchCase')
  const why = whyNotLinked(await endOf(tx, row), await endOf(tx, main))
  if (why) return wrong('same', why)
  return who.members.some(member => mayLink(member, own, other)) ? null : wrong('same', 'notHandled')
}

async function endOf(from: Reads, row: CaseRow): Promise<LinkEnd> {
  const linked = (await linkOf(from, row.id)) !== null
  return { ...row, linked, hasLinked: (await linkedTo(from, row.id)).length > 0 }
}

/** Neighbours never read of a person: phones, identity numbers and the complainant's name are refused, not masked. */
async function guardSummary(tx: Tx, row: CaseRow, summary: string): Promise<Refusal | null> {
  if (!isPublic({ ...row, class: 'general' })) return wrong('summary', 'notShared')
  if (summary === row.publicSummary) return wrong('summary', 'noChange')
  const { name, phone } = await textsOf(tx, row.id)
  const personal = maskText(summary, name ? [name] : []) !== summary || (phone && summary.includes(phone))
  return personal ? wrong('summary', 'personal') : null
}

/** A code as people type it, in the form it is stored in; what is none stays as it is. */
export function codeTyped(typed: unknown): string {
  const words = String(typed ?? '').trim()
  const read = parseCaseCode(words)
  return read ? caseCode(read.prefix, read.day, read.serial) : words
}

/** Links the case to the one the form names; its person follows that one. */
export async function linkCase({ tx, row, form, now }: Doing): Promise<Partial<CaseRow>> {
  const main = await caseByCode(tx, form.same!)
  if (!main) throw new Error(`no case ${form.same}`)
  if (row.personId) await addFollow(tx, { caseId: main.id, personId: row.personId, ownCaseId: row.id }, now)
  touched(tx, main)
  return { sameAsId: main.id }
}

/** Parts it again from the case it was linked to, whose code the line of the timeline keeps. */
export async function unlinkCase(doing: Doing): Promise<Partial<CaseRow>> {
  const { tx, row } = doing
  const main = await linkOf(tx, row.id)
  if (!main) return {}
  doing.form = { ...doing.form, same: main.code }
  await dropLink(tx, main.id, row.id)
  touched(tx, main)
  return { sameAsId: null }
}
