import { createServer, connect as dial, type Socket } from 'node:net'

/** A telephone line between browser and service that can be cut: every connection dies at once, new ones are refused. */
export interface Line {
  /** The service's address as seen through the line. */
  url: string
  cut(): void
  mend(): void
  /** Bytes carried towards the service so far. */
  carried(): number
  close(): Promise<void>
}

export async function layLine(serviceUrl: string): Promise<Line> {
  const port = Number(new URL(serviceUrl).port)
  const open = new Set<Socket>()
  let isCut = false
  let carried = 0
  const server = createServer(near => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = dial(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      // A cut line ends without a good-bye: whatever broke on either side, both ends are gone.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
    near.on('data', piece => {
      carried += piece.length
    })
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://localhost:${(server.address() as { port: number }).port}`,
    cut() {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend() {
      isCut = false
    },
    carried: () => carried,
    close: () =>
      new Promise(done => {
        for (const socket of open) socket.destroy()
        server.close(() => done())
      }),
  }
}
