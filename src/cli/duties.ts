import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'
import { duties } from '../rules/care/duties.ts'
import { pairingById, visitsOfPairing } from '../store/care/pairings.ts'

/** Prints what a pairing owes in a year, one JSON line a duty. Without a pairing: the ids there are, with pseudonyms. */
export const dutiesCommand: Command = async ([id, year]) => {
  const app = await openApp({ ...readConfig(), logLevel: 'error' }, { withoutDemo: true })
  try {
    const { read } = app.house.store
    const pairing = id && (await pairingById(read, id))
    if (!pairing || !/^\d{4}$/.test(year ?? '')) {
      const known = await read.sql.all<{ id: string; pseudonym: string }>(
        'SELECT p."id", c."pseudonym" FROM "Pairing" p JOIN "Child" c ON c."id" = p."childId" ORDER BY p."id" LIMIT 50',
      )
      const names = known.map(row => `  ${row.id}  ${row.pseudonym}`).join('\n')
      throw new UsageFault(`name a pairing and a year; there are:\n${names}`)
    }
    const visits = await visitsOfPairing(read, pairing.id)
    const all = duties(app.house.district.care, pairing, visits, `${year}-01-01`, `${year}-12-31`)
    for (const { kind, period, from, due, until, metOn } of all)
      process.stdout.write(`${JSON.stringify({ kind, period, from, due, until, metOn })}\n`)
    process.stdout.write(
      `${JSON.stringify({ owed: all.length, met: all.filter(one => one.metBy).length })}\n`,
    )
  } finally {
    await app.close()
  }
  return 0
}
