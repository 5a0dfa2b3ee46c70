import { beforeAll, expect, it } from 'vitest'
import {
  type CaseRow,
  caseByCode,
  casesOfPerson,
  changeCase,
  createCase,
  pointsOf,
  queryCodeFits,
  textsOf,
} from '../../src/store/cases.ts'
import { nextOf } from '../../src/store/counters.ts'
import { type Changes, openStore, type Store } from '../../src/store/db.ts'
import { deadlinesOf, extendDeadline, settleDeadlines, startDeadlines } from '../../src/store/deadlines.ts'
import { addEntry, entriesOf } from '../../src/store/entries.ts'
import {
  addNotice,
  dueNotices,
  keepOutcome,
  noticeBody,
  takeNotices,
  undelivered,
} from '../../src/store/notices.ts'
import {
  erasePerson,
  keepProfile,
  knownBy,
  moveIdentity,
  personAt,
  profileOf,
} from '../../src/store/persons.ts'
import {
  addLine,
  addLineAlone,
  answeredBefore,
  conversationOf,
  keepConversation,
  linesOf,
} from '../../src/store/talks.ts'
import { NOW, onBoth, SECRET } from './databases.ts'

const WEB = (address: string) => ({ channel: 'web', appId: '-', address })

function newCase(personId: string, code: string) {
  return {
    code,
    kind: 'grievance' as const,
    state: 'received' as const,
    class: 'general' as const,
    profile: 'hotline',
    category: 'lift',
    route: 'panel:物业纠纷',
    personId,
    holderUnitId: '150402010',
    holderStaffId: null,
    townId: '150402010',
    communityId: '150402010003',
    gridId: null,
    estate: '红山郡',
    hidden: 0,
    noReply: 0,
    level: 0,
    redoCount: 0,
    dueAt: NOW,
    dueKind: 'contact' as const,
    grabUntil: null,
    createdAt: NOW,
    texts: {
      title: '电梯停运',
      text: '3号楼电梯坏了两周',
      place: '红山郡3号楼',
      name: '王小明',
      phone: '13800001234',
      queryCode: '123456',
    },
    points: ['修好电梯', '说明原因'],
  }
}

const opened = (store: Store, personId: string, code: string): Promise<CaseRow> =>
  store.write(tx => createCase(tx, newCase(personId, code)))

onBoth('the ledger', ledger => {
  let store: Store
  let url: string
  beforeAll(async () => {
    ;({ store, url } = await ledger.fresh())
  })

  it('knows a person again by their address, and only by it', async () => {
    const first = await store.write(tx => knownBy(tx, WEB('wang'), NOW))
    expect(first.isNew).toBe(true)
    const again = await store.write(tx => knownBy(tx, WEB('wang'), NOW))
    expect([again.personId, again.isNew]).toEqual([first.personId, false])
    expect(await personAt(store.read, WEB('wan'))).toBeNull()
  })

  it('rolls back everything of a job that fails, and nothing of its neighbours', async () => {
    const jobs = [
      store.write(tx => knownBy(tx, WEB('before'), NOW)),
      store.write(async tx => {
        await knownBy(tx, WEB('broken'), NOW)
        throw new Error('on purpose')
      }),
      store.write(tx => knownBy(tx, WEB('after'), NOW)),
    ]
    const results = await Promise.allSettled(jobs)
    expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const known = await Promise.all(['before', 'broken', 'after'].map(who => personAt(store.read, WEB(who))))
    expect(known.map(person => person !== null)).toEqual([true, false, true])
  })

  it('lets Prisma write inside the transaction, nested writes too, and rolls those back as well', async () => {
    const staff = (id: string, fail: boolean) =>
      store.write(async tx => {
        await tx.db.unit.upsert({
          where: { id: 'U' },
          create: { id: 'U', kind: 'town', name: 'u', path: 'U' },
          update: {},
        })
        await tx.db.staff.create({
          data: {
            id,
            login: id,
            nameEnc: Buffer.from('x'),
            createdAt: NOW,
            roles: { create: { id: `${id}r`, role: 'townClerk', unitId: 'U' } },
          },
        })
        if (fail) throw new Error('on purpose')
      })
    await staff('kept', false)
    await expect(staff('gone', true)).rejects.toThrow('on purpose')
    expect(
      (await store.read.db.staff.findMany({ include: { roles: true } })).map(row => [
        row.id,
        row.roles.length,
      ]),
    ).toEqual([['kept', 1]])
  })

  it('takes serials without a gap or a double when many take at once', async () => {
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => store.write(tx => nextOf(tx, 'case.day'))),
    )
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  it('numbers a conversation, finds a repeat, and opens what it sealed', async () => {
    const who = await store.write(async tx => {
      const known = await knownBy(tx, WEB('liu'), NOW)
      const talk = await conversationOf(tx, known.personId, known.key)
      const line = await addLine(
        tx,
        talk,
        known.key,
        { sender: 'me', channel: 'web', externalId: 'm1', body: '{"text":"路灯坏了"}' },
        NOW,
      )
      await addLine(
        tx,
        talk,
        known.key,
        { sender: 'bot', channel: 'web', body: '{"text":"在哪里？"}', replyToId: line.id },
        NOW,
      )
      talk.talk = '{"stack":[]}'
      await keepConversation(tx, talk, known.key, NOW)
      return known
    })
    await store.write(tx =>
      addLineAlone(tx, who.personId, { sender: 'staff', channel: 'web', body: '{"text":"我来看看"}' }, NOW),
    )
    const before = await answeredBefore(store.read, 'web', 'm1')
    expect(before?.replies.map(line => line.body)).toEqual(['{"text":"在哪里？"}'])
    expect((await linesOf(store.read, who.personId, { after: 1, limit: 9 })).map(line => line.seq)).toEqual([
      2, 3,
    ])
    expect((await linesOf(store.read, who.personId, { limit: 2 })).map(line => line.seq)).toEqual([2, 3])
    expect((await conversationOf(store.read, who.personId, who.key)).talk).toBe('{"stack":[]}')
  })

  it('reads a talk as it stands: written by another process, taken back, or sealed by nobody', async () => {
    const other = await openStore({ url, secret: SECRET })
    const who = await store.write(tx => knownBy(tx, WEB('gao'), NOW))
    const says = (on: Store, talk: string | null) =>
      on.write(async tx => {
        const { key } = await knownBy(tx, WEB('gao'), NOW)
        await keepConversation(tx, { ...(await conversationOf(tx, who.personId, key)), talk }, key, NOW)
        if (talk === 'taken back') throw new Error('taken back')
      })
    const read = async () => (await conversationOf(store.read, who.personId, who.key)).talk
    await says(store, '{"step":1}')
    expect(await read()).toBe('{"step":1}')
    await says(other, '{"step":2}')
    expect(await read()).toBe('{"step":2}')
    await expect(says(store, 'taken back')).rejects.toThrow('taken back')
    expect(await read()).toBe('{"step":2}')
    await says(store, null)
    expect(await read()).toBeNull()
    await other.close()
  })

  it('keeps a case with its texts, points, entries and clocks', async () => {
    const { personId } = await store.write(tx => knownBy(tx, WEB('zhou'), NOW))
    const row = await opened(store, personId, 'HS-20261103-0001')
    expect((await textsOf(store.read, row.id)).phone).toBe('13800001234')
    expect((await pointsOf(store.read, row.id)).map(point => point.text)).toEqual(['修好电梯', '说明原因'])
    expect(await queryCodeFits(store.read, row.code, '123456')).toBe(true)
    expect(await queryCodeFits(store.read, row.code, '654321')).toBe(false)
    await store.write(async tx => {
      const line = {
        verb: 'note' as const,
        public: 0,
        byKind: 'staff' as const,
        byId: 's',
        unitId: null,
        fromState: null,
        toState: null,
      }
      await addEntry(tx, row, { ...line, body: { text: '内部' } }, NOW)
      await startDeadlines(
        tx,
        row.id,
        [{ kind: 'answer', due: '2026-11-10T09:30:00.000Z', provisional: false }],
        NOW,
      )
    })
    expect((await entriesOf(store.read, row.id)).map(entry => entry.body.text)).toEqual(['内部'])
    expect(
      await store.write(tx => extendDeadline(tx, row.id, 'answer', '2026-11-12T09:30:00.000Z', NOW)),
    ).toBe(true)
    expect(
      await store.write(tx => extendDeadline(tx, row.id, 'answer', '2026-11-13T09:30:00.000Z', NOW)),
    ).toBe(false)
    await store.write(tx => settleDeadlines(tx, row.id, ['answer'], [], '2026-11-13T00:00:00.000Z'))
    const [clock] = await deadlinesOf(store.read, row.id)
    expect(clock).toMatchObject({ metAt: '2026-11-13T00:00:00.000Z', brokenAt: '2026-11-12T09:30:00.000Z' })
  })

  it('changes a case only as it was read', async () => {
    const { personId } = await store.write(tx => knownBy(tx, WEB('wu'), NOW))
    const row = await opened(store, personId, 'HS-20261103-0002')
    const old = { ...row }
    expect(await store.write(tx => changeCase(tx, row, { state: 'working' }, NOW))).toBe(true)
    expect(await store.write(tx => changeCase(tx, old, { state: 'refused' }, NOW))).toBe(false)
    expect((await caseByCode(store.read, row.code))?.state).toBe('working')
    expect((await casesOfPerson(store.read, personId)).length).toBe(1)
  })

  it('says one thing once, and lists what could not be said', async () => {
    const { personId } = await store.write(tx => knownBy(tx, WEB('sun'), NOW))
    const notice = {
      notice: 'resident.taken',
      to: { personId },
      cause: 'e1',
      caseId: null,
      body: { code: 'X' },
      urgent: false,
      dueAt: NOW,
      until: NOW,
      handed: null,
    }
    for (let n = 0; n < 2; n++) await store.write(tx => addNotice(tx, notice, NOW))
    const due = (await dueNotices(store.read, NOW, 10)).filter(row => row.personId === personId)
    expect(due.length).toBe(1)
    expect(await noticeBody(store.read, due[0]!)).toEqual({ code: 'X' })
    const taken = await Promise.all(
      [1, 2].map(() => store.write(tx => takeNotices(tx, [due[0]!.id], 'web', NOW))),
    )
    expect(taken.sort()).toEqual([false, true])
    await store.write(tx =>
      keepOutcome(tx, due[0]!, { state: 'givenUp', channel: null, why: 'noChannel' }, NOW),
    )
    expect((await undelivered(store.read, 10)).map(row => row.id)).toContain(due[0]!.id)
  })

  it('erases a person and leaves the case', async () => {
    const who = await store.write(tx => knownBy(tx, WEB('gone'), NOW))
    await store.write(tx => keepProfile(tx, who.personId, { name: '赵四', phone: '13800000001' }))
    await store.write(tx =>
      addLineAlone(tx, who.personId, { sender: 'staff', channel: 'web', body: '{"text":"secret"}' }, NOW),
    )
    const row = await opened(store, who.personId, 'HS-20261103-0004')
    await store.write(tx => erasePerson(tx, who.personId, NOW))
    expect(await personAt(store.read, WEB('gone'))).toBeNull()
    expect(await profileOf(store.read, who.personId)).toEqual({ name: null, phone: null })
    expect((await linesOf(store.read, who.personId, { after: 0, limit: 5 })).map(line => line.body)).toEqual([
      '{"text":""}',
    ])
    expect((await textsOf(store.read, row.id)).text).toBe('3号楼电梯坏了两周')
    expect((await store.write(tx => knownBy(tx, WEB('gone'), NOW))).personId).not.toBe(who.personId)
  })

  it('moves an address to another person and says how', async () => {
    const [one, two] = await Promise.all(
      ['old', 'new'].map(who => store.write(tx => knownBy(tx, WEB(who), NOW))),
    )
    await store.write(tx => moveIdentity(tx, two!.identityId, one!.personId, 'recovery', NOW))
    expect((await personAt(store.read, WEB('new')))?.personId).toBe(one!.personId)
  })

  it('tells what changed after the commit, never of a job that failed', async () => {
    const heard: Changes[] = []
    const stop = store.onChange(changes => void heard.push(changes))
    await store.write(async tx => void tx.changes.cases.add('HS-1'))
    await store
      .write(async tx => {
        tx.changes.cases.add('HS-2')
        throw new Error('on purpose')
      })
      .catch(() => undefined)
    await expect.poll(() => heard.flatMap(changes => [...changes.cases])).toEqual(['HS-1'])
    stop()
  })
})
