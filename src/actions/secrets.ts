import { hash, verify } from '@node-rs/argon2'
import { generateSecret, generateURI, verify as verifyOtp } from 'otplib'

/** Passwords and one-time codes. */

/** argon2id (the library's default kind): 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** Against no account the same work is done: the time taken tells nobody which log-ins exist. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const fits = await verify(stored ?? (await nobody()), password)
  return fits && stored !== null
}

let nobodys: Promise<string> | undefined
const nobody = () => {
  nobodys ??= hashPassword('nobody has this password')
  return nobodys
}

/** At least 10 characters, at most what the hash takes in a reasonable time. */
export const isGoodPassword = (password: string): boolean =>
  [...password].length >= 10 && password.length <= 200

/** A secret for one-time codes, and the address an app reads it from. */
export function newOtp(login: string, issuer: string): { secret: string; uri: string } {
  const secret = generateSecret()
  return { secret, uri: generateURI({ issuer, label: login, secret }) }
}

/** The step of a right code (30 s each, one either side allowed), or null. A step used before is not right. */
export async function otpStep(
  secret: string,
  code: string,
  lastStep: number,
  now: string,
): Promise<number | null> {
  const token = code.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const found = await verifyOtp({
    secret,
    token,
    epoch: Math.floor(Date.parse(now) / 1000),
    epochTolerance: 30,
    afterTimeStep: lastStep,
  })
  return found.valid && 'timeStep' in found ? found.timeStep : null
}
