import Type, { type Static } from 'typebox'
import type {
  AdminBook,
  AdminBooks,
  AdminChanges,
  AdminChangeWhole,
  AdminInvite,
  AdminNotice,
} from '../../wire/admin.ts'
import { LANGUAGES } from '../rules/people/language.ts'
import { answers, digits, loose, object, oneOf, text } from './schemas.ts'

/** The shapes of `/api/staff/admin/*`; what the pages read is said in `wire/admin.ts`. */

const tags = ['administration']

const byBook = object({ book: text(1, 40) })
export type ByBook = Static<typeof byBook>
const byNo = object({ no: digits })
export type ByNo = Static<typeof byNo>
const byLogin = object({ login: text(1, 40) })
export type ByLogin = Static<typeof byLogin>
const ofHistory = object({ book: Type.Optional(text(1, 40)), before: Type.Optional(digits) })
export type OfHistory = Static<typeof ofHistory>

const reason = Type.Optional(Type.String({ maxLength: 500 }))
const idOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 200 })
const rowOrNull = Type.Unsafe<Record<string, unknown> | null>({
  type: ['object', 'null'],
  additionalProperties: true,
})

/** One row set (`row`), added (`id` null) or taken away (`row` null). `mark`: of the row as it was seen. */
const rowAsked = object({
  id: idOrNull,
  mark: idOrNull,
  row: rowOrNull,
  at: Type.Optional(Type.Integer({ minimum: 0 })),
  reason,
})
export type RowBody = Static<typeof rowAsked>

const undo = object({ reason })
export type UndoBody = Static<typeof undo>

const words = object({
  key: text(1, 80),
  zh: Type.String({ maxLength: 4000 }),
  en: Type.String({ maxLength: 4000 }),
  /** The language it is read in; left out: the caller's own. */
  language: Type.Optional(oneOf(LANGUAGES)),
})
export type NoticeWords = Static<typeof words>

const ofImport = object({
  /** 1: only look through it. */
  try: Type.Optional(Type.Literal('1')),
  /** Number of the district the preview was made of. */
  no: Type.Optional(digits),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
})
export type ImportQuery = Static<typeof ofImport>

const saved = object({ no: Type.Integer(), id: idOrNull })

export const adminSchemas = {
  books: { tags, response: answers(loose<AdminBooks>()) },
  book: { tags, params: byBook, response: answers(loose<AdminBook>()) },
  row: { tags, params: byBook, body: rowAsked, response: answers(saved) },
  changes: { tags, querystring: ofHistory, response: answers(loose<AdminChanges>()) },
  change: { tags, params: byNo, response: answers(loose<AdminChangeWhole>()) },
  undo: { tags, params: byNo, body: undo, response: answers(saved) },
  invite: { tags, params: byLogin, response: answers(loose<AdminInvite>()) },
  preview: { tags, body: words, response: answers(loose<AdminNotice>()) },
  export: { tags },
  import: { tags, querystring: ofImport, consumes: ['application/octet-stream'] },
}
