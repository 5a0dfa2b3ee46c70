import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AdminChange } from '../../wire/admin.ts'
import { inviteAgain } from '../actions/staff-accounts.ts'
import { type Book, bookOf } from '../admin/books.ts'
import { changeRow, type Done, type Refused, textsNow, undoChange } from '../admin/change.ts'
import { rowChanges } from '../admin/diff.ts'
import { folderOf } from '../admin/folder.ts'
import type { Texts } from '../district-read.ts'
import { mayOffice } from '../rules/people/may.ts'
import { accountsOf } from '../store/accounts.ts'
import { type ChangeRow, changeByNo, changesOf } from '../store/district.ts'
import { staffName } from '../store/staff.ts'
import { folderRoutes } from './admin-folder.ts'
import { noticePreview } from './admin-notices.ts'
import { labelsOf, refusalWords, spotOf, whereWords, whyWords } from './admin-words.ts'
import { type Detail, type ErrorCode, refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { booksView, bookView, differencesView, type May, type Shown } from './present-admin.ts'
import { given } from './refusals.ts'
import {
  adminSchemas,
  type ByBook,
  type ByLogin,
  type ByNo,
  type NoticeWords,
  type OfHistory,
  type RowBody,
  type UndoBody,
} from './schemas-admin.ts'

/** `/api/staff/admin/*`: the books of the district, their history, the folder in and out. */
export async function adminRoutes(app: FastifyInstance, parts: ApiParts): Promise<void> {
  app.get('/admin/books', { schema: adminSchemas.books }, books(parts))
  app.get('/admin/books/:book', { schema: adminSchemas.book }, book(parts))
  app.post('/admin/books/:book', { schema: adminSchemas.row, bodyLimit: 256 * 1024 }, saveRow(parts))
  app.get('/admin/changes', { schema: adminSchemas.changes }, changes(parts))
  app.get('/admin/changes/:no', { schema: adminSchemas.change }, change(parts))
  app.post('/admin/changes/:no/undo', { schema: adminSchemas.undo }, undo(parts))
  app.post('/admin/staff/:login/invite', { schema: adminSchemas.invite }, invite(parts))
  app.post('/admin/notices/preview', { schema: adminSchemas.preview }, preview(parts))
  // In a scope of its own: it takes larger bodies than its neighbours.
  await app.register(async scope => folderRoutes(scope, parts))
}

/** What this person may do with the books; who may not even read them is refused. */
export function mayOf(request: FastifyRequest): May {
  const roles = request.staff!.who.members.map(({ role }) => role)
  if (roles.some(role => mayOffice(role, 'changeSettings'))) return 'write'
  return roles.some(role => mayOffice(role, 'seeSettings')) ? 'read' : refuse('notAllowed')
}

/** Only who keeps the settings. */
export const mayWrite = (request: FastifyRequest): May =>
  mayOf(request) === 'write' ? 'write' : refuse('notAllowed')

const found = (key: string): Book => bookOf(key) ?? refuse('notFound')

const books = (parts: ApiParts) => async (request: FastifyRequest) => {
  const may = mayOf(request)
  const texts = await textsNow(parts)
  return booksView(parts, languageOf(request), texts, parts.standing.no, may)
}

const book = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByBook }>) => {
  const may = mayOf(request)
  const wanted = found(request.params.book)
  return bookView(await shownTo(parts, request, may), wanted)
}

async function shownTo(parts: ApiParts, request: FastifyRequest, may: May): Promise<Shown> {
  const texts = await textsNow(parts)
  const accounts = new Map((await accountsOf(parts.house.store.read)).map(one => [one.login, one]))
  return { parts, language: languageOf(request), texts, may, accounts }
}

/** HTTP codes of refusals; all others are `incomplete`. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  notFound: 'notFound',
  faster: 'conflict',
  idTaken: 'incomplete',
  laterStands: 'notNow',
  inUse: 'notNow',
  undone: 'notNow',
  noChange: 'notNow',
  tooFast: 'conflict',
}

/** The row a refusal is told beside; `gone`: it was to be taken away. */
interface Form {
  book: Book
  id: string | null
  gone: boolean
}

/** Ends the request with the refusal in words; faults of this form stand beside their fields. */
export async function refuseChange(
  parts: ApiParts,
  request: FastifyRequest,
  refused: Refused,
  form?: Form,
): Promise<never> {
  const language = languageOf(request)
  const details: Detail[] =
    refused.why === 'faults'
      ? refused.faults.slice(0, 50).map(fault => {
          const here = form !== undefined && fault.book === form.book.key && fault.id === form.id
          const why = whyWords(parts, language, fault)
          const where = here ? null : whereWords(parts, language, fault)
          return {
            field: here ? spotOf(fault) : '',
            why: where ? parts.words(language, 'books:says.at', { where, why }) : why,
          }
        })
      : await later(parts, refused)
  return refuse(CODES[refused.why] ?? 'incomplete', {
    words: refusalWords(parts, language, refused, form?.gone),
    ...(details.length > 0 ? { details } : {}),
  })
}

/** Somebody was faster: say who, where it is known. */
async function later(parts: ApiParts, refused: Refused): Promise<Detail[]> {
  if (refused.why !== 'faster') return []
  const { read } = parts.house.store
  const [last] = await changesOf(read, { book: refused.book, limit: 1 })
  const name = last && (await staffName(read, last.staffId))
  return name ? [{ field: 'by', why: name }] : []
}

async function done(
  parts: ApiParts,
  request: FastifyRequest,
  result: Done | Refused,
  form?: Form,
): Promise<Done> {
  return result.ok ? result : refuseChange(parts, request, result, form)
}

const saveRow = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByBook; Body: RowBody }>) => {
  mayWrite(request)
  const of = found(request.params.book)
  const { id, mark, row, at, reason } = request.body
  if (isShut(of, id, row)) return refuse('notAllowed')
  const after = row ? of.id(row) : null
  const by = { staffId: request.staff!.who.staffId, reason }
  const result = await changeRow(parts, { book: of, id, mark, row, at }, by)
  const { no } = await done(parts, request, result, { book: of, id: after ?? id, gone: row === null })
  return { no, id: after }
}

/** What a book does not allow: rows of settings neither come nor go, accounts only come, locked fields stay. */
function isShut(book: Book, id: string | null, row: RowBody['row']): boolean {
  if (book.rows === 'one' && (id === null || row === null)) return true
  if (book.rows === 'noRemove' && row === null) return true
  return book.idField !== undefined && id !== null && row !== null && book.id(row) !== id
}

const HISTORY = 40

const changes = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: OfHistory }>) => {
  const may = mayOf(request)
  const { book: key, before } = request.query
  const rows = await changesOf(parts.house.store.read, {
    ...{ book: key, limit: HISTORY + 1 },
    before: before === undefined ? undefined : Number(before),
  })
  const told = rows.slice(0, HISTORY).map(row => changeView(parts, request, row))
  return { may, changes: await Promise.all(told), more: rows.length > HISTORY }
}

async function changeView(parts: ApiParts, request: FastifyRequest, row: ChangeRow): Promise<AdminChange> {
  const { staffId, books: touched, ...more } = row
  return {
    ...more,
    by: await staffName(parts.house.store.read, staffId),
    books: labelsOf(parts, languageOf(request), touched),
  }
}

const change = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByNo }>) => {
  const may = mayOf(request)
  const known = (await changeByNo(parts.house.store.read, Number(request.params.no))) ?? refuse('notFound')
  const now = await textsNow(parts)
  const side = (which: 0 | 1): Texts => {
    const made = new Map(now)
    for (const [name, both] of Object.entries(known.texts)) {
      const text = both[which]
      if (text === null) made.delete(name)
      else made.set(name, text)
    }
    return made
  }
  const [was, is] = [folderOf(side(0)), folderOf(side(1))]
  const rows = rowChanges(was, is, Object.keys(known.texts))
  const shown = { parts, may, language: languageOf(request), texts: now }
  const files = Object.keys(known.texts)
  return {
    ...(await changeView(parts, request, known.row)),
    ...differencesView(shown, rows),
    ...{ may, others: rows.length === 0 ? files : [] },
  }
}

const undo = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByNo; Body: UndoBody }>) => {
  mayWrite(request)
  const by = { staffId: request.staff!.who.staffId, reason: request.body.reason }
  const result = await undoChange(parts, Number(request.params.no), by)
  const { no } = await done(parts, request, result)
  return { no, id: null }
}

const invite = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByLogin }>) => {
  mayWrite(request)
  const { staffId } = request.staff!.who
  const { token, until } = await given(parts, await inviteAgain(parts.house, request.params.login, staffId))
  const base = parts.config.publicUrl ?? `${request.protocol}://${request.host}`
  return { link: `${base}/staff/invite/${token}`, until }
}

const preview = (parts: ApiParts) => async (request: FastifyRequest<{ Body: NoticeWords }>) => {
  mayOf(request)
  const plan = folderOf(parts.standing.texts)['wechat.json'] as
    | { templates?: { progress?: Record<string, string> } }
    | undefined
  const fields = plan?.templates?.progress ?? {}
  return (
    noticePreview(parts, request.body.language ?? languageOf(request), request.body, fields) ??
    refuse('notFound')
  )
}
