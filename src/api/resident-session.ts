import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { newRecoveryCode, tidyRecovery } from '../actions/my-data.ts'
import { consentsOf } from '../store/consents.ts'
import {
  type Address,
  type Known,
  keepLanguage,
  knownBy,
  moveIdentity,
  personAt,
  personByRecovery,
} from '../store/persons.ts'
import { refuse } from './errors.ts'
import { LANGUAGE_COOKIE, languageOf } from './language.ts'
import { limitTries } from './limits.ts'
import { isSecure } from './origin.ts'
import type { ApiParts } from './parts.ts'
import type { Recovering, Session, Speaking } from './schemas-resident.ts'

export const RESIDENT_COOKIE = 'hy_resident'
const TOKEN = /^[A-Za-z0-9_-]{43}$/
/** Browsers keep a cookie for 400 days at most. */
const KEPT_SECONDS = 400 * 24 * 3600

declare module 'fastify' {
  interface FastifyRequest {
    resident?: Known & { address: string }
  }
}

export const addressOf = (token: string): Address => ({ channel: 'web', appId: '-', address: token })

/** The secret of the cookie, when it has the right form. */
export function tokenOf(request: Pick<FastifyRequest, 'cookies'>): string | null {
  const token = request.cookies[RESIDENT_COOKIE]
  return token && TOKEN.test(token) ? token : null
}

/** Who asks, by their cookie; null when nobody is known by it. */
export async function residentOf(parts: ApiParts, request: Pick<FastifyRequest, 'cookies'>) {
  const token = tokenOf(request)
  const known = token ? await personAt(parts.house.store.read, addressOf(token)) : null
  return token && known ? { ...known, address: token } : null
}

/** Lets only known persons in. */
export const needResident = (parts: ApiParts) => async (request: FastifyRequest) => {
  request.resident = (await residentOf(parts, request)) ?? refuse('notSignedIn')
}

/** Makes an anonymous person on the first call, and greets the known one on every other. */
export const openSession = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  const known = await residentOf(parts, request)
  if (known) return sessionOf(parts, known, reply, request)
  const token = randomBytes(32).toString('base64url')
  const { made, recoveryCode } = await parts.house.store.write(async tx => {
    const made = await knownBy(tx, addressOf(token), parts.house.now(), languageOf(request))
    return { made, recoveryCode: await newRecoveryCode(tx, made.personId) }
  })
  setCookie(parts, request, reply, RESIDENT_COOKIE, token)
  return { ...(await sessionOf(parts, made, reply, request)), recoveryCode }
}

/** The cookie now means the person the code belongs to. */
export const recover =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: Recovering }>, reply: FastifyReply) => {
    const { store, now } = parts.house
    const code = tidyRecovery(request.body.code)
    const token = tokenOf(request) ?? randomBytes(32).toString('base64url')
    const moved = await limitTries(parts, 'recover', [request.ip], async tx => {
      const personId = await personByRecovery(tx, code)
      if (!personId) return null
      const here = await knownBy(tx, addressOf(token), now(), languageOf(request))
      await moveIdentity(tx, here.identityId, personId, 'recovery', now())
      return personId
    })
    if (!moved) refuse('notFound', { sentence: 'wrongRecovery' })
    const known = await personAt(store.read, addressOf(token))
    if (!known) refuse('notFound', { sentence: 'wrongRecovery' })
    return greet(parts, known, token, request, reply)
  }

export const chooseLanguage =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: Speaking }>, reply: FastifyReply) => {
    const { language } = request.body
    await parts.house.store.write(tx => keepLanguage(tx, request.resident!.personId, language))
    setCookie(parts, request, reply, LANGUAGE_COOKIE, language)
    return reply.code(204).send()
  }

/** The browser keeps who it is, and is told what every session is told. */
export function greet(
  parts: ApiParts,
  known: Known,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session> {
  setCookie(parts, request, reply, RESIDENT_COOKIE, token)
  return sessionOf(parts, known, reply, request)
}

async function sessionOf(
  parts: ApiParts,
  known: Known,
  reply: FastifyReply,
  request: FastifyRequest,
): Promise<Session> {
  const { version } = parts.house.district.privacy
  const consents = await consentsOf(parts.house.store.read, known.personId)
  const shown = consents.some(row => row.purpose === 'privacyNotice' && row.version === version)
  setCookie(parts, request, reply, LANGUAGE_COOKIE, known.language)
  return { language: known.language, privacy: { version, shown } }
}

function setCookie(
  { config }: ApiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
) {
  reply.setCookie(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(request, config),
    maxAge: KEPT_SECONDS,
  })
}
