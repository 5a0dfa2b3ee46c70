import { resolve } from 'node:path'
import { loadDistrict } from '../src/district.ts'
import { ledgerOn } from './inbox-ledger.ts'

const folder = process.env.BENCH_DIR ?? '/tmp/benchdata'
const district = loadDistrict(resolve('config/hongshan'))
for (const kind of (process.env.BENCH_STORE ?? 'sqlite').split(',') as 'sqlite'[]) {
  const l = await ledgerOn(kind, folder, Number(process.env.BENCH_CASES ?? 1_000_000), district)
  await l.close()
}
