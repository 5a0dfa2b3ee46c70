import { type Reads, turnOfTheLoop } from './db.ts'
import type { Where } from './inbox.ts'

/** Cases looked at in one go: some milliseconds of work, after which others have their turn. */
const STEP = 500

/** Every case once, by id, in steps; `c` is the case in `sql`. What people do meanwhile does not wait for the whole ledger. */
export async function* spansOfCases(from: Reads): AsyncGenerator<Where> {
  for (let after = ''; ; ) {
    const end = await from.sql.get<{ id: string }>(
      `SELECT "id" FROM "Case" WHERE "id" > ? ORDER BY "id" LIMIT 1 OFFSET ${STEP - 1}`,
      after,
    )
    if (!end) {
      yield { sql: 'c."id" > ?', values: [after] }
      return
    }
    yield { sql: 'c."id" > ? AND c."id" <= ?', values: [after, end.id] }
    after = end.id
    await turnOfTheLoop()
  }
}
