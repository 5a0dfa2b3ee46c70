import { randomBytes } from 'node:crypto'
import { newId, type Reads, type Tx } from './db.ts'
import { keyedHash } from './seal.ts'
import { insert } from './sql.ts'

/** An open log-in; the cookie holds the token, the row its hash. */
export interface LoginRow {
  id: string
  staffId: string
  otpPassed: number
  createdAt: string
  seenAt: string
}

/** Opens a log-in. The token is told once and kept nowhere. */
export async function openLogin(
  tx: Tx,
  staffId: string,
  otpPassed: boolean,
  now: string,
): Promise<{ id: string; token: string }> {
  const id = newId()
  const token = randomBytes(32).toString('base64url')
  await insert(tx.sql, 'Login', {
    id,
    tokenHash: keyedHash(tx.keys, 'login', token),
    staffId,
    otpPassed: otpPassed ? 1 : 0,
    createdAt: now,
    seenAt: now,
  })
  return { id, token }
}

/** The open log-in a token belongs to, whether or not it has been idle too long. */
export async function loginByToken(from: Reads, token: string): Promise<LoginRow | null> {
  const row = await from.sql.get<LoginRow>(
    'SELECT "id", "staffId", "otpPassed", "createdAt", "seenAt" FROM "Login" WHERE "tokenHash" = ? AND "endedAt" IS NULL',
    keyedHash(from.keys, 'login', token),
  )
  return row ?? null
}

export async function keepSeen(tx: Tx, id: string, now: string): Promise<void> {
  await tx.sql.run('UPDATE "Login" SET "seenAt" = ? WHERE "id" = ? AND "seenAt" < ?', now, id, now)
}

export async function passOtp(tx: Tx, id: string): Promise<void> {
  await tx.sql.run('UPDATE "Login" SET "otpPassed" = 1 WHERE "id" = ?', id)
}

export async function endLogin(tx: Tx, id: string, now: string): Promise<void> {
  await tx.sql.run('UPDATE "Login" SET "endedAt" = ? WHERE "id" = ? AND "endedAt" IS NULL', now, id)
}

/** Ends every other log-in of a person: after a new password nobody stays in by the old one. */
export async function endOtherLogins(tx: Tx, staffId: string, but: string, now: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Login" SET "endedAt" = ? WHERE "staffId" = ? AND "id" <> ? AND "endedAt" IS NULL',
    now,
    staffId,
    but,
  )
}

/** Minutes without a call after which a log-in ends, unless an administrator set another figure. */
const IDLE_MINUTES = 30

export async function idleMinutes(from: Reads): Promise<number> {
  const row = await from.sql.get<{ value: string }>(
    'SELECT "value" FROM "Setting" WHERE "name" = ? ORDER BY "at" DESC LIMIT 1',
    'staff.idleMinutes',
  )
  const minutes = Number(row?.value)
  return Number.isInteger(minutes) && minutes > 0 ? minutes : IDLE_MINUTES
}
