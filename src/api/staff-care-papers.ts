import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { bringIn, tryIn } from '../actions/care/bring-in.ts'
import { takeLetter } from '../actions/care/letters.ts'
import { takeReport } from '../actions/care/report-sheet.ts'
import { type Service, serviceOf } from '../actions/care/service.ts'
import { letterDocument, reportDocument } from '../papers/care.ts'
import { VISIT_KINDS } from '../rules/care/duties.ts'
import { readSheets, refusedRows, template } from './care-excel.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { careWords } from './present-care.ts'
import { given } from './refusals.ts'
import { type CareId, careRoutes, type TryQuery } from './schemas-care.ts'

const BYTES = 'application/octet-stream'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MOST_BYTES = 5 * 1024 * 1024

/** What goes in and out on paper: the Excel import, its template, letters and the mandatory report as Word files. */
export function carePapers(app: FastifyInstance, parts: ApiParts): void {
  if (!app.hasContentTypeParser(BYTES))
    app.addContentTypeParser(BYTES, { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_, body, done) =>
      done(null, body),
    )
  app.post('/care/import', { schema: careRoutes.import, bodyLimit: MOST_BYTES }, importRoute(parts))
  app.post(
    '/care/import/refused',
    { schema: careRoutes.refusedRows, bodyLimit: MOST_BYTES },
    refusedRoute(parts),
  )
  app.get('/care/import/template', { schema: careRoutes.template }, async (request, reply) => {
    const language = languageOf(request)
    return sent(reply, XLSX, 'care.xlsx', await template(key => careWords(parts, language, `import.${key}`)))
  })
  app.get('/care/letters/:id/docx', { schema: careRoutes.file }, letter(parts))
  app.get('/care/volunteers/:id/service', { schema: careRoutes.file }, service(parts))
  app.get('/care/reports/:id/sheet', { schema: careRoutes.file }, report(parts))
}

/** A Word file with a name that says nothing of anybody. */
export const sentPaper = (reply: FastifyReply, name: string, bytes: Buffer) => sent(reply, DOCX, name, bytes)

/** A download with a name that says nothing of anybody. */
const sent = (reply: FastifyReply, type: string, name: string, bytes: Buffer) =>
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('x-content-type-options', 'nosniff')
    .type(type)
    .send(bytes)

type Brought = FastifyRequest<{ Querystring: TryQuery }>

const sheetsOf = async (request: FastifyRequest) =>
  (Buffer.isBuffer(request.body) ? await readSheets(request.body) : null) ??
  refuse('badFile', { sentence: 'notExcel' })

const importRoute = (parts: ApiParts) => async (request: Brought) => {
  const language = languageOf(request)
  const words = (key: string) => careWords(parts, language, `import.${key}`)
  const bring = request.query.try ? tryIn : bringIn
  const { entered, refused } = await bring(parts.house, request.staff!.who, await sheetsOf(request))
  return {
    entered,
    refused: refused.map(({ sheet, row, why }) => ({ sheet: words(sheet), row, why: words(`why.${why}`) })),
  }
}

/** What of a workbook would be refused, as a workbook with the reasons. Nothing is entered. */
const refusedRoute = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  const language = languageOf(request)
  const rows = await sheetsOf(request)
  const { refused } = await tryIn(parts.house, request.staff!.who, rows)
  const words = (key: string) => careWords(parts, language, `import.${key}`)
  return sent(reply, XLSX, 'refused.xlsx', await refusedRows(words, rows, refused))
}

const letter =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: CareId }>, reply: FastifyReply) => {
    const { text, parent, volunteer } = await given(
      parts,
      await takeLetter(parts.house, request.staff!.who, request.params.id),
    )
    // The letter is for the parent, who reads Chinese, whatever language the desk is in.
    const say = (key: string, values: Record<string, unknown> = {}) =>
      careWords(parts, 'zh-CN', `sheet.${key}`, values)
    const bytes = await letterDocument({
      title: say('letterTitle'),
      to: say('letterTo', { parent }),
      paragraphs: text.split('\n'),
      by: say('letterBy', { volunteer }),
    })
    return sent(reply, DOCX, 'letter.docx', bytes)
  }

const report =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: CareId }>, reply: FastifyReply) => {
    const { row, record, child, guardian } = await given(
      parts,
      await takeReport(parts.house, request.staff!.who, request.params.id),
    )
    const words = (key: string, values: Record<string, unknown> = {}) =>
      careWords(parts, 'zh-CN', key, values)
    const at = (instant: string) => parts.words('zh-CN', 'done:as', { value: instant })
    const bytes = await reportDocument({
      title: words('sheet.title'),
      rows: [
        [words('sheet.to'), words(`to.${record.addressedTo}`)],
        [words('sheet.child'), child.name],
        [words('sheet.birth'), child.birthDate],
        [words('sheet.address'), child.address],
        [words('sheet.carer'), guardian],
        [words('sheet.signs'), record.signs.map(sign => words(`sign.${sign}`)).join('；')],
        [words('sheet.words'), record.words],
        [words('sheet.heard'), at(row.heardAt)],
        [words('sheet.due'), at(row.dueAt)],
      ],
      note: words('sheet.basis'),
    })
    return sent(reply, DOCX, 'report.docx', bytes)
  }

/** A true record of service, free for the asking; what was done, and no child. */
const service =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: CareId }>, reply: FastifyReply) => {
    const { service } = await given(
      parts,
      await serviceOf(parts.house, request.staff!.who, request.params.id),
    )
    return sentService(parts, reply, service)
  }

/** The record of service as a Word file, in Chinese: it is shown to Chinese offices and schools. */
export async function sentService(parts: ApiParts, reply: FastifyReply, service: Service) {
  const words = (key: string) => careWords(parts, 'zh-CN', key)
  const done = VISIT_KINDS.filter(kind => service.counts[kind] > 0)
  const bytes = await reportDocument({
    title: words('service.title'),
    rows: [
      [words('service.name'), service.name],
      [words('service.time'), `${service.from} — ${service.to}`],
      [words('service.children'), String(service.children)],
      ...done.map(kind => [words(`visit.${kind}`), String(service.counts[kind])] as const),
    ],
    note: words('service.basis'),
  })
  return sent(reply, DOCX, 'service.docx', bytes)
}
