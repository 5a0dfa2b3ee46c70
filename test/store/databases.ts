import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { openStore, type Store } from '../../src/store/db.ts'
import { migrate } from '../../src/store/migrate.ts'

export const NOW = '2026-11-03T02:21:00.000Z'
export const SECRET = 'a secret for tests, longer than thirty-two characters'

export interface Ledger {
  kind: 'sqlite' | 'postgresql'
  /** A fresh, migrated ledger of its own; closed with the suite. */
  fresh(): Promise<{ store: Store; url: string }>
}

/** Runs the same tests on a real SQLite file and on a real PostgreSQL. */
export function onBoth(name: string, tests: (ledger: Ledger) => void): void {
  for (const kind of ['sqlite', 'postgresql'] as const)
    describe(`${name} (${kind})`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'huiyin-store-'))
      const open: Store[] = []
      let postgres: Awaited<ReturnType<typeof scratchPostgres>> | null = null
      let count = 0
      beforeAll(async () => {
        if (kind === 'postgresql') postgres = await scratchPostgres()
      })
      afterAll(async () => {
        for (const store of open) await store.close()
        await postgres?.stop()
        rmSync(folder, { recursive: true, force: true })
      })
      tests({
        kind,
        async fresh() {
          const database = `t${++count}`
          if (postgres) await postgres.create(database)
          const url = postgres ? postgres.url(database) : `file:${join(folder, `${database}.db`)}`
          await migrate(url, 'prisma/migrations', NOW)
          const store = await openStore({ url, secret: SECRET })
          open.push(store)
          return { store, url }
        },
      })
    })
}
