import { newId, type Tx } from './db.ts'
import { sealed } from './keys.ts'
import { type Address, addressHash } from './persons.ts'
import { insert } from './sql.ts'

/** Adds an address to a person, with what proved that it is theirs. */
export async function addIdentity(
  tx: Tx,
  personId: string,
  at: Address,
  provenBy: string,
  now: string,
): Promise<void> {
  const id = newId()
  await insert(tx.sql, 'Identity', {
    ...{ id, channel: at.channel, appId: at.appId, personId, provenBy },
    addressHash: addressHash(tx, at),
    addressEnc: sealed(tx.keys.house, `Identity.addressEnc.${id}`, at.address),
    ...{ createdAt: now, seenAt: now },
  })
}

/** The channel says an address is nobody's: it is not tried again. */
export async function forgetAddress(tx: Tx, identityId: string, now: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Identity" SET "goneAt" = ?, "addressHash" = "id" WHERE "id" = ? AND "goneAt" IS NULL',
    now,
    identityId,
  )
}

/**
 * Deletes an address whose owner left its channel, with its agreements; with the last one goes the profile too. Answers with what is left: further addresses, open cases.
 */
export async function leaveChannel(
  tx: Tx,
  identityId: string,
  personId: string,
  now: string,
): Promise<{ addresses: number; openCases: number }> {
  await tx.sql.run(
    'UPDATE "Identity" SET "goneAt" = ?, "addressHash" = "id", "addressEnc" = ?, "openUntil" = NULL, "openLeft" = 0 WHERE "id" = ?',
    now,
    sealed(tx.keys.house, `Identity.addressEnc.${identityId}`, ''),
    identityId,
  )
  await tx.sql.run('DELETE FROM "Agreed" WHERE "identityId" = ?', identityId)
  const left = await tx.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Identity" WHERE "personId" = ? AND "goneAt" IS NULL',
    personId,
  )
  const open = await tx.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Case" WHERE "personId" = ? AND "closedAt" IS NULL',
    personId,
  )
  const addresses = Number(left?.n)
  if (addresses === 0)
    await tx.sql.run(
      'UPDATE "Person" SET "nameEnc" = NULL, "phoneEnc" = NULL, "phoneHash" = NULL WHERE "id" = ?',
      personId,
    )
  return { addresses, openCases: Number(open?.n) }
}
