import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { remindCare } from '../../src/actions/care/remind.ts'
import type { House } from '../../src/actions/house.ts'
import { loadDistrict } from '../../src/district.ts'
import { openStore } from '../../src/store/db.ts'
import { openShelf } from '../../src/store/shelf.ts'

// A process that runs the reminders of some days, until it is done or killed: `carer URL SECRET FROM DAYS`. It prints `ready` when it
// begins and `day DATE` after each day.
const [url = '', secret = '', from = '', days = '0'] = process.argv.slice(2)
const store = await openStore({ url, secret })
let now = `${from}T01:00:00.000Z`
const house: House = {
  store,
  shelf: openShelf(tmpdir()),
  now: () => now,
  district: loadDistrict(resolve('config/hongshan')),
  bubble: () => '{"text":""}',
  exampleOf: () => null,
}
process.stdout.write('ready\n')
for (let day = 0; day < Number(days); day++) {
  now = new Date(Date.parse(`${from}T01:00:00.000Z`) + day * 86_400_000).toISOString()
  await remindCare(house)
  process.stdout.write(`day ${now.slice(0, 10)}\n`)
}
await store.close()
process.stdout.write('done\n')
