import { reactive } from 'vue'
import { call, Refusal } from '../shared/api.ts'
import { setClock } from './clock.ts'
import type { Me } from './types.ts'
import { hasChosenLanguage, language, speak, t } from './words.ts'

/** Who is logged in, and the one way to call `/api/staff`. */

const DOOR = '/api/staff'

/** `why` says on the log-in page how the last session ended. */
export const session = reactive({
  ready: false,
  me: null as Me | null,
  why: '' as '' | 'idle' | 'expired' | 'left',
  trouble: '',
})

/**
 * One call of the staff door. Throws `Refusal`. A session that has ended brings the log-in page back over the same
 * address; what was being written is kept as a draft.
 */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const csrf = session.me?.csrf
  const headers: Record<string, string> = { 'accept-language': language.value }
  if (method === 'POST' && csrf) headers['x-csrf-token'] = csrf
  try {
    return await call<T>(method, `${DOOR}/${path}`, method === 'POST' ? (body ?? {}) : undefined, headers)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'notSignedIn' && session.me) ended('expired')
    throw error
  }
}

/** A refusal in words to show; what the service says comes first. */
export function saying(error: unknown): string {
  if (!(error instanceof Refusal)) {
    console.error(error)
    return t('error.broken')
  }
  if (error.message) return error.message
  return t(error.code === 'offline' ? 'error.offline' : 'error.broken')
}

/** Whether whoever is logged in dispatches for the district. */
export const mayDispatch = (): boolean => session.me?.roles.includes('districtDispatcher') === true

/** Finds out whether this browser is still logged in. */
export async function start(): Promise<void> {
  session.trouble = ''
  try {
    await enter(await ask<Me>('GET', 'me'))
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) session.trouble = saying(error)
  } finally {
    session.ready = true
  }
}

/** Logs in. Throws `Refusal`: `wrongPassword`, `otpNeeded`, `locked`, `tooMany`. */
export async function logIn(login: string, password: string, otp?: string): Promise<void> {
  await enter(await ask<Me>('POST', 'login', { login, password, ...(otp ? { otp } : {}) }))
}

/** Sets the first password of a one-time link and logs in. Throws `Refusal`. */
export async function acceptInvite(token: string, password: string): Promise<void> {
  await enter(await ask<Me>('POST', 'invite', { token, password }))
}

/** Asks again who is logged in, after a one-time code was set up. Throws `Refusal`. */
export async function refreshMe(): Promise<void> {
  await enter(await ask<Me>('GET', 'me'))
}

export async function logOut(why: 'left' | 'idle'): Promise<void> {
  await ask('POST', 'logout').catch(() => undefined)
  ended(why)
}

function ended(why: 'idle' | 'expired' | 'left'): void {
  session.me = null
  session.why = why
}

async function enter(me: Me): Promise<void> {
  setClock(me.now)
  if (!hasChosenLanguage()) await speak(me.language)
  session.me = me
  session.why = ''
}
