import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'

/** Milliseconds between two pings; a line silent for a whole round is dead. */
const PING_EVERY = 30_000

/** Pings the sockets given to it and drops those that do not answer: a phone that slept closes nothing by itself. */
export function keepAlive(app: FastifyInstance): (socket: WebSocket) => void {
  const answered = new Map<WebSocket, boolean>()
  const timer = setInterval(() => {
    for (const [socket, alive] of answered) {
      if (!alive) {
        socket.terminate()
        continue
      }
      answered.set(socket, false)
      socket.ping()
    }
  }, PING_EVERY)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
  return socket => {
    answered.set(socket, true)
    socket.on('pong', () => answered.set(socket, true))
    socket.on('close', () => answered.delete(socket))
  }
}
