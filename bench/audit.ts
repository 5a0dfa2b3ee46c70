// `npm run bench -- audit`: the book of the audit with so many rows (AUDIT_ROWS, 1,000,000): pages by every filter, the walk through the chain, and what a row costs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AUDITED, type Audited, kindsOf } from '../src/rules/audit/kinds.ts'
import { addAudit, seeAsker } from '../src/store/audit.ts'
import { sealAudit, verifyAudit } from '../src/store/audit-chain.ts'
import { type AuditFilter, auditPage } from '../src/store/audit-find.ts'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'

const ROWS = Number(process.env.AUDIT_ROWS ?? 1_000_000)
const PEOPLE = 300
const CASES = 50_000
const AT_ONCE = 1_000
const say = (words: string) => process.stdout.write(`${words}\n`)
const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-audit-'))
const url = `file:${join(folder, 'audit.db')}`
const START = Date.parse('2024-01-01T00:00:00.000Z')
const at = (n: number) => new Date(START + n * 60_000).toISOString()
const kinds = (Object.keys(AUDITED) as Audited[]).filter(kind => kind !== 'anchor')
const usual: Audited[] = ['readCase', 'readCase', 'readCase', 'readCase', 'step', 'step', 'login', 'search']

await migrate(url, 'prisma/migrations', at(0))
const store = await openStore({ url, secret: 'a secret of the bench, longer than thirty-two characters' })
for (let n = 0; n < PEOPLE; n++)
  seeAsker(`clerk${n}`, { role: 'townClerk', unitId: `u${n % 30}`, origin: '10.0.0.* abcdefgh' })

const line = (n: number) => {
  const what = n % 500 === 0 ? kinds[n % kinds.length]! : usual[n % usual.length]!
  const detail = n % 50 === 0 ? `核实情况 ${n}` : null
  return {
    staffId: `clerk${n % PEOPLE}`,
    what,
    caseId: `case${(n * 7919) % CASES}`,
    field: 'note',
    detail,
    ok: n % 5_000 !== 0,
  }
}

const timed = async <T>(fn: () => Promise<T>): Promise<[number, T]> => {
  const from = performance.now()
  const value = await fn()
  return [performance.now() - from, value]
}

try {
  const [wrote] = await timed(async () => {
    for (let n = 0; n < ROWS; n += AT_ONCE)
      await store.write(async tx => {
        for (let m = n; m < Math.min(n + AT_ONCE, ROWS); m++) await addAudit(tx, line(m), at(m))
      })
  })
  say(`${ROWS} rows written, ${((wrote / ROWS) * 1000).toFixed(1)} µs a row`)
  const [sealing] = await timed(() => sealAudit(store))
  say(`sealed, ${((sealing / ROWS) * 1000).toFixed(1)} µs a row`)
  const [walk, told] = await timed(() => verifyAudit(store.read))
  say(`verified ${told.rows} rows in ${(walk / 1000).toFixed(1)} s${told.broken ? ', BROKEN' : ''}`)
  const middle = at(ROWS / 2)
  const filters: Record<string, AuditFilter> = {
    newest: {},
    'one person': { staffId: 'clerk7' },
    'one unit': { unitId: 'u7' },
    'one case': { caseId: 'case7' },
    'a common family': { kinds: kindsOf('read') },
    'a rare family': { kinds: kindsOf('change') },
    'person, family, days': {
      staffId: 'clerk8',
      kinds: kindsOf('verb'),
      since: at(ROWS / 3),
      before: middle,
    },
    'unit and rare kind': { unitId: 'u7', kinds: ['reveal'] },
    refused: { refused: true },
    'words, often': { words: ['核实'] },
    'words, never': { words: ['不存在的'] },
  }
  for (const [name, filter] of Object.entries(filters)) {
    const times: number[] = []
    for (const cursor of [null, { at: middle, id: 'z' }])
      for (let n = 0; n < 10; n++)
        times.push((await timed(() => auditPage(store.read, filter, { cursor, limit: 50 })))[0])
    times.sort((a, b) => a - b)
    say(`${name}: p50 ${times[10]!.toFixed(1)} ms, p95 ${times[18]!.toFixed(1)} ms`)
  }
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}
