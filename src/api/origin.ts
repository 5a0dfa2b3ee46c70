import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { refuse } from './errors.ts'

/** True when the Origin header names this service: PUBLIC_URL, or the host the request came to. */
export function isOwnOrigin(request: FastifyRequest, config: Config): boolean {
  const { origin } = request.headers
  if (!origin) return false
  if (origin === config.publicUrl) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}

/** Refuses a write another site's page sends. Callers that are no browser send no Origin and pass. */
export const checkOrigin = (config: Config) => async (request: FastifyRequest) => {
  if (request.method === 'GET' || request.method === 'HEAD' || !request.headers.origin) return
  if (!isOwnOrigin(request, config)) refuse('csrf')
}

/** A socket is opened by browsers only, and they always name their origin. */
export const checkSocketOrigin = (config: Config) => async (request: FastifyRequest) => {
  if (!isOwnOrigin(request, config)) refuse('csrf')
}

/** Cookies travel over https only wherever the service is reached by it. */
export const isSecure = (request: FastifyRequest, config: Config): boolean =>
  request.protocol === 'https' || config.publicUrl?.startsWith('https:') === true
