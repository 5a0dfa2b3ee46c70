import Type, { type Static } from 'typebox'
import { answers, digits, errorShape, object, oneOf } from './schemas.ts'

/** The shapes of files: announcing, sending and fetching them, and naming them in a message. */

/** Files one message brings at most. */
const MOST_FILES = 9

/** Made by the client; small letters, so that it means one folder on every disk. */
const fileId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })

/** What a message may bring besides words. */
export const brought = {
  files: Type.Optional(Type.Array(fileId, { maxItems: MOST_FILES })),
  position: Type.Optional(
    object({
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      lng: Type.Number({ minimum: -180, maximum: 180 }),
    }),
  ),
  unit: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{1,40}$' })),
}
export const broughtShape = object(brought)
export type Brought = Static<typeof broughtShape>

const announcing = object({
  id: fileId,
  name: Type.String({ maxLength: 1000 }),
  bytes: Type.Integer({ minimum: 0, maximum: 1e12 }),
})
export type Announcing = Static<typeof announcing>

const fileState = object({
  id: Type.String(),
  state: oneOf(['arriving', 'ready', 'refused'] as const),
  received: Type.Integer(),
  bytes: Type.Integer(),
  kind: Type.Optional(oneOf(['image', 'file'] as const)),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  why: Type.Optional(Type.String()),
})
export type FileStateView = Static<typeof fileState>

const byId = object({ id: fileId })
export type ByFile = Static<typeof byId>
const copy = oneOf(['small', 'full'] as const)
const ofOwn = object({ id: fileId, copy })
export type OwnCopy = Static<typeof ofOwn>
const ofCase = object({ code: Type.String({ minLength: 1, maxLength: 40 }), id: fileId, copy })
export type CaseCopy = Static<typeof ofCase>
const ofTalk = object({ id: Type.String({ minLength: 1, maxLength: 64 }), file: fileId, copy })
export type TalkCopy = Static<typeof ofTalk>

const bytesOrRefusal = { '4xx': errorShape, '5xx': errorShape }

/** The schema of each route, by its name in docs/protocol.md. */
export const fileRoutes = {
  announce: { tags: ['resident'], body: announcing, response: answers(fileState) },
  piece: {
    tags: ['resident'],
    consumes: ['application/octet-stream'],
    params: byId,
    querystring: object({ at: digits }),
    response: answers(fileState),
  },
  state: { tags: ['resident'], params: byId, response: answers(fileState) },
  copy: { tags: ['resident'], params: ofOwn, response: bytesOrRefusal },
  clerkAnnounce: {
    tags: ['staff'],
    params: object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
    body: announcing,
    response: answers(fileState),
  },
  clerkPiece: {
    tags: ['staff'],
    consumes: ['application/octet-stream'],
    params: object({ code: Type.String({ minLength: 1, maxLength: 40 }), id: fileId }),
    querystring: object({ at: digits }),
    response: answers(fileState),
  },
  caseCopy: { tags: ['staff'], params: ofCase, response: bytesOrRefusal },
  talkCopy: { tags: ['staff'], params: ofTalk, response: bytesOrRefusal },
} as const
