import { ref, shallowRef } from 'vue'
import { call, Refusal } from '../shared/api.ts'
import { initial } from './initial.ts'
import { kept, remember } from './keeping.ts'
import type { District, Language, Session } from './shapes.ts'
import { speak } from './words.ts'

/** Who this device is to the service: an anonymous person behind a cookie, found again elsewhere by a recovery code. */

const DOOR = '/api/resident'

/** The recovery code, from the moment it is made until the person says it is written down. */
export const recoveryCode = ref(kept('recovery'))
export const session = shallowRef<Session>()

let opening: Promise<Session> | undefined

/** The session, opened once; a failed opening may be tried again. Throws `Refusal`. */
export function openSession(): Promise<Session> {
  opening ??= call<Session>('POST', `${DOOR}/session`, {}).then(enter, error => {
    opening = undefined
    throw error
  })
  return opening
}

/** Becomes the person the code belongs to. Throws `Refusal`. The page is loaded anew: everything on it is another's. */
export async function recover(code: string): Promise<void> {
  await call<Session>('POST', `${DOOR}/recover`, { code })
  hideRecoveryCode()
  remember('read', null)
  // What was half filled in belongs to whoever was here before.
  remember('form', null)
  location.assign('/chat')
}

/** The person has written the recovery code down; this device forgets it. */
export function hideRecoveryCode(): void {
  recoveryCode.value = null
  remember('recovery', null)
}

/** Speaks `wanted` here, and tells the service, so that the bot does too. Throws `Refusal`. */
export async function chooseLanguage(wanted: Language): Promise<void> {
  await speak(wanted)
  await openSession()
  await call('POST', `${DOOR}/language`, { language: wanted })
  districtCall = undefined
  spoken.value++
}

/** Counts the changes of language the service knows of: what it said in another one is fetched again. */
export const spoken = ref(0)

let districtCall: Promise<District> | undefined

/** The district: its name, hotlines and privacy notice. Fetched once; throws `Refusal`. */
export function district(): Promise<District> {
  const sent = spoken.value === 0 ? initial<District>('district') : undefined
  if (sent) return Promise.resolve(sent)
  districtCall ??= call<District>('GET', `${DOOR}/district`).catch(error => {
    districtCall = undefined
    throw error
  })
  return districtCall
}

/** One call of the resident's door, after the session is open; opened anew where it has ended. Throws `Refusal`. */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  await openSession()
  try {
    return await call<T>(method, `${DOOR}/${path}`, body)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'notSignedIn') throw error
    opening = undefined
    await openSession()
    return call<T>(method, `${DOOR}/${path}`, body)
  }
}

async function enter(opened: Session): Promise<Session> {
  session.value = opened
  if (opened.recoveryCode) {
    recoveryCode.value = opened.recoveryCode
    remember('recovery', opened.recoveryCode)
  }
  await greetIn(opened)
  return opened
}

/** A choice made on this page before the first word wins over the default of a person just made. */
async function greetIn(opened: Session): Promise<void> {
  const chosen = kept('language')
  const isNew = opened.recoveryCode !== undefined
  if (isNew && chosen && chosen !== opened.language) {
    await call('POST', `${DOOR}/language`, { language: chosen }).catch(() => undefined)
  } else await speak(opened.language)
}
