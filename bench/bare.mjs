// The bare limit: Fastify, XML, signature and one better-sqlite3 transaction a message at synchronous FULL. Nothing else:
// no engine, no sealing, no replies kept. What Huiyin does is measured beside it, in the same run.
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { XMLParser } from 'fast-xml-parser'
import fastify from 'fastify'

const [file, port, token, group] = process.argv.slice(2)
const db = new Database(file)
for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL']) db.pragma(pragma)
db.exec('CREATE TABLE message (id TEXT PRIMARY KEY, who TEXT, body TEXT, at INTEGER)')
const put = db.prepare('INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?)')
const parser = new XMLParser({ parseTagValue: false, processEntities: false, trimValues: false })

/** With group commit the messages of one turn of the event loop share a transaction. */
let waiting = []
function write(row) {
  if (group !== 'group') {
    db.exec('BEGIN IMMEDIATE')
    put.run(...row)
    db.exec('COMMIT')
    return Promise.resolve()
  }
  return new Promise(done => {
    waiting.push({ row, done })
    if (waiting.length === 1) setImmediate(drain)
  })
}
function drain() {
  const jobs = waiting
  waiting = []
  db.exec('BEGIN IMMEDIATE')
  for (const { row } of jobs) put.run(...row)
  db.exec('COMMIT')
  for (const { done } of jobs) done()
}

const app = fastify({ logger: false })
app.addContentTypeParser('text/xml', { parseAs: 'string' }, (_request, body, done) => done(null, body))
app.post('/wechat/callback', async (request, reply) => {
  const { signature, timestamp, nonce } = request.query
  const wanted = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
  if (wanted !== signature) return reply.code(403).send('')
  const { xml } = parser.parse(request.body)
  await write([xml.MsgId, xml.FromUserName, xml.Content, Date.now()])
  reply.type('text/xml')
  return `<xml><ToUserName><![CDATA[${xml.FromUserName}]]></ToUserName><FromUserName><![CDATA[${xml.ToUserName}]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[ok]]></Content></xml>`
})
await app.listen({ host: '127.0.0.1', port: Number(port) })
process.stdout.write('ready\n')
