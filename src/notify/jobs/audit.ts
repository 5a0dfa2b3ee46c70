import { Temporal } from 'temporal-polyfill'
import { dayOf, type House } from '../../actions/house.ts'
import { tellStaff } from '../../actions/tell.ts'
import { headOf, sealAudit, type Verified, verifyAudit } from '../../store/audit-chain.ts'
import { dropAudit, keepMonths, keepVerified } from '../../store/audit-keep.ts'
import { staffWithRole } from '../../store/staff.ts'

/** The book of the audit does not fit together; said to the log by its name, with the place. */
class AuditBroken extends Error {
  override name = 'AuditBroken'
}

/** Takes what is new into the chain. It leaves no row of its own: that would be new again. */
export async function sealBook(house: House): Promise<number> {
  await sealAudit(house.store)
  return 0
}

/** Walks the whole chain. Where it breaks, auditors and leaders are told at once, and the log. Returns how many rows were looked at. */
export async function verifyBook(house: House): Promise<number> {
  await sealAudit(house.store)
  const told = await verifyAudit(house.store.read)
  await house.store.write(tx => keepVerified(tx, told, house.now()))
  if (!told.broken) return told.rows
  await alarm(house, told)
  throw new AuditBroken(`row ${told.broken.seq ?? told.broken.id}: ${told.broken.why}`)
}

async function alarm(house: House, { broken, head }: Verified): Promise<void> {
  const { read } = house.store
  const people = [...(await staffWithRole(read, 'auditor')), ...(await staffWithRole(read, 'districtLeader'))]
  await house.store.write(async tx => {
    const now = house.now()
    const place = String(broken?.seq ?? (head?.seq ?? 0) + 1)
    const cause = `audit.${dayOf(house, now)}.${place}`
    for (const staffId of new Set(people))
      await tellStaff(house, tx, 'auditor.broken', staffId, {
        cause,
        caseId: null,
        body: { row: place },
        now,
      })
  })
}

/** The head of the chain, for the log: written down outside, it also shows a book cut off at its end. */
export async function bookHead(house: House): Promise<object> {
  const head = await headOf(house.store.read)
  return { head: head ? `${head.seq}:${head.hash}` : 'empty' }
}

/** Drops what is older than the book is kept. */
export async function dropOldBook(house: House): Promise<number> {
  const months = await keepMonths(house.store.read)
  const { zone } = house.district
  const day = Temporal.PlainDate.from(dayOf(house, house.now())).subtract({ months })
  const before = day.toZonedDateTime(zone).toInstant().toString({ fractionalSecondDigits: 3 })
  return dropAudit(house.store, before, house.now())
}
