import type { FastifyReply } from 'fastify'
import { copyOf } from '../files/arrive.ts'
import { type FileRow, fileName } from '../store/files.ts'
import type { Copy } from '../store/shelf.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'

/** A copy never changes; only the browser of whoever may see it keeps it. Seconds. */
const KEPT = 30 * 24 * 3600

/**
 * Answers with a file's bytes. Whatever they are, they can do nothing: no sniffing, no scripts, an origin of their own, and what is no
 * picture only as a download.
 */
export async function sendFile(parts: ApiParts, reply: FastifyReply, row: FileRow | null, copy: Copy) {
  const bytes = row && (await copyOf(parts.house, row, copy))
  if (!row || !bytes) return refuse('notFound', { sentence: 'noFile' })
  if (row.kind === 'file') {
    const name = (await fileName(parts.house.store.read, row.id)) ?? ''
    reply.header('content-disposition', asDownload(name))
  }
  return reply
    .header('cache-control', `private, max-age=${KEPT}, immutable`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .type(row.type)
    .send(bytes)
}

/** The sender's name for it, with the ending it has by its bytes (RFC 6266). */
function asDownload(name: string): string {
  const plain =
    [...name.replace(/\.[^.]*$/, '').replace(/[\p{C}/\\"]/gu, '')].slice(0, 80).join('') || 'huiyin'
  // `encodeURIComponent` leaves four marks RFC 8187 does not.
  const coded = encodeURIComponent(`${plain}.pdf`).replace(
    /['()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="huiyin.pdf"; filename*=UTF-8''${coded}`
}
