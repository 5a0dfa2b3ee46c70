import type { House } from '../../actions/house.ts'
import { dropFiles, forgottenFiles, knownFiles } from '../../store/files.ts'

const DAY = 86_400_000
/** Days a photo nobody put to a case is kept: as long as somebody may come back to an open talk. */
const SEASON = 90
const BATCH = 500

/**
 * Clears away what no case holds: uploads that never came to an end or were refused (a day), photos nobody used (90 days), and bytes
 * on the shelf the ledger does not know (a day old, so that none is taken while it arrives). Returns how many files went.
 */
export async function sweepFiles(house: House): Promise<number> {
  const ago = (days: number) => new Date(Date.parse(house.now()) - days * DAY).toISOString()
  return (
    (await dropForgotten(house, { day: ago(1), season: ago(SEASON) })) + (await dropOrphans(house, ago(1)))
  )
}

async function dropForgotten(
  { store, shelf }: House,
  before: { day: string; season: string },
): Promise<number> {
  let count = 0
  for (;;) {
    // Looked for in the transaction that drops them: one put to a case meanwhile is not among them.
    const ids = await store.write(async tx => {
      const found = await forgottenFiles(tx, before, BATCH)
      await dropFiles(tx, found)
      return found
    })
    for (const id of ids) await shelf.drop(id)
    count += ids.length
    if (ids.length < BATCH) return count
  }
}

async function dropOrphans({ store, shelf }: House, before: string): Promise<number> {
  let count = 0
  for await (const ids of shelf.before(before))
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH)
      const known = await knownFiles(store.read, some)
      for (const id of some) {
        if (known.has(id)) continue
        await shelf.drop(id)
        count += 1
      }
    }
  return count
}
