import { resolve } from 'node:path'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { addNotice } from '../src/store/notices.ts'
import { knownBy } from '../src/store/persons.ts'

/** Fills a fresh ledger with people of an official account, each with one notice due. Returns their openids. */
export async function fillOutbox(
  url: string,
  given: { secret: string; appId: string; count: number },
): Promise<string[]> {
  const now = new Date().toISOString()
  await migrate(url, resolve('prisma/migrations'), now)
  const store = await openStore({ url, secret: given.secret })
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const openids = Array.from({ length: given.count }, (_, n) => `oDay${String(n).padStart(12, '0')}`)
  const fill = (openid: string, n: number) =>
    store.write(async tx => {
      const at = { channel: 'wechat', appId: given.appId, address: openid }
      const { personId } = await knownBy(tx, at, now)
      const body = { code: `HS-20261103-${String(n).padStart(5, '0')}`, office: '西城街道' }
      const about = { notice: 'resident.taken', to: { personId }, cause: openid, caseId: null, body }
      await addNotice(tx, { ...about, urgent: false, dueAt: now, until, handed: null }, now)
    })
  for (let from = 0; from < openids.length; from += 500)
    await Promise.all(openids.slice(from, from + 500).map((openid, n) => fill(openid, from + n)))
  await store.close()
  return openids
}
