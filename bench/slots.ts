import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { slotsFor } from '../src/actions/book-session.ts'
import type { House } from '../src/actions/house.ts'
import { joinByInvite } from '../src/actions/invite-party.ts'
import { keepUnits } from '../src/actions/keep-units.ts'
import { mediatedByCode } from '../src/actions/mediation-look.ts'
import { moveMediation } from '../src/actions/move-mediation.ts'
import { openMediation } from '../src/actions/open-mediation.ts'
import { holdSlot } from '../src/actions/use-mediation.ts'
import { loadDistrict } from '../src/district.ts'
import { quartersOf } from '../src/rules/mediation/slots.ts'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { knownBy } from '../src/store/persons.ts'
import { openShelf } from '../src/store/shelf.ts'
import { insert } from '../src/store/sql.ts'
import { addStaff } from '../src/store/staff.ts'

// `npm run bench -- slots`: free slots of a month for one panel with 20 mediators, 20 rooms and 5,000 bookings; then bookings by 50
// residents at once. SQLite with durable commits, everything in this process.
const NOW = '2026-11-02T00:30:00.000Z'
const MEDIATORS = 20
const BOOKINGS = 5_000
const RESIDENTS = 50

const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-'))
const url = `file:${join(folder, 'bench.db')}`
await migrate(url, resolve('prisma/migrations'), NOW)
const store = await openStore({ url, secret: 'a secret for the bench, longer than thirty-two characters' })
const plain = loadDistrict(resolve('config/hongshan'))
const panels = plain.panels.map(panel =>
  panel.code === 'P01'
    ? { ...panel, rooms: Array.from({ length: MEDIATORS }, (_, n) => `${n + 1} 号`) }
    : panel,
)
const house: House = {
  store,
  shelf: openShelf(join(folder, 'files')),
  now: () => NOW,
  district: { ...plain, panels },
  bubble: () => '{"text":""}',
  exampleOf: () => null,
}
await keepUnits(house)

const mediators: string[] = []
for (let n = 0; n < MEDIATORS; n++)
  mediators.push(
    await store.write(tx =>
      addStaff(
        tx,
        {
          login: `m${n}`,
          name: `m${n}`,
          roles: [{ role: 'mediator', unitId: 'P01' }],
          passwordHash: null,
          demo: false,
        },
        NOW,
      ),
    ),
  )
const secretaryId = await store.write(tx =>
  addStaff(
    tx,
    {
      login: 's',
      name: 's',
      roles: [{ role: 'panelSecretary', unitId: 'P01' }],
      passwordHash: null,
      demo: false,
    },
    NOW,
  ),
)
const path = house.district.units.get('P01')!.path
const staff = {
  staffId: secretaryId,
  name: 's',
  members: [{ id: secretaryId, role: 'panelSecretary' as const, unit: 'P01', path }],
}

let people = 0
const person = () =>
  store.write(
    async tx => (await knownBy(tx, { channel: 'web', appId: '-', address: `p${++people}` }, NOW)).personId,
  )

/** A mediation both sides are willing to; answers with its code and applicant. */
async function willing() {
  const [personId, other] = [await person(), await person()]
  const { row } = await store.write(tx =>
    openMediation(
      house,
      tx,
      personId,
      {
        ...{
          panel: 'P01',
          what: '物业费',
          category: 'property',
          safety: 'safe',
          answers: { accepted: 'no' },
        },
        ...{ name: null, phone: null, files: [], other: { kind: 'person', name: '对方', phone: null } },
      },
      NOW,
    ),
  )
  await moveMediation(house, { staff }, row.code, 'admit', {})
  const invited = await moveMediation(house, { staff }, row.code, 'invite', {})
  if (invited.ok) await store.write(tx => joinByInvite(tx, other, invited.made.token!))
  await moveMediation(house, { personId: other }, row.code, 'consent', {})
  return { code: row.code, personId }
}

const first = await willing()
const of = (await mediatedByCode(store.read, house.district, first.code))!
/** Bookings over the working days of three months, four in five hours of everybody. */
const slots = await slotsFor(house, store.read, of, '2026-11-02', '2027-01-31')
const hourly = slots
  .filter(({ startsAt }) => startsAt.endsWith(':30:00.000Z'))
  .slice(0, Math.ceil(BOOKINGS / MEDIATORS) + 5)
let booked = 0
await store.write(async tx => {
  for (const slot of hourly)
    for (const [n, mediatorId] of mediators.entries()) {
      if (booked >= BOOKINGS) return
      const id = `s${booked++}`
      const roomId = `P01.${n}`
      const times = { startsAt: slot.startsAt, endsAt: slot.endsAt }
      await insert(tx.sql, 'Session', {
        id,
        caseId: of.row.id,
        panel: 'P01',
        mediatorId,
        roomId,
        ...times,
        state: 'booked',
        reminded: 0,
      })
      for (const quarterHour of quartersOf(slot.startsAt, slot.endsAt))
        for (const resource of [`mediator:${mediatorId}`, `room:${roomId}`])
          await insert(tx.sql, 'Occupancy', { resource, quarterHour, sessionId: id, heldUntil: null })
    }
})

const p95 = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!
const timed = async (work: () => Promise<unknown>) => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

const month: number[] = []
for (let n = 0; n < 220; n++)
  month.push(await timed(() => slotsFor(house, store.read, of, '2026-11-02', '2026-11-30')))
process.stdout.write(
  `slots: a month of one panel, ${MEDIATORS} mediators, ${booked} bookings: p95 ${p95(month.slice(20)).toFixed(1)} ms\n`,
)

const cases: Awaited<ReturnType<typeof willing>>[] = []
for (let n = 0; n < RESIDENTS * 4; n++) cases.push(await willing())
const open = (await slotsFor(house, store.read, of, '2026-11-02', '2027-01-31')).filter(
  slot => slot.mediators.length >= 10,
)
const bookings: number[] = []
let ok = 0
await Promise.all(
  Array.from({ length: RESIDENTS }, async (_, n) => {
    for (const [round, { code, personId }] of cases.slice(n * 4, n * 4 + 4).entries()) {
      // Residents look before they book: one second between two steps of the same person.
      await new Promise(done => setTimeout(done, Math.random() * 1000))
      const { startsAt } = open[(n * 4 + round) % open.length]!
      let session = ''
      bookings.push(
        await timed(async () => {
          const held = await holdSlot(house, { personId }, code, { startsAt })
          if (held.ok) session = held.session.id
        }),
      )
      if (!session) continue
      bookings.push(
        await timed(async () => {
          const done = await moveMediation(house, { personId }, code, 'book', { session })
          if (done.ok) ok++
        }),
      )
    }
  }),
)
process.stdout.write(
  `booking: ${RESIDENTS} residents at once, ${ok} booked: p95 of a step ${p95(bookings).toFixed(1)} ms\n`,
)
await store.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
