import { calendarOf } from '../district.ts'
import { addLimit } from '../rules/cases/deadlines.ts'
import { MEDIATION_LIMITS } from '../rules/mediation/clocks.ts'
import { isConfirmable } from '../rules/mediation/limits.ts'
import { nextOf } from '../store/counters.ts'
import { answersOf, changeMediation, keepAgreement } from '../store/mediations.ts'
import { addPromised, type PromisedRow, promisedOf, settlePromise } from '../store/promises.ts'
import { dayOf, type Refusal } from './house.ts'
import type { MediationDoing } from './mediation-effects.ts'

const atNoon = (day: string) => `${day}T04:00:00.000Z`
/** A promise is due at the end of its day in Chifeng. */
const endOf = (day: string) => `${day}T15:59:59.000Z`

/**
 * Keeps what was agreed, with its number, its promises and the clocks after it: thirty days for the court where the law allows it (an
 * oral agreement is written down first; 人民调解法 30, 33), each promise, and the return visit after the last of them.
 */
export async function makeAgreement(
  doing: MediationDoing,
  as: 'written' | 'oral',
): Promise<Refusal | undefined> {
  const { house, tx, of, form, now } = doing
  const { items, ...text } = form.agreement!
  const year = dayOf(house, now).slice(0, 4)
  const serial = await nextOf(tx, `agreement.${of.panel.code}.${year}`)
  const no = `${house.district.prefix}-${of.panel.code}-${year}-${String(serial).padStart(4, '0')}`
  const answers = await answersOf(tx, of.row.id)
  const confirmable = as === 'written' && isConfirmable(of.panel.key, answers)
  await keepAgreement(tx, of.row.id, { ...text, items, place: house.district.name })
  await changeMediation(tx, of.med, {
    agreedAs: as,
    agreementNo: no,
    agreedAt: now,
    confirmation: confirmable ? 'open' : 'notForThis',
  })
  for (const { no: n, side, what, by } of items)
    await addPromised(tx, of.row.id, { no: n, side, what, byDate: by })
  startAfter(doing, items.map(item => item.by).sort(), confirmable)
  doing.body.no = no
  return undefined
}

function startAfter(doing: MediationDoing, days: readonly string[], confirmable: boolean) {
  const { house, of, now, starts, body } = doing
  const last = days.at(-1)
  if (last && atNoon(last) > now) doing.visitFrom = atNoon(last)
  const calendar = calendarOf(house.district, of.panel.code)
  if (confirmable) {
    const confirm = addLimit(calendar, now, MEDIATION_LIMITS.confirm)
    starts.push({ kind: 'confirm', ...confirm })
    body.confirmBy = confirm.due
  }
  if (days[0]) starts.push({ kind: 'perform', due: endOf(days[0]), provisional: false })
}

/** One promise was kept or broken; the clock of the next begins. */
export async function settlePromised(doing: MediationDoing, kept: boolean): Promise<Refusal | undefined> {
  const { tx, of, form, now, body, starts, drops } = doing
  const all = await promisedOf(tx, of.row.id)
  const promise = all.find(one => one.id === form.promise)!
  await settlePromise(tx, promise.id, kept ? { keptAt: now } : { brokenAt: now })
  body.no = String(promise.no)
  doing.line.item = String(promise.no)
  drops.push('perform')
  const next = all.find(one => one.id !== promise.id && isWaiting(one))
  if (next) starts.push({ kind: 'perform', due: endOf(next.byDate), provisional: false })
  return undefined
}

const isWaiting = (one: PromisedRow) => !one.keptAt && !one.brokenAt
