import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Arriving, announce, ownFile, PIECE, takePiece } from '../files/arrive.ts'
import type { Language } from '../rules/people/language.ts'
import type { FileRow } from '../store/files.ts'
import { keyedHash } from '../store/seal.ts'
import { refuse } from './errors.ts'
import { isNear } from './near.ts'
import { type ApiParts, say } from './parts.ts'
import {
  type Announcing,
  type ByFile,
  type FileStateView,
  fileRoutes,
  type OwnCopy,
} from './schemas-files.ts'
import { sendFile } from './send-file.ts'

/** Files one client may announce an hour; neighbours may share an address. */
const ANNOUNCED = 600
/** Wait this long when too much stands about, seconds. */
const LATER = 600
const BYTES = 'application/octet-stream'

/** The resident's own files: announced, sent piece by piece, looked at. Raw bytes are read nowhere else. */
export const residentFiles = (parts: ApiParts) => async (app: FastifyInstance) => {
  app.addContentTypeParser(BYTES, { parseAs: 'buffer', bodyLimit: PIECE }, (_, body, done) =>
    done(null, body),
  )
  app.post('/files', { schema: fileRoutes.announce }, announceRoute(parts))
  app.put('/files/:id', { schema: fileRoutes.piece, bodyLimit: PIECE }, piece(parts))
  app.get('/files/:id', { schema: fileRoutes.state }, stateRoute(parts))
  app.get('/files/:id/:copy', { schema: fileRoutes.copy }, copyRoute(parts))
}

const announceRoute = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Announcing }>) => {
  const { personId, language } = request.resident!
  const { id, bytes, name } = request.body
  const limits = isNear(request.ip) ? [] : [clientLimit(parts, request.ip)]
  const given = { id, bytes, name: name.slice(0, 200) }
  return fileView(parts, language, taken(await announce(parts.house, personId, given, limits)))
}

const clientLimit = ({ house }: ApiParts, ip: string) => ({
  subject: `files.client.${keyedHash(house.store.keys, 'try.files.client', ip)}`,
  most: ANNOUNCED,
  minutes: 60,
})

type Piece = { Params: ByFile; Querystring: { at: string }; Body: unknown }

const piece = (parts: ApiParts) => async (request: FastifyRequest<Piece>) => {
  const { personId, language } = request.resident!
  const { id } = request.params
  if (!Buffer.isBuffer(request.body))
    return refuse('badRequest', { details: [{ field: 'body', why: 'wrong' }] })
  const row = taken(await takePiece(parts.house, personId, id, Number(request.query.at), request.body))
  if (row.state === 'refused') return refuse('badFile', { sentence: `file.${row.why}` })
  return fileView(parts, language, row)
}

/** The row, or the refusal the caller gets. */
export function taken(arriving: Arriving): FileRow {
  if (arriving.ok) return arriving.row
  switch (arriving.why) {
    case 'notFound':
      return refuse('notFound', { sentence: 'noFile' })
    case 'empty':
      return refuse('badFile', { sentence: 'file.empty' })
    case 'tooLarge':
      return refuse('tooLarge', { sentence: 'file.tooLarge' })
    case 'wrongBytes':
      return refuse('badRequest', { sentence: 'file.changed', details: [{ field: 'bytes', why: 'wrong' }] })
    case 'offset':
      return refuse('conflict', {
        sentence: 'file.goOn',
        details: [{ field: 'at', why: String(arriving.received) }],
      })
    case 'tooMany':
      return refuse('tooMany', { sentence: 'file.tooMany', retryAfter: arriving.wait })
    case 'full':
      return refuse('tooMany', { sentence: 'file.full', retryAfter: LATER })
  }
}

/** How far a file has come, for whoever sends it. */
export function fileView(parts: ApiParts, language: Language, row: FileRow): FileStateView {
  const { id, state, received, bytes, kind, width, height, why } = row
  return {
    ...{ id, state, received, bytes },
    ...(state === 'ready' ? { kind } : {}),
    ...(width && height ? { width, height } : {}),
    ...(why ? { why: say(parts, language, `error.file.${why}`) } : {}),
  }
}

async function mine(parts: ApiParts, request: FastifyRequest<{ Params: { id: string } }>): Promise<FileRow> {
  const row = await ownFile(parts.house, request.resident!.personId, request.params.id)
  return row ?? refuse('notFound', { sentence: 'noFile' })
}

const stateRoute = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByFile }>) =>
  fileView(parts, request.resident!.language, await mine(parts, request))

const copyRoute =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: OwnCopy }>, reply: FastifyReply) =>
    sendFile(parts, reply, await mine(parts, request), request.params.copy)
