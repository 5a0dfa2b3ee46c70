import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { keepRead, lastSeq } from '../store/talks.ts'
import { heardWith, readBrought } from './brought.ts'
import { type ErrorCode, Refused, refusedOf } from './errors.ts'
import { told } from './faults.ts'
import { keepAlive } from './keep-alive.ts'
import { type ChatLine, type LiveChat, send } from './live.ts'
import { externalIdOf } from './message.ts'
import { checkSocketOrigin } from './origin.ts'
import type { ApiParts } from './parts.ts'
import { needResident } from './resident-session.ts'

/** Frames that are no JSON before the line is cut, frames that may wait their turn, and messages in ten seconds. */
const BROKEN_FRAMES = 5
const MOST_WAITING = 100
const MOST_SAID = 60
const SAID_WITHIN = 10_000

/** What one open line remembers beside `ChatLine`. */
interface Talking {
  parts: ApiParts
  live: LiveChat
  line: ChatLine
  request: FastifyRequest
  identityId: string
  address: string
  /** Frames are handled one after another: a person's messages keep their order. */
  tail: Promise<void>
  waiting: number
  broken: number
  said: number
  saidSince: number
}

type Frame = { t?: unknown; [field: string]: unknown }

/** `/ws/chat`: docs/protocol.md, "Chat socket". */
export function chatSocket(app: FastifyInstance, parts: ApiParts, live: LiveChat): void {
  const beat = keepAlive(app)
  app.get(
    '/ws/chat',
    {
      websocket: true,
      config: { rateLimit: false },
      onRequest: [checkSocketOrigin(parts.config), needResident(parts)],
    },
    (socket, request) => {
      beat(socket)
      open(parts, live, socket, request)
    },
  )
}

function open(parts: ApiParts, live: LiveChat, socket: WebSocket, request: FastifyRequest) {
  const { personId, language, identityId, address } = request.resident!
  const line: ChatLine = { socket, personId, language, last: -1, busy: false, again: false }
  const talking: Talking = {
    ...{ parts, live, line, request, identityId, address },
    ...{ tail: Promise.resolve(), waiting: 0, broken: 0, said: 0, saidSince: 0 },
  }
  live.add(line)
  socket.on('close', () => live.drop(line))
  // `ws` closes the line after an error by itself; the listener keeps it from ending the process.
  socket.on('error', () => undefined)
  socket.on('message', (data, isBinary) => heard(talking, isBinary ? '' : String(data)))
}

function heard(talking: Talking, words: string) {
  const frame = parse(words)
  if (!frame) return brokenFrame(talking)
  if (talking.waiting >= MOST_WAITING) return answerFault(talking, new Refused('tooMany'), frame)
  talking.waiting += 1
  talking.tail = talking.tail
    .then(() => handle(talking, frame))
    .catch(fault => answerFault(talking, fault, frame))
    .finally(() => {
      talking.waiting -= 1
    })
}

function parse(words: string): Frame | null {
  try {
    const frame = JSON.parse(words)
    return frame && typeof frame === 'object' && !Array.isArray(frame) ? frame : null
  } catch {
    return null
  }
}

function brokenFrame(talking: Talking) {
  talking.broken += 1
  answerFault(talking, new Refused('badRequest', { sentence: 'brokenFrame' }), {})
  if (talking.broken >= BROKEN_FRAMES) talking.line.socket.close(1003)
}

async function handle(talking: Talking, frame: Frame): Promise<void> {
  switch (frame.t) {
    case 'hello':
      return hello(talking, frame)
    case 'say':
      return speak(talking, frame)
    case 'read':
      return read(talking, frame)
    case 'ping':
      return void send(talking.line.socket, { t: 'pong' })
    default:
      throw new Refused('badRequest', { sentence: 'unknownFrame' })
  }
}

const isSeq = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 2_000_000_000

async function hello({ parts, live, line }: Talking, { after }: Frame): Promise<void> {
  if (!isSeq(after)) throw new Refused('badRequest', { details: [{ field: 'after', why: 'wrong' }] })
  const last = await lastSeq(parts.house.store.read, line.personId)
  send(line.socket, { t: 'welcome', last, language: line.language })
  line.last = Math.min(after, last)
  await live.push(line)
}

async function speak(talking: Talking, frame: Frame): Promise<void> {
  const { id, text, tap } = frame
  if (typeof id !== 'string' || !/^[A-Za-z0-9._:-]{1,64}$/.test(id)) throw wrong('id')
  if (typeof text !== 'string') throw wrong('text')
  if (tap !== undefined && (typeof tap !== 'string' || tap.length > 200)) throw wrong('tap')
  const brought = readBrought({ files: frame.files, position: frame.position, unit: frame.unit })
  countSaid(talking)
  const { parts, line, identityId, address } = talking
  const received = await parts.receive({
    channel: 'web',
    appId: '-',
    address,
    externalId: externalIdOf(identityId, id),
    text,
    ...(tap === undefined ? {} : { tap }),
    ...(await heardWith(parts, line.personId, brought)),
  })
  send(line.socket, { t: 'ack', id, seq: received.seq })
  // The cookie means another person now (recovered elsewhere, erased): the page must begin again.
  if (received.personId !== line.personId) line.socket.close(4001)
}

const wrong = (field: string) => new Refused('badRequest', { details: [{ field, why: 'wrong' }] })

function countSaid(talking: Talking) {
  const now = Date.now()
  if (now - talking.saidSince > SAID_WITHIN) {
    talking.saidSince = now
    talking.said = 0
  }
  talking.said += 1
  if (talking.said > MOST_SAID) throw new Refused('tooMany')
}

async function read({ parts, line }: Talking, { seq }: Frame): Promise<void> {
  if (!isSeq(seq)) throw wrong('seq')
  await parts.house.store.write(tx => keepRead(tx, line.personId, seq), line.personId)
}

function answerFault({ parts, line, request }: Talking, fault: unknown, { id }: Frame) {
  const refused = refusedOf(fault)
  const code: ErrorCode = refused.code
  if (code === 'broken') request.log.error({ fault: (fault as Error)?.name }, 'socket frame broke')
  const frame = { t: 'error', ...told(parts, refused, request) }
  send(line.socket, typeof id === 'string' ? { ...frame, id } : frame)
}
