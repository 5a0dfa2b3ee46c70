import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Body, FakeRules, Trouble } from './rules.ts'

/** Serves the API side of the fake. `also` answers other paths, such as the page to chat on; false where it does not. */
export async function serveFake(
  rules: FakeRules,
  port = 0,
  also: (request: IncomingMessage, reply: ServerResponse) => Promise<boolean> = async () => false,
): Promise<{ base: string; close(): Promise<void> }> {
  const server = createServer((request, reply) => {
    handle(rules, request, reply, also).catch(() => reply.destroy())
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>(done => server.listen(port, '127.0.0.1', done))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(done => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

async function handle(
  rules: FakeRules,
  request: IncomingMessage,
  reply: ServerResponse,
  also: (request: IncomingMessage, reply: ServerResponse) => Promise<boolean>,
): Promise<void> {
  if (await also(request, reply)) return
  const url = new URL(request.url ?? '/', 'http://fake')
  const text = await bodyOf(request)
  if (rules.state.latency) await new Promise(done => setTimeout(done, rules.state.latency))
  if (url.pathname === '/cgi-bin/media/get') return sendMedia(rules, url, reply)
  send(reply, rules.answer(url.pathname, url.searchParams, text ? (JSON.parse(text) as Body) : {}))
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function send(reply: ServerResponse, answer: Answer | Trouble): void {
  if (answer === 'reset') {
    reply.destroy()
    return
  }
  if (typeof answer !== 'object') {
    reply.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>')
    return
  }
  // As the real one does now and then: JSON under another name.
  reply.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(answer))
}

function sendMedia(rules: FakeRules, url: URL, reply: ServerResponse): void {
  const found = rules.media.get(url.searchParams.get('media_id') ?? '')
  const refused = rules.state.down
    ? ('reset' as const)
    : url.searchParams.get('access_token') !== rules.state.token
      ? { errcode: 40001, errmsg: 'invalid credential' }
      : found
        ? null
        : { errcode: 40007, errmsg: 'invalid media_id' }
  if (refused) {
    send(reply, refused)
    return
  }
  reply.writeHead(200, { 'content-type': found?.type, 'content-disposition': 'attachment; filename="a.jpg"' })
  reply.end(found?.bytes)
}
