// The bare limit beside `npm run bench -- inbox`: Fastify, and one row by its key. `node bench/bare-read.mjs DATABASE_URL`, PORT.
import Fastify from 'fastify'

const url = process.argv[2]
const read = url.startsWith('file:') ? await sqlite(url.slice('file:'.length)) : await postgres(url)

async function sqlite(file) {
  const { default: Database } = await import('better-sqlite3')
  const row = new Database(file, { readonly: true }).prepare(
    'SELECT "code", "state" FROM "Case" WHERE "no" = ?',
  )
  return no => row.get(no) ?? {}
}

async function postgres(connectionString) {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString })
  const text = 'SELECT "code", "state" FROM "Case" WHERE "no" = $1'
  return async no => (await pool.query({ name: 'row', text, values: [no] })).rows[0] ?? {}
}

const app = Fastify()
app.get('/constant', () => ({ ok: true }))
app.get('/row/:no', request => read(Number(request.params.no)))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
process.stdout.write('ready\n')
process.on('SIGTERM', () => process.exit(0))
