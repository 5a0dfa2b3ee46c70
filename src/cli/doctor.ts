import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '../actions/house.ts'
import { brokenPromises } from '../actions/invariant.ts'
import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { demoAllowed, readConfig } from '../config.ts'
import { ROOT } from '../root.ts'
import { alertsToEscalate } from '../store/alerts.ts'
import { brokenAudit } from '../store/audit.ts'
import { readyIds } from '../store/files.ts'
import { undelivered } from '../store/notices.ts'

interface Finding {
  ok: boolean
  says: string
}

/** Looks at everything an operator would ask about first. Exit code 1 when something is wrong. */
export const doctorCommand: Command = async () => {
  const config = readConfig()
  const app = await openApp(
    { ...config, logLevel: 'error' },
    { withoutDemo: true, command: { name: 'doctor', args: [] } },
  )
  const { read } = app.house.store
  const promises = await brokenPromises(read)
  const keys = await keyOpens(app.house.store)
  const waiting = await undelivered(read, 1000)
  const late = await alertsToEscalate(read, app.house.now())
  const forged = await brokenAudit(read)
  const major = Number(process.versions.node.split('.')[0])
  const findings: Finding[] = [
    { ok: major >= 20, says: `Node ${process.versions.node}` },
    { ok: true, says: `${app.house.store.kind}, migrations applied` },
    {
      ok: keys,
      says: keys
        ? 'SECRET_KEY opens what is sealed'
        : 'SECRET_KEY does not open what is sealed: the wrong key',
    },
    { ok: existsSync(join(ROOT, 'dist/web')), says: 'the fronts are built' },
    { ok: true, says: `${app.house.district.name}: ${app.house.district.units.size} units` },
    {
      ok: promises.broken.length === 0,
      says: `${promises.open} open and ${promises.closed} ended cases, ${promises.broken.length} broken promises`,
    },
    { ok: waiting.length === 0, says: `${waiting.length} notices nobody could be told` },
    {
      ok: forged === null,
      says: forged === null ? 'the audit chain is whole' : `the audit chain breaks at row ${forged}`,
    },
    await filesWhole(app.house),
    { ok: late.length === 0, says: `${late.length} alerts overdue` },
    {
      ok: config.production || demoAllowed(config) || config.publicUrl !== undefined,
      says: 'PUBLIC_URL is set, or this is a demonstration',
    },
  ]
  for (const { ok, says } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${says}\n`)
  await app.close()
  return findings.every(one => one.ok) ? 0 : 1
}

const PAGE = 1000

async function filesWhole(house: House): Promise<Finding> {
  const lost = await lostFiles(house)
  if (lost.length === 0) return { ok: true, says: 'every file has its bytes' }
  return { ok: false, says: `${lost.length} files without their bytes, the first: ${lost[0]}` }
}

/** Ids of files the ledger calls ready whose bytes are not on the shelf. */
async function lostFiles({ store, shelf }: House): Promise<string[]> {
  const lost: string[] = []
  for (let after = ''; ; ) {
    const page = await readyIds(store.read, after, PAGE)
    for (const { id, kind } of page) {
      const whole = (await shelf.has(id, 'full')) && (kind === 'file' || (await shelf.has(id, 'small')))
      if (!whole) lost.push(id)
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return lost
    after = last.id
  }
}

async function keyOpens(store: Awaited<ReturnType<typeof openApp>>['house']['store']): Promise<boolean> {
  const { keyOf } = await import('../store/keys.ts')
  const row = await store.read.sql.get<{ id: string }>(
    'SELECT "id" FROM "Key" WHERE "wrapped" IS NOT NULL LIMIT 1',
  )
  if (!row) return true
  return keyOf({ ...store.read, openKeys: new Map() }, row.id).then(
    key => key !== null,
    () => false,
  )
}
