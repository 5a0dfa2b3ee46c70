import type { Language } from '../rules/people/language.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { eraseFilesOf } from './files.ts'
import { eraseFollows, moveFollows } from './follows.ts'
import { destroyKey, keyOf, makeKey, opened, sealed } from './keys.ts'
import { dropExamples, mergeLearning } from './learning.ts'
import { keyedHash, keyedHashOften } from './seal.ts'
import { insert } from './sql.ts'

/** Somebody known by an address on a channel. */
export interface Known {
  personId: string
  identityId: string
  language: Language
  /** True when this message is the first we hear of this address. */
  isNew: boolean
  key: Buffer
}

export interface Address {
  channel: string
  /** The account the address belongs to: an app id, or `-` where a channel has none. */
  appId: string
  address: string
}

/** The keyed hash an address is found by. */
export const addressHash = (from: Pick<Reads, 'keys'>, { channel, appId, address }: Address) =>
  keyedHashOften(from.keys, `address.${channel}.${appId}`, address)

/** The person behind an address; made with a key and an empty conversation when unknown. */
export async function knownBy(
  tx: Tx,
  at: Address,
  now: string,
  language: Language = 'zh-CN',
): Promise<Known> {
  return (await personAt(tx, at)) ?? strangerAt(tx, at, now, language)
}

/** Makes somebody new behind an address nobody is known by. */
export async function strangerAt(tx: Tx, at: Address, now: string, language: Language): Promise<Known> {
  const personId = await makePerson(tx, now, language)
  const identityId = newId()
  const key = (await keyOf(tx, personId)) as Buffer
  await insert(tx.sql, 'Identity', {
    id: identityId,
    channel: at.channel,
    appId: at.appId,
    addressHash: addressHash(tx, at),
    addressEnc: sealed(tx.keys.house, `Identity.addressEnc.${identityId}`, at.address),
    personId,
    createdAt: now,
    seenAt: now,
  })
  return { personId, identityId, language, isNew: true, key }
}

/** Somebody new, with a key and an empty conversation, and no address yet. */
export async function makePerson(tx: Tx, now: string, language: Language): Promise<string> {
  const personId = newId()
  await makeKey(tx, personId, now)
  await insert(tx.sql, 'Person', { id: personId, language, createdAt: now, seenAt: now })
  await insert(tx.sql, 'Conversation', { personId, seq: 0, mode: 'bot', readSeq: 0, updatedAt: now })
  return personId
}

/** The person behind an address, if there is one and they were not erased. */
export async function personAt(from: Reads, at: Address): Promise<Known | null> {
  const row = await from.sql.get<{ id: string; personId: string; language: Language }>(
    `SELECT i."id", i."personId", p."language" FROM "Identity" i JOIN "Person" p ON p."id" = i."personId"
     WHERE i."channel" = ? AND i."appId" = ? AND i."addressHash" = ? AND i."goneAt" IS NULL`,
    at.channel,
    at.appId,
    addressHash(from, at),
  )
  if (!row) return null
  const key = await keyOf(from, row.personId)
  if (!key) return null
  return { personId: row.personId, identityId: row.id, language: row.language, isNew: false, key }
}

/** Those who touch one person wait for each other until the commit (PostgreSQL; SQLite has one writer). */
export async function lockPersonAt(tx: Tx, at: Address): Promise<void> {
  await tx.sql.all(
    `SELECT 1 FROM "Person" WHERE "id" =
       (SELECT "personId" FROM "Identity" WHERE "channel" = ? AND "appId" = ? AND "addressHash" = ? AND "goneAt" IS NULL) FOR UPDATE`,
    at.channel,
    at.appId,
    addressHash(tx, at),
  )
}

export interface Profile {
  name: string | null
  phone: string | null
}

/** Contact data the person gave; never proof of who they are. */
export async function profileOf(from: Reads, personId: string): Promise<Profile> {
  const row = await from.sql.get<{ nameEnc: Uint8Array | null; phoneEnc: Uint8Array | null }>(
    'SELECT "nameEnc", "phoneEnc" FROM "Person" WHERE "id" = ?',
    personId,
  )
  const key = await keyOf(from, personId)
  return {
    name: opened(key, `Person.nameEnc.${personId}`, row?.nameEnc),
    phone: opened(key, `Person.phoneEnc.${personId}`, row?.phoneEnc),
  }
}

/** Keeps contact data; a null leaves what stands. */
export async function keepProfile(tx: Tx, personId: string, given: Partial<Profile>): Promise<void> {
  const key = await keyOf(tx, personId)
  if (!key) return
  if (given.name)
    await tx.sql.run(
      'UPDATE "Person" SET "nameEnc" = ? WHERE "id" = ?',
      sealed(key, `Person.nameEnc.${personId}`, given.name),
      personId,
    )
  if (given.phone)
    await tx.sql.run(
      'UPDATE "Person" SET "phoneEnc" = ?, "phoneHash" = ? WHERE "id" = ?',
      sealed(key, `Person.phoneEnc.${personId}`, given.phone),
      keyedHash(tx.keys, 'phone', given.phone),
      personId,
    )
}

export async function keepLanguage(tx: Tx, personId: string, language: Language): Promise<void> {
  await tx.sql.run('UPDATE "Person" SET "language" = ? WHERE "id" = ?', language, personId)
}

/** Every address of a person, in clear, newest first: where notices may go. */
export async function addressesOf(
  from: Reads,
  personId: string,
): Promise<(Address & { id: string; openUntil: string | null; openLeft: number })[]> {
  const rows = await from.sql.all<{
    id: string
    channel: string
    appId: string
    addressEnc: Uint8Array
    openUntil: string | null
    openLeft: number
  }>(
    'SELECT "id", "channel", "appId", "addressEnc", "openUntil", "openLeft" FROM "Identity" WHERE "personId" = ? AND "goneAt" IS NULL ORDER BY "seenAt" DESC',
    personId,
  )
  return rows.map(row => ({
    id: row.id,
    channel: row.channel,
    appId: row.appId,
    openUntil: row.openUntil,
    openLeft: row.openLeft,
    address: opened(from.keys.house, `Identity.addressEnc.${row.id}`, row.addressEnc) ?? '',
  }))
}

/** A new recovery code replaces the old one; only its hash is kept. */
export async function keepRecovery(tx: Tx, personId: string, code: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Person" SET "recoveryHash" = ? WHERE "id" = ?',
    keyedHash(tx.keys, 'recovery', code),
    personId,
  )
}

export async function personByRecovery(from: Reads, code: string): Promise<string | null> {
  const row = await from.sql.get<{ id: string }>(
    'SELECT "id" FROM "Person" WHERE "recoveryHash" = ? AND "erasedAt" IS NULL',
    keyedHash(from.keys, 'recovery', code),
  )
  return row?.id ?? null
}

/**
 * Moves an address to another person (recovery, proven phone). Cases opened at this address move along when nobody else is
 * left with the old person. The row of the merge names both, so it can be undone by hand.
 */
export async function moveIdentity(
  tx: Tx,
  identityId: string,
  into: string,
  how: string,
  now: string,
): Promise<void> {
  const row = await tx.sql.get<{ personId: string }>(
    'SELECT "personId" FROM "Identity" WHERE "id" = ?',
    identityId,
  )
  if (!row || row.personId === into) return
  await tx.sql.run(
    'UPDATE "Identity" SET "personId" = ?, "provenBy" = ? WHERE "id" = ?',
    into,
    how,
    identityId,
  )
  const left = await tx.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Identity" WHERE "personId" = ? AND "goneAt" IS NULL',
    row.personId,
  )
  const cases = Number(left?.n) === 0 ? await moveCases(tx, row.personId, into) : []
  await insert(tx.sql, 'Merge', {
    id: newId(),
    fromPersonId: row.personId,
    intoPersonId: into,
    how,
    identityIds: JSON.stringify({ identities: [identityId], cases }),
    at: now,
  })
}

async function moveCases(tx: Tx, from: string, into: string): Promise<string[]> {
  const rows = await tx.sql.all<{ id: string }>('SELECT "id" FROM "Case" WHERE "personId" = ?', from)
  await tx.sql.run('UPDATE "Case" SET "personId" = ? WHERE "personId" = ?', into, from)
  await tx.sql.run('UPDATE "File" SET "personId" = ? WHERE "personId" = ?', into, from)
  await tx.sql.run('UPDATE "Party" SET "personId" = ? WHERE "personId" = ?', into, from)
  await moveFollows(tx, from, into)
  await mergeLearning(tx, from, into)
  await tx.sql.run('UPDATE "Person" SET "mergedIntoId" = ? WHERE "id" = ?', into, from)
  return rows.map(row => row.id)
}

/**
 * Erases a person (个人信息保护法 art. 47): the key is destroyed, so messages, talk, profile and notices are gone. Cases keep
 * their own key: what the law requires to be kept stays, without a way back to the person.
 */
export async function erasePerson(tx: Tx, personId: string, now: string): Promise<void> {
  await destroyKey(tx, personId, now)
  await eraseFilesOf(tx, personId)
  await eraseFollows(tx, personId)
  await dropExamples(tx, personId)
  await tx.sql.run('DELETE FROM "PushDoor" WHERE "personId" = ?', personId)
  await tx.sql.run(
    'UPDATE "Person" SET "nameEnc" = NULL, "phoneEnc" = NULL, "phoneHash" = NULL, "recoveryHash" = NULL, "erasedAt" = ? WHERE "id" = ?',
    now,
    personId,
  )
  await tx.sql.run(
    'UPDATE "Identity" SET "goneAt" = ?, "addressHash" = "id" WHERE "personId" = ?',
    now,
    personId,
  )
  await tx.sql.run(
    'UPDATE "Conversation" SET "talkEnc" = NULL, "mode" = ? WHERE "personId" = ?',
    'bot',
    personId,
  )
}
