import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { talkOf } from '../store/inbox-talks.ts'
import { keepAlive } from './keep-alive.ts'
import { type LiveChat, send } from './live.ts'
import type { DeskLine, LiveDesk } from './live-desk.ts'
import { checkSocketOrigin } from './origin.ts'
import type { ApiParts } from './parts.ts'
import { needStaff, signedIn } from './staff-session.ts'

/** Milliseconds between two looks at whether the log-in behind a line still stands. */
const LOOK_EVERY = 60_000
const CODE = /^[A-Z]{2,4}-\d{8}-\d{4,}$/

/** `/ws/staff`: hints only; docs/protocol.md, "Staff socket". */
export function staffSocket(app: FastifyInstance, parts: ApiParts, desk: LiveDesk, chat: LiveChat): void {
  const beat = keepAlive(app)
  app.get(
    '/ws/staff',
    {
      websocket: true,
      config: { rateLimit: false },
      onRequest: [checkSocketOrigin(parts.config), needStaff(parts)],
    },
    (socket, request) => {
      beat(socket)
      open(parts, desk, chat, socket, request)
    },
  )
}

function open(parts: ApiParts, desk: LiveDesk, chat: LiveChat, socket: WebSocket, request: FastifyRequest) {
  const line: DeskLine = { socket, who: request.staff!.who, viewing: null, writing: false }
  desk.add(line)
  const look = setInterval(() => void endWithLogin(parts, request, socket), LOOK_EVERY)
  look.unref()
  socket.on('close', () => {
    clearInterval(look)
    desk.drop(line)
  })
  socket.on('error', () => undefined)
  socket.on('message', data => void heard(parts, desk, chat, line, String(data)).catch(() => undefined))
}

/** Logged out, idle too long, or no longer staff: nothing more is told. */
async function endWithLogin(parts: ApiParts, request: FastifyRequest, socket: WebSocket) {
  if (!(await signedIn(parts, request))) socket.close(4001)
}

async function heard(parts: ApiParts, desk: LiveDesk, chat: LiveChat, line: DeskLine, words: string) {
  const frame = parse(words)
  if (frame.t === 'ping') send(line.socket, { t: 'pong' })
  if (frame.t === 'viewing') {
    const { code } = frame
    await desk.view(line, typeof code === 'string' && CODE.test(code) ? code : null)
  }
  if (frame.t === 'writing') desk.write(line, frame.on === true)
  if (frame.t === 'typing' && typeof frame.conversation === 'string') {
    const talk = await talkOf(parts.house.store.read, frame.conversation)
    if (talk?.takenById === line.who.staffId) chat.typing(frame.conversation)
  }
}

function parse(words: string): Record<string, unknown> {
  try {
    const frame = JSON.parse(words)
    return frame && typeof frame === 'object' ? frame : {}
  } catch {
    return {}
  }
}
