import { agree, disagree, openWindow } from '../store/channels.ts'
import type { Tx } from '../store/db.ts'
import { leaveChannel } from '../store/identities.ts'
import { type Address, personAt } from '../store/persons.ts'
import { followChannel, type ReceiptWord, receiptSays } from '../store/receipts.ts'
import { eraseMyData } from './my-data.ts'

/** Somebody followed, or scanned our code: we may speak first for a minute. Who is unknown is made known by their first word. */
export async function follow(tx: Tx, at: Address, now: string): Promise<void> {
  const known = await personAt(tx, at)
  if (known) await openWindow(tx, known.identityId, 'brief', now)
}

/**
 * Somebody left (取消关注, or took back what they allowed): the address and what we know of them are deleted, as WeChat obliges us and 个人信息保护法 47 says; an open case goes on. Who is known by
 * another address too, or has an open case, keeps their record; of the others nothing stays.
 */
export async function leave(tx: Tx, at: Address, now: string): Promise<void> {
  const known = await personAt(tx, at)
  if (!known) return
  const left = await leaveChannel(tx, known.identityId, known.personId, now)
  if (left.addresses === 0 && left.openCases === 0) await eraseMyData(tx, known.personId, now)
}

/** What they said to a question about subscriptions. */
export async function keepAgreements(
  tx: Tx,
  at: Address,
  rows: readonly { template: string; agreed: boolean }[],
  long: (template: string) => boolean,
  now: string,
): Promise<void> {
  const known = await personAt(tx, at)
  if (!known) return
  for (const { template, agreed } of rows)
    if (agreed) await agree(tx, known.identityId, template, long(template), now)
    else await disagree(tx, known.identityId, template)
}

/** The channel's own word on whether a notice arrived; one that did not goes on by the next way. */
export async function keepResult(tx: Tx, word: ReceiptWord, now: string): Promise<void> {
  if (await receiptSays(tx, word, now)) await followChannel(tx, word, now)
}
