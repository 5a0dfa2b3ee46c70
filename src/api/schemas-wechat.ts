import Type, { type Static } from 'typebox'
import { answers, errorShape, list, object, textOrNull } from './schemas.ts'
import { session } from './schemas-resident.ts'

/** The shapes of signing in by WeChat, of waking a browser, and of how prompt notices are. */

const code = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\w-]+$' })
const byCode = object({ code })
export type ByCode = Static<typeof byCode>
const miniEnter = object({ code, to: Type.Optional(Type.String({ maxLength: 200 })) })
export type MiniEnter = Static<typeof miniEnter>
const backQuery = object({ code, state: Type.String({ maxLength: 64 }) })
export type Back = Static<typeof backQuery>
const pageQuery = object({ url: Type.String({ maxLength: 1000 }) })
export type Page = Static<typeof pageQuery>
const agreeing = object({ templates: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 3 }) })
export type Agreeing = Static<typeof agreeing>
/** The push services of the makers of browsers: we knock nowhere else, whatever a page asks for. */
const PUSH_SERVICE =
  '^https://([\\w-]+\\.)*(googleapis\\.com|push\\.services\\.mozilla\\.com|notify\\.windows\\.com|push\\.apple\\.com|hicloud\\.com)/'

const subscription = object({
  endpoint: Type.String({ maxLength: 1000, pattern: PUSH_SERVICE }),
  keys: object({
    p256dh: Type.String({ pattern: '^[\\w-]{80,100}=*$' }),
    auth: Type.String({ pattern: '^[\\w-]{16,32}=*$' }),
  }),
})
export type Waking = Static<typeof subscription>
const ending = object({ endpoint: Type.String({ maxLength: 1000 }) })
export type EndWaking = Static<typeof ending>

const tags = ['resident']
const empty = { 204: Type.Null(), '4xx': errorShape }

export const routes = {
  mini: { tags, body: byCode, response: answers(session) },
  miniEnter: { tags, querystring: miniEnter },
  front: {
    tags,
    response: answers(
      object({
        official: textOrNull,
        mini: textOrNull,
        templates: object({ official: list(Type.String()), mini: list(Type.String()) }),
      }),
    ),
  },
  enter: { tags, querystring: object({ to: Type.Optional(Type.String({ maxLength: 200 })) }) },
  back: { tags, querystring: backQuery },
  page: {
    tags,
    querystring: pageQuery,
    response: answers(
      object({
        appId: Type.String(),
        timestamp: Type.Integer(),
        nonceStr: Type.String(),
        signature: Type.String(),
      }),
    ),
  },
  agreed: { tags, body: agreeing, response: empty },
  wake: { tags, response: answers(object({ key: textOrNull })) },
  wakeMe: { tags, body: subscription, response: empty },
  wakeNoMore: { tags, body: ending, response: empty },
  promptness: {
    tags: ['staff'],
    response: answers(
      object({
        today: object({ handed: Type.Integer(), prompt: Type.Integer(), givenUp: Type.Integer() }),
        days: list(
          object({
            day: Type.String(),
            handed: Type.Integer(),
            prompt: Type.Integer(),
            givenUp: Type.Integer(),
          }),
        ),
        stops: list(object({ channel: Type.String(), why: Type.String(), until: Type.String() })),
        sent: list(object({ channel: Type.String(), sent: Type.Integer() })),
      }),
    ),
  },
}
