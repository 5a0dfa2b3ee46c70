import http from 'node:http'
import { pause } from './chance.ts'
import type { Service } from './service.ts'

/** The line broke: nobody knows whether the other side has heard. */
export class Cut extends Error {}

export interface Answer {
  status: number
  body: string
  headers: http.IncomingHttpHeaders
}

export interface Call {
  method: 'GET' | 'POST'
  path: string
  body?: string
  headers?: Record<string, string>
}

/** Milliseconds without an answer after which a caller gives up, as after a broken line. */
const PATIENCE = 10_000
/** Milliseconds before somebody whose line broke tries again. */
export const AGAIN_AFTER = 25

/** One HTTP call over a line of its own. Throws `Cut` when there was no whole answer. */
export function callOnce(service: Service, agent: http.Agent, call: Call): Promise<Answer> {
  const { method, path, body = '', headers = {} } = call
  const length = method === 'POST' ? { 'content-length': Buffer.byteLength(body) } : {}
  service.inHand += 1
  return new Promise<Answer>((done, failed) => {
    const cut = () => failed(new Cut())
    const request = http.request(
      { host: '127.0.0.1', port: service.port, method, path, agent, headers: { ...headers, ...length } },
      reply => {
        const parts: Buffer[] = []
        reply.on('data', part => parts.push(part))
        reply.on('error', cut)
        reply.on('aborted', cut)
        reply.on('end', () => {
          const text = Buffer.concat(parts).toString()
          if (reply.complete) done({ status: reply.statusCode ?? 0, body: text, headers: reply.headers })
          else cut()
        })
      },
    )
    request.setTimeout(PATIENCE, () => request.destroy())
    request.on('error', cut)
    request.end(body)
  }).finally(() => {
    service.inHand -= 1
  })
}

/** Waits a moment after a cut; anything else is a fault of the test or the program and goes on up. */
export async function afterCut(error: unknown): Promise<void> {
  if (!(error instanceof Cut)) throw error
  await pause(AGAIN_AFTER)
}
