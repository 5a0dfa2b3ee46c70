import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Refused, refusedOf, STATUS } from './errors.ts'
import { languageOf } from './language.ts'
import { type ApiParts, say } from './parts.ts'

/** The one place where a refusal becomes an answer. */
export function answerFaults(app: FastifyInstance, parts: ApiParts): void {
  app.setErrorHandler<FastifyError>((fault, request, reply) => {
    const refused = refusedOf(fault)
    if (refused.code === 'broken') request.log.error({ fault: described(fault) }, 'request broke')
    return send(parts, refused, request, reply)
  })
}

/** What a refusal looks like over REST and on sockets: the code, a sentence in the caller's language, and what is wrong where. */
export function told(
  parts: ApiParts,
  refused: Refused,
  request: Pick<FastifyRequest, 'headers' | 'cookies' | 'url'>,
) {
  const language = languageOf(request)
  const { details, sentence = refused.code, with: values = {}, words } = refused.more
  return {
    code: refused.code,
    message: words ?? say(parts, language, `error.${sentence}`, values),
    ...(details
      ? {
          details: details.map(({ field, why }) => ({
            field,
            why: field === 'by' ? why : inWords(parts, language, why),
          })),
        }
      : {}),
  }
}

/** A `why` that is a bare word is a key; anything else is already said in words. `by` is a name. */
const inWords = (parts: ApiParts, language: Parameters<typeof say>[1], why: string) =>
  /^[a-z][A-Za-z]*$/.test(why) ? say(parts, language, `why.${why}`) : why

function send(parts: ApiParts, refused: Refused, request: FastifyRequest, reply: FastifyReply) {
  const { retryAfter } = refused.more
  if (retryAfter) reply.header('retry-after', Math.ceil(retryAfter))
  return reply
    .code(STATUS[refused.code])
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify as (payload: unknown) => string)
    .send({ error: told(parts, refused, request) })
}

/** Name, code and the places of the stack: a message might quote what somebody wrote. */
function described(fault: unknown) {
  const { name, code, stack = '' } = fault as { name?: string; code?: string; stack?: string }
  return { name, code, at: stack.split('\n').filter(line => line.trimStart().startsWith('at ')) }
}
