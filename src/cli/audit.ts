import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag, UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'
import { KEEP_MONTHS } from '../rules/audit/kinds.ts'
import { type Head, sealAudit, verifyAudit } from '../store/audit-chain.ts'
import { setKeepMonths } from '../store/audit-keep.ts'
import type { Store } from '../store/db.ts'

const say = (words: string) => void process.stdout.write(`${words}\n`)

/** `audit verify` walks the chain and names the first place that does not fit; `audit keep MONTHS` says how long rows are kept. */
export const auditCommand: Command = async args => {
  const [verb, months] = args
  if (verb !== 'verify' && verb !== 'keep') throw new UsageFault('audit verify, or audit keep MONTHS')
  const options = verb === 'verify' ? verifyOptions(args) : null
  const kept = verb === 'keep' ? monthsOf(months) : null
  const command = { name: 'audit', args }
  const app = await openApp({ ...readConfig(), logLevel: 'error' }, { withoutDemo: true, command })
  const { store, now } = app.house
  let code = 0
  if (kept) {
    await store.write(tx => setKeepMonths(tx, { months: kept, staffId: null }, now()))
    say(`kept ${kept} months`)
  }
  if (options) code = await verify(store, options)
  await app.close()
  return code
}

interface Options {
  from: number | undefined
  head: Head | undefined
}

function verifyOptions(args: readonly string[]): Options {
  const from = flag(args, 'from')
  if (from && !/^[1-9]\d{0,9}$/.test(from)) throw new UsageFault('--from is the number of a row')
  const head = flag(args, 'head')
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(head ?? '') ?? []
  if (head && !hash) throw new UsageFault('--head is NUMBER:HASH as it was written down')
  return { from: from ? Number(from) : undefined, head: hash ? { seq: Number(seq), hash } : undefined }
}

function monthsOf(words: string | undefined): number {
  const months = Number(words)
  const { least, most } = KEEP_MONTHS
  if (Number.isInteger(months) && months >= least && months <= most) return months
  throw new UsageFault(`MONTHS is ${least} to ${most}: the law asks for six at least`)
}

async function verify(store: Store, { from, head }: Options): Promise<number> {
  await sealAudit(store)
  const told = await verifyAudit(store.read, from ? { from } : {})
  say(`rows ${told.rows}`)
  if (told.head) say(`head ${told.head.seq}:${told.head.hash}`)
  if (told.unsealed) say(`not sealed yet ${told.unsealed}`)
  if (told.broken) {
    say(`BROKEN at ${told.broken.seq ?? `row ${told.broken.id}`}: ${told.broken.why}`)
    return 1
  }
  if (head && !(await stands(store, head))) {
    say(`BROKEN: what was written down as ${head.seq} does not stand there`)
    return 1
  }
  say('whole')
  return 0
}

/** A head written down outside still stands at its place. */
async function stands({ read }: Store, { seq, hash }: Head): Promise<boolean> {
  const row = await read.sql.get<{ hash: string }>('SELECT "hash" FROM "Audit" WHERE "seq" = ?', seq)
  return row?.hash === hash
}
