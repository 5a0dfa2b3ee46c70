import { expect, it } from 'vitest'
import {
  keepKnowledgeWish,
  keepWeek,
  knowledgeCounts,
  knowledgeReach,
  knowledgeReaders,
  knowledgeWish,
  weekOf,
  weekSent,
  weeksBetween,
} from '../../src/store/care/knowledge.ts'
import { addNomination, nominationById, nominationsOf } from '../../src/store/care/nominations.ts'
import { addVolunteer, changeVolunteer } from '../../src/store/care/volunteers.ts'
import type { Tx } from '../../src/store/db.ts'
import { addNotice } from '../../src/store/notices.ts'
import { knownBy } from '../../src/store/persons.ts'
import { NOW, onBoth } from './databases.ts'

const WEEK = '2026-11-02'
const draft = {
  ...{ week: WEEK, title: '防火', text: '睡前看火。', state: 'draft' as const },
  ...{ editedById: 'a', approvedById: null, approvedAt: null },
}

async function person(tx: Tx, address: string): Promise<string> {
  return (await knownBy(tx, { channel: 'web', appId: '-', address }, NOW)).personId
}

async function volunteer(tx: Tx, address: string): Promise<string> {
  const personId = await person(tx, address)
  const blank = { body: null, agreementAt: null, trainedAt: null, insuredUntil: null, checkedAt: null }
  const id = await addVolunteer(
    tx,
    { ...blank, unitId: '150402', kind: 'other', name: address, phone: null },
    NOW,
  )
  await changeVolunteer(tx, id, { personId, linkedAt: NOW })
  return personId
}

onBoth('the knowledge calendar', ({ fresh }) => {
  it('keeps a week, and what was sent as it was told', async () => {
    const { store } = await fresh()
    await store.write(tx => keepWeek(tx, draft))
    await store.write(tx => keepWeek(tx, { ...draft, title: '防溺水', state: 'approved', approvedById: 'b' }))
    expect(await weekOf(store.read, WEEK)).toMatchObject({
      title: '防溺水',
      state: 'approved',
      approvedById: 'b',
    })
    await store.write(tx => weekSent(tx, WEEK, NOW))
    await store.write(tx => keepWeek(tx, draft))
    expect(await weekOf(store.read, WEEK)).toMatchObject({ title: '防溺水', state: 'sent', sentAt: NOW })
    expect(await weeksBetween(store.read, '2026-10-26', WEEK)).toHaveLength(1)
    expect(await weeksBetween(store.read, '2026-11-09', '2026-12-28')).toEqual([])
  })

  it('goes to volunteers who did not say no and to whoever said yes; the last word counts', async () => {
    const { store } = await fresh()
    const wish = (personId: string, on: boolean) =>
      store.write(tx => keepKnowledgeWish(tx, personId, { version: '1', on }, NOW))
    const [silent, no, carer, nobody] = await store.write(async tx => [
      await volunteer(tx, 'silent'),
      await volunteer(tx, 'no'),
      await person(tx, 'carer'),
      await person(tx, 'nobody'),
    ])
    await wish(no!, true)
    await wish(no!, false)
    await wish(carer!, true)
    expect([...(await knowledgeReaders(store.read))].sort()).toEqual([silent, carer].sort())
    expect(await knowledgeCounts(store.read)).toEqual({ volunteers: 1, carers: 1, off: 1 })
    expect(await knowledgeWish(store.read, no!)).toBe(false)
    expect(await knowledgeWish(store.read, nobody!)).toBe(null)
  })

  it('counts whom a week reached, by delivery', async () => {
    const { store } = await fresh()
    const people = await store.write(async tx => [await person(tx, 'a'), await person(tx, 'b')])
    for (const [at, personId] of people.entries())
      await store.write(tx =>
        addNotice(
          tx,
          {
            notice: 'volunteer.knowledge',
            to: { personId },
            cause: WEEK,
            caseId: null,
            body: { title: '防火', text: '睡前看火。' },
            urgent: false,
            dueAt: NOW,
            until: NOW,
            handed: at === 0 ? 'web' : null,
          },
          NOW,
        ),
      )
    const reach = await knowledgeReach(store.read, [WEEK, '2026-11-09'])
    expect(reach.get(WEEK)).toEqual({ sent: 1, lost: 0, waiting: 1 })
    expect(reach.get('2026-11-09')).toEqual({ sent: 0, lost: 0, waiting: 0 })
  })

  it('keeps a nomination sealed', async () => {
    const { store } = await fresh()
    const given = { volunteerId: 'v', byId: 's', purpose: '优秀义务家长', text: '每周都去看小禾。' }
    const id = await store.write(tx => addNomination(tx, given, NOW))
    expect(await nominationById(store.read, id)).toEqual({ id, createdAt: NOW, ...given })
    expect(await nominationsOf(store.read, 'other')).toEqual([])
    const [row] = await store.read.sql.all<{ bodyEnc: Uint8Array }>('SELECT "bodyEnc" FROM "Nomination"')
    expect(Buffer.from(row!.bodyEnc).toString('utf8')).not.toContain('小禾')
  })
})
