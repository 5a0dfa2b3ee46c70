/** Every refusal the service knows: code → status. The sentence is `error.<code>` of locales/api.json. */
export const STATUS = {
  badRequest: 400,
  notSignedIn: 401,
  otpNeeded: 401,
  wrongPassword: 401,
  csrf: 403,
  notAllowed: 403,
  notFound: 404,
  conflict: 409,
  notNow: 409,
  gone: 410,
  tooLarge: 413,
  badFile: 422,
  incomplete: 422,
  locked: 423,
  tooMany: 429,
  broken: 500,
  notReady: 503,
} as const
export type ErrorCode = keyof typeof STATUS

/** One thing wrong: `field` of the request, `why` in words or as a key of `why.` in locales/api.json. */
export interface Detail {
  field: string
  why: string
}

export interface RefusedMore {
  details?: readonly Detail[]
  /** Seconds until it is worth trying again. */
  retryAfter?: number
  /** Another sentence than the code's own: a key under `error.` */
  sentence?: string
  /** The sentence itself, where it was put into words before. */
  words?: string
  /** Values for the sentence. */
  with?: Record<string, unknown>
}

/** An expected refusal on its way to the error handler. */
export class Refused extends Error {
  readonly code: ErrorCode
  readonly more: RefusedMore
  constructor(code: ErrorCode, more: RefusedMore = {}) {
    super(code)
    this.code = code
    this.more = more
  }
}

/** Ends a request with a refusal. */
export function refuse(code: ErrorCode, more: RefusedMore = {}): never {
  throw new Refused(code, more)
}

interface FastifyFault {
  code?: string
  statusCode?: number
  validation?: { instancePath?: string; keyword?: string; params?: Record<string, unknown> }[]
  message?: string
}

/** What any fault means to the caller: ours as it is, the framework's by table, everything else is `broken`. */
export function refusedOf(fault: unknown): Refused {
  if (fault instanceof Refused) return fault
  const { code, statusCode = 500, validation } = fault as FastifyFault
  if (validation) return new Refused('badRequest', { details: validation.map(detailOf) })
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413) return new Refused('tooLarge')
  if (statusCode === 429) return new Refused('tooMany')
  if (statusCode === 404) return new Refused('notFound')
  if (statusCode >= 400 && statusCode < 500) return new Refused('badRequest')
  return new Refused('broken')
}

function detailOf(found: NonNullable<FastifyFault['validation']>[number]): Detail {
  const missing = found.params?.missingProperty
  const field = [...(found.instancePath ?? '').split('/').filter(Boolean), missing].filter(Boolean).join('.')
  const why = found.keyword === 'required' ? 'required' : (LENGTHS[found.keyword ?? ''] ?? 'wrong')
  return { field, why }
}

const LENGTHS: Record<string, string> = { minLength: 'tooShort', maxLength: 'tooLong' }
