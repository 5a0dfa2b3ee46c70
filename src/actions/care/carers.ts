import { countTry, waitFor } from '../../store/attempts.ts'
import { addAudit } from '../../store/audit.ts'
import {
  addCarer,
  type CarerRecord,
  type CarerRow,
  carersOf,
  correctCarer,
  keepCarerCode,
  linkCarerByCode,
  removeCarer,
} from '../../store/care/carers.ts'
import type { Tx } from '../../store/db.ts'
import { keyOf } from '../../store/keys.ts'
import { type House, type Refusal, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { oneTimeCode } from './one-time.ts'
import { consenting } from './registry.ts'

/** Parents and carers of a child: entered, put right, taken out, and linked to their own chat. */

/** Writes that the record of a child was changed; it stands in the reading log like an opening. */
const logged = (tx: Tx, who: Who, childId: string, now: string) =>
  addAudit(tx, { staffId: who.staffId, what: 'openChild', field: childId, detail: 'correct' }, now)

/** Enters one more carer. Refusals: notFound, noConsent (withdrawn), gone (the record was erased). */
export function enterCarer(
  house: House,
  who: Who,
  childId: string,
  carer: CarerRecord,
): Promise<Result<{ id: string }>> {
  return house.store.write(async tx => {
    const found = await consenting(house, tx, who, childId)
    if (!found.ok) return found
    const key = await keyOf(tx, childId)
    if (!key) return refused('gone')
    await logged(tx, who, childId, house.now())
    return { ok: true, id: await addCarer(tx, childId, key, carer) }
  }, childId)
}

async function ownCarer(
  house: House,
  tx: Tx,
  who: Who,
  { childId, id }: { childId: string; id: string },
): Promise<{ ok: true; row: CarerRow } | Refusal> {
  const found = await consenting(house, tx, who, childId)
  if (!found.ok) return found
  const row = (await carersOf(tx, childId)).find(one => one.id === id)
  return row ? { ok: true, row } : refused('notFound')
}

/** Puts a carer's record right, or (null) takes the carer out; their chat is then linked no longer. Refusals: notFound, noConsent. */
export function changeCarer(
  house: House,
  who: Who,
  at: { childId: string; id: string },
  carer: CarerRecord | null,
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await ownCarer(house, tx, who, at)
    if (!found.ok) return found
    if (carer) await correctCarer(tx, found.row, carer)
    else await removeCarer(tx, at.id)
    await logged(tx, who, at.childId, house.now())
    return { ok: true }
  }, at.childId)
}

/** A one-time code that links a carer to their chat, shown once. Refusals: notFound, noConsent, ended. */
export function newCarerCode(
  house: House,
  who: Who,
  at: { childId: string; id: string },
): Promise<Result<{ code: string; until: string }>> {
  return house.store.write(async tx => {
    const found = await ownCarer(house, tx, who, at)
    if (!found.ok) return found
    const { code, until } = oneTimeCode(house.now())
    await keepCarerCode(tx, at.id, code, until)
    return { ok: true, code: `JZ-${code.toUpperCase()}`, until }
  }, at.childId)
}

/** Links who typed the code. Refusals: locked (too many wrong ones), badCode. */
export async function linkCarer(
  house: House,
  tx: Tx,
  personId: string,
  code: string,
): Promise<Result<object>> {
  const now = house.now()
  const limits = [
    { subject: `jz.${personId}`, most: 5, minutes: 60 },
    { subject: 'jz', most: 200, minutes: 60 },
  ]
  for (const limit of limits) if ((await waitFor(tx, limit, now)) > 0) return refused('locked')
  if (await linkCarerByCode(tx, code, personId, now)) return { ok: true }
  for (const limit of limits) await countTry(tx, limit, now)
  return refused('badCode')
}
