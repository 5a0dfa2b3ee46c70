import { enterChild, enterVolunteer, pair } from '../../../src/actions/care/registry.ts'
import type { Who } from '../../../src/actions/rights.ts'
import type { NewVisit } from '../../../src/store/care/pairings.ts'
import { addVisit } from '../../../src/store/care/pairings.ts'
import { changeVolunteer } from '../../../src/store/care/volunteers.ts'
import { knownBy } from '../../../src/store/persons.ts'
import type { TestHouse } from '../../house.ts'

/** 二道井子村. */
export const VILLAGE = '150402100201'

/** What no page, notice or log may show where the rules do not allow it. */
export const PLANTED = {
  name: '萧禾禾',
  birthDate: '2017-03-09',
  school: '松山实验学校',
  address: '北梁7组19号',
}

let phones = 0

interface Asked {
  pseudonym?: string
  startsOn?: string
  address?: string
  linked?: boolean
  volunteerId?: string
}

/** A child with the guardian's consent (or without), a volunteer with a good check, and their pairing. */
export async function paired(
  t: TestHouse,
  who: Who,
  {
    pseudonym = '小禾',
    startsOn = '2026-01-01',
    address = `volunteer of ${pseudonym}`,
    linked = true,
    volunteerId = '',
  }: Asked = {},
) {
  const { house } = t
  // No check, agreement or training lies in the future, wherever the test's clock stands.
  const by = (date: string) => [date, house.now().slice(0, 10)].sort()[0]!
  const dates = {
    agreementAt: by(VOLUNTEER.agreementAt),
    trainedAt: by(VOLUNTEER.trainedAt),
    checkedAt: by(VOLUNTEER.checkedAt),
  }
  const made = await house.store.write(async tx => {
    const volunteer = volunteerId
      ? { ok: true as const, id: volunteerId }
      : await enterVolunteer(house, tx, who, {
          ...VOLUNTEER,
          ...dates,
          phone: `139${String(10_000_000 + ++phones)}`,
        })
    const child = await enterChild(house, tx, who, childNamed(pseudonym))
    if (!volunteer.ok || !child.ok) throw new Error('not entered')
    return { volunteerId: volunteer.id, childId: child.id }
  })
  const done = await pair(house, who, { ...made, startsOn, reason: '就近' })
  if (!done.ok) throw new Error(done.why)
  const personId = linked && !volunteerId ? await linkedTo(t, made.volunteerId, address) : ''
  return { ...made, personId, pairingId: done.id, address }
}

/** Links a volunteer to a chat, after the pairing: of that one they were told by nobody. */
const linkedTo = ({ house }: TestHouse, volunteerId: string, address: string) =>
  house.store.write(async tx => {
    const { personId } = await knownBy(tx, { channel: 'web', appId: '-', address }, house.now())
    await changeVolunteer(tx, volunteerId, { personId, linkedAt: house.now() })
    return personId
  })

export const VOLUNTEER = {
  unitId: VILLAGE,
  kind: 'league',
  body: '区团委',
  agreementAt: '2025-12-01',
  trainedAt: '2025-12-01',
  insuredUntil: '2027-12-01',
  checkedAt: '2026-01-01',
  name: '韩梅',
  phone: null,
} as const

export const childNamed = (pseudonym: string) => ({
  pseudonym,
  unitId: VILLAGE,
  record: { ...PLANTED, village: '北梁', health: '' },
  carers: [
    { kind: 'guardian' as const, name: '萧奶奶', relation: '奶奶', phone: '13911110000', where: '' },
    { kind: 'parent' as const, name: '萧父', relation: '父亲', phone: '13911110001', where: '天津' },
  ],
  consent: { by: '萧奶奶', relation: '奶奶', purpose: '结对关爱', how: '书面' },
})

/** Writes a contact into the ledger. */
export const visited = (
  t: TestHouse,
  pairing: NewVisit['pairing'],
  visit: Partial<NewVisit> & { onDate: string },
) =>
  t.house.store.write(tx =>
    addVisit(
      tx,
      { pairing, kind: 'call', done: true, met: ['child'], reported: false, byId: null, note: '', ...visit },
      t.house.now(),
    ),
  )
