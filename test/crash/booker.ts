import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { House } from '../../src/actions/house.ts'
import { moveMediation } from '../../src/actions/move-mediation.ts'
import { patient } from '../../src/actions/patient.ts'
import { holdSlot } from '../../src/actions/use-mediation.ts'
import { loadDistrict } from '../../src/district.ts'
import { openStore } from '../../src/store/db.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { chanceOf } from './chance.ts'

// A process that books, moves and cancels meetings as fast as it can, until it is killed:
// `booker URL SECRET SEED NOW`. It prints `ready` when it begins, and a line for each booking it was told of.
const [url = '', secret = '', seed = '1', now = ''] = process.argv.slice(2)
const chance = chanceOf(Number(seed))
const store = await openStore({ url, secret })
const house: House = {
  store,
  shelf: openShelf(tmpdir()),
  now: () => now,
  district: loadDistrict(resolve('config/hongshan')),
  bubble: () => '{"text":""}',
  exampleOf: () => null,
}
const cases = await store.read.sql.all<{ code: string; personId: string }>(
  `SELECT "code", "personId" FROM "Case" WHERE "kind" = 'mediation' ORDER BY "code"`,
)
process.stdout.write('ready\n')

/** Two days of starts, so that everybody wants the same few hours. */
const starts = [9, 10].flatMap(day =>
  [0, 30, 60, 90, 120].map(minutes => new Date(Date.UTC(2026, 10, day, 1) + minutes * 60_000).toISOString()),
)

async function one() {
  for (;;) {
    const { code, personId } = cases[Math.floor(chance() * cases.length)]!
    const startsAt = starts[Math.floor(chance() * starts.length)]!
    const held = await holdSlot(house, { personId }, code, { startsAt })
    if (held.ok && chance() < 0.7) {
      const session = { session: held.session.id }
      const booked = await moveMediation(house, { personId }, code, 'book', session)
      if (booked.ok) process.stdout.write(`booked ${held.session.id}\n`)
      else await moveMediation(house, { personId }, code, 'rebook', session)
    } else if (chance() < 0.5) await moveMediation(house, { personId }, code, 'unbook', {})
    // Nobody runs out of changes here: the test wants the traffic.
    await patient(store, async tx => void (await tx.sql.run('UPDATE "Party" SET "changes" = 0')), code)
  }
}
await Promise.all(Array.from({ length: 6 }, one))
