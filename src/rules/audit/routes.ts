import type { Audited } from './kinds.ts'

/** What a staff route's answer writes into the book, below `/api/staff`. */
interface Recorded {
  what: Audited
  /** The parameter of the path that names the case, or else whom or what it is about. */
  code?: string
  field?: string
}

/** Readings, gathered and written together; the same person reading the same thing again within minutes is one reading. */
// biome-ignore format: a table
export const READINGS: Readonly<Record<string, Recorded>> = {
  '/cases/:code':                          { what: 'readCase', code: 'code' },
  '/cases/:code/assessment':               { what: 'readCase', code: 'code' },
  '/mediations/:code':                     { what: 'readCase', code: 'code' },
  '/mediations/:code/agreement':           { what: 'readCase', code: 'code' },
  '/conversations/:id':                    { what: 'readTalk', field: 'id' },
  '/cases/:code/files/:id/:copy':          { what: 'readFile', code: 'code', field: 'id' },
  '/conversations/:id/files/:file/:copy':  { what: 'readFile', field: 'file' },
  '/grids/records/:id/files/:file/:copy':  { what: 'readFile', field: 'file' },
  '/care/children/:id':                    { what: 'readChild', field: 'id' },
  '/care/children/:id/history':            { what: 'readChild', field: 'id' },
  '/care/readings':                        { what: 'readAudit' },
  '/audit':                                { what: 'readAudit' },
  '/audit/readers':                        { what: 'readAudit' },
}

/** Writing routes whose verb writes its own row in its own transaction, or which say nothing worth a row. */
export const OWN_ROW: readonly string[] = [
  '/login',
  '/invite',
  '/logout',
  '/password',
  '/otp/confirm',
  '/cases/:code/steps/:verb',
  '/cases/:code/reveal',
  '/mediations/:code/steps/:verb',
  '/conversations/:id/take',
  '/conversations/:id/say',
  '/conversations/:id/handback',
  '/notices/:id/clear',
  '/assessments/:id/ask',
  '/assessments/:id/review',
  '/chat/unlink',
  '/pinyin',
  '/filters',
  '/filters/:id/remove',
  '/dispatches/:id/seen',
  '/learning/examples/:id/approve',
  '/learning/examples/:id/discard',
  '/admin/books/:book',
  '/admin/changes/:no/undo',
  '/admin/staff/:login/invite',
  '/admin/notices/preview',
  '/admin/import',
  '/care/children/:id/open',
  '/care/emergency',
  '/care/readings/review',
]
