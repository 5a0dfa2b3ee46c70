import { once } from 'node:events'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unzipSync, zipSync } from 'fflate'
import type { AdminPreview, AdminProgress } from '../../wire/admin.ts'
import { BOOKS } from '../admin/books.ts'
import { importFolder, type Previewed, previewFolder, textsNow } from '../admin/change.ts'
import { countsOf } from '../admin/diff.ts'
import type { Told } from '../admin/plan.ts'
import { FOLDER, type Texts } from '../district-read.ts'
import { faultWords } from '../district-words.ts'
import type { Language } from '../rules/people/language.ts'
import { addAudit } from '../store/audit.ts'
import { turnOfTheLoop } from '../store/db.ts'
import { bookLabel, refusalWords, whereWords, whyWords } from './admin-words.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { differencesView } from './present-admin.ts'
import { adminSchemas, type ImportQuery } from './schemas-admin.ts'
import { mayWrite } from './staff-admin.ts'

const BYTES = 'application/octet-stream'
/** Packed, and each file unpacked: a district of many thousand grids is a few megabytes. */
const [MOST_PACKED, MOST_FILE] = [10 * 1024 * 1024, 30 * 1024 * 1024]

/** The district's folder as one file, out and in. */
export function folderRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.addContentTypeParser(BYTES, { parseAs: 'buffer', bodyLimit: MOST_PACKED }, (_, body, done) =>
    done(null, body),
  )
  app.get('/admin/export', { schema: adminSchemas.export }, exported(parts))
  app.post('/admin/import', { schema: adminSchemas.import, bodyLimit: MOST_PACKED }, imported(parts))
}

/** 1980, where the format begins: the same folder is the same file. */
const WHEN = new Date(1980, 0, 1)

const exported = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  mayWrite(request)
  const { house } = parts
  const texts = await textsNow(parts)
  const encoder = new TextEncoder()
  const files = Object.fromEntries(
    [...texts].map(([name, text]) => [name, [encoder.encode(text), { mtime: WHEN }] as const]),
  )
  const { staffId } = request.staff!.who
  await house.store.write(tx => addAudit(tx, { staffId, what: 'exportDistrict' }, house.now()))
  return reply
    .header('content-disposition', `attachment; filename="district-${house.district.code}.zip"`)
    .header('x-content-type-options', 'nosniff')
    .type('application/zip')
    .send(Buffer.from(zipSync(files as never)))
}

/** The texts of a packed folder: files of a district's names, wherever in the file they lie. Null: it is no such file. */
function unpacked(bytes: Buffer): Texts | null {
  const nameOf = (path: string) => path.split('/').at(-1) ?? ''
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => FOLDER.includes(nameOf(name)) && originalSize <= MOST_FILE,
    })
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const texts = Object.entries(files).map(([path, text]) => [nameOf(path), decoder.decode(text)] as const)
    const byName = new Map(texts)
    return byName.size > 0
      ? new Map(FOLDER.flatMap(name => (byName.has(name) ? [[name, byName.get(name)!]] : [])))
      : null
  } catch {
    return null
  }
}

type Asked = FastifyRequest<{ Querystring: ImportQuery }>

/** Answers line by line while it works, so that a page can show how far it is; the last line is what came of it. */
const imported = (parts: ApiParts) => async (request: Asked, reply: FastifyReply) => {
  mayWrite(request)
  const texts = Buffer.isBuffer(request.body) ? unpacked(request.body) : null
  if (!texts) return refuse('badFile', { words: parts.words(languageOf(request), 'books:says.noFolder') })
  const { raw } = reply.hijack()
  const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' }
  raw.writeHead(200, { ...headers, 'x-content-type-options': 'nosniff' })
  const write = async (line: AdminProgress) => {
    if (!raw.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(raw, 'drain'), once(raw, 'close')])
    // Others have a turn, and the line is on its way before the next piece of work.
    await turnOfTheLoop()
  }
  try {
    await (request.query.try ? look : bringIn)(parts, request, texts, write)
  } catch (fault) {
    request.log.error({ name: (fault as Error).name }, 'import broke')
    const message = parts.words(languageOf(request), 'api:error.broken')
    await write({ t: 'refused', message, details: [] })
  } finally {
    raw.end()
  }
}

type Write = (line: AdminProgress) => Promise<void>

/** Steps of one bringing-in, in words, each told when it begins. */
function stepper(parts: ApiParts, language: Language, write: Write, steps: readonly string[]) {
  return (step: string) =>
    write({
      t: 'step',
      step: parts.words(language, `books:step.${step}`),
      ...{ done: steps.indexOf(step), of: steps.length },
    })
}

async function look(parts: ApiParts, request: Asked, texts: Texts, write: Write): Promise<void> {
  const language = languageOf(request)
  const step = stepper(parts, language, write, ['read', 'compare'])
  await step('read')
  const by = { staffId: request.staff!.who.staffId }
  const previewed = await previewFolder(parts, texts, by, () => step('compare'))
  await write({ t: 'preview', preview: previewOf(parts, language, previewed) })
}

async function bringIn(parts: ApiParts, request: Asked, texts: Texts, write: Write): Promise<void> {
  const language = languageOf(request)
  const step = stepper(parts, language, write, ['read', 'compare', 'write'])
  await step('read')
  const { staffId } = request.staff!.who
  const seen = request.query.no === undefined ? undefined : Number(request.query.no)
  const result = await importFolder(parts, texts, { staffId, reason: request.query.reason }, { seen, step })
  if (result.ok) return write({ t: 'done', no: result.no })
  const details =
    result.why === 'faults'
      ? result.faults.map(fault => ({
          field: `${fault.file}:${fault.line}`,
          why: whyWords(parts, language, fault),
        }))
      : []
  return write({ t: 'refused', message: refusalWords(parts, language, result), details })
}

function previewOf(parts: ApiParts, language: Language, previewed: Previewed): AdminPreview {
  const { no, plan, refused } = previewed
  const faults = plan.ok || plan.why !== 'faults' ? [] : plan.faults
  const changes = plan.ok ? plan.changes : []
  const touched = BOOKS.filter(({ key }) => changes.some(change => change.book === key))
  return {
    ...{ no, ...countsOf(changes), same: !plan.ok && plan.why === 'noChange' },
    books: touched.map(({ key }) => ({
      label: bookLabel(parts, language, key),
      ...countsOf(changes.filter(change => change.book === key)),
    })),
    ...(plan.ok
      ? differencesView({ parts, language, texts: plan.after, may: 'write' }, changes)
      : { differences: [], left: 0 }),
    others: plan.ok ? [...plan.others] : [],
    refused: refused ? refusalWords(parts, language, refused) : null,
    faults: faults.map(fault => faultView(parts, language, fault)),
  }
}

const faultView = (parts: ApiParts, language: Language, fault: Told) => ({
  ...{ file: fault.file, line: fault.line, where: whereWords(parts, language, fault) },
  why: fault.book ? whyWords(parts, language, fault) : faultWords(language, fault),
})
