import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { flushReadings, noteReading } from '../actions/note-reading.ts'
import { OWN_ROW, READINGS } from '../rules/audit/routes.ts'
import { type AuditLine, addAudit, seeAsker } from '../store/audit.ts'
import { caseByCode } from '../store/cases.ts'
import type { HouseKeys } from '../store/seal.ts'
import { keyedHash } from '../store/seal.ts'
import type { ApiParts } from './parts.ts'
import { plainCaseCode } from './resident-cases.ts'

const DOOR = '/api/staff'

/** Where a request came from, without its address: the network (IPv4 /24, IPv6 /48) and a keyed mark by which one machine is known again. */
export function originOf(keys: HouseKeys, ip: string): string {
  const plain = ip.replace(/^::ffff:/, '')
  const parts = plain.split('.')
  const network =
    parts.length === 4 ? `${parts.slice(0, 3).join('.')}.*` : `${plain.split(':').slice(0, 3).join(':')}::`
  return `${network} ${keyedHash(keys, 'origin', plain).slice(0, 8)}`
}

/** Writes into the book what staff read, take away and do over HTTP. What a verb writes itself in its own transaction is not written twice. */
export function auditTrail(app: FastifyInstance, parts: ApiParts): void {
  app.addHook('onRequest', async request => {
    const { who } = request.staff!
    const member = who.members[0]
    const origin = originOf(parts.house.store.keys, request.ip)
    seeAsker(who.staffId, { role: member?.role ?? null, unitId: member?.unit ?? null, origin })
  })
  // Before the answer leaves: nothing is taken away without its row.
  app.addHook('onSend', async (request, reply, payload) => {
    await record(parts, request, reply)
    return payload
  })
  app.addHook('onClose', () => flushReadings(parts.house))
}

async function record(parts: ApiParts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!request.staff) return
  const path = (request.routeOptions.url ?? '').slice(DOOR.length)
  const { statusCode } = reply
  const ok = statusCode < 400
  // 403 and 404 are what somebody hears who tries what is not theirs; all else that failed did nothing.
  if (!ok && statusCode !== 403 && statusCode !== 404) return
  if (request.method === 'GET') return reading(parts, request, reply, path, ok)
  if (ok && OWN_ROW.includes(path)) return
  await write(parts, { ...(await lineOf(parts, request, path)), what: 'does', ok })
}

async function reading(
  parts: ApiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  ok: boolean,
) {
  if (ok && String(reply.getHeader('content-disposition') ?? '').startsWith('attachment'))
    return write(parts, { ...(await lineOf(parts, request, path)), what: 'export', detail: askedOf(request) })
  const recorded = READINGS[path]
  const params = request.params as Record<string, string>
  const { staffId } = request.staff!.who
  const { q } = (request.query ?? {}) as { q?: string }
  if (path === '/cases' && ok && q?.trim())
    return noteReading(parts.house, { staffId, what: 'search', field: searchMark(parts, q) })
  // Small pictures come with the page that shows them.
  if (!recorded || params.copy === 'small') return
  // Nothing of anybody was asked for: a question about a number nobody has.
  if (reply.statusCode === 404 && !recorded.code && !recorded.field) return
  const caseId = recorded.code ? await caseIdOf(parts, params[recorded.code]) : null
  const field = recorded.field ? (params[recorded.field] ?? null) : null
  noteReading(parts.house, { staffId, what: recorded.what, caseId, field, ok })
}

/** What a file was asked for, as the address said it; sealed with the row. */
const askedOf = ({ query }: FastifyRequest) =>
  new URLSearchParams(query as Record<string, string>).toString() || null

/** The same words looked for again are known again; which they were is not kept. */
const searchMark = ({ house }: ApiParts, words: string) =>
  keyedHash(house.store.keys, 'search', words.trim()).slice(0, 12)

async function lineOf(
  parts: ApiParts,
  request: FastifyRequest,
  path: string,
): Promise<Omit<AuditLine, 'what'>> {
  const { code } = request.params as Record<string, string>
  const caseId = path.includes('/:code') && !path.startsWith('/panels') ? await caseIdOf(parts, code) : null
  return { staffId: request.staff!.who.staffId, caseId, field: path.slice(1) }
}

async function caseIdOf({ house }: ApiParts, code: string | undefined): Promise<string | null> {
  if (!code) return null
  return (await caseByCode(house.store.read, plainCaseCode(code)))?.id ?? null
}

const write = ({ house }: ApiParts, line: AuditLine) =>
  house.store.write(tx => addAudit(tx, line, house.now()))
