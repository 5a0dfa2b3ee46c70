import { afterAll, beforeAll, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import type { FormHeard } from '../../src/bot/fill.ts'
import { linesOf } from '../../src/store/talks.ts'
import { ANSWER, clerk, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

/** Two processes over one PostgreSQL, as in a district that has outgrown one machine. */
let postgres: Awaited<ReturnType<typeof scratchPostgres>>
let one: TestHouse
let two: TestHouse
beforeAll(async () => {
  postgres = await scratchPostgres()
  await postgres.create('house')
  one = await makeHouse(postgres.url('house'))
  two = await makeHouse(postgres.url('house'))
})
afterAll(async () => {
  await one.close()
  await two.close()
  await postgres.stop()
})

it('goes the whole way, half in one process and half in the other', async () => {
  const west = await clerk(one, 'west', 'townClerk', WEST)
  const code = await fileLift(one)
  expect(await moveCase(two.house, west, code, 'grab', {})).toMatchObject({ ok: true })
  expect(await moveCase(one.house, west, code, 'answer', ANSWER)).toMatchObject({ ok: true })
  await two.say('wang', '没解决', { id: 'w1' })
  await one.say('wang', '还是不动', { id: 'w2' })
  const rows = await two.house.store.read.sql.all<{ state: string }>('SELECT "state" FROM "Case"')
  expect(rows).toEqual([{ state: 'redo' }])
  expect((await brokenPromises(two.house.store.read)).broken).toEqual([])
})

it('answers a message once when both processes hear it at the same time', async () => {
  const heard = { channel: 'wechat', appId: 'gh', address: 'openid', text: '路灯坏了三天' } as const
  for (let n = 0; n < 5; n++) {
    const both = await Promise.all([one, two].map(t => t.receive({ ...heard, externalId: `m${n}` })))
    expect(both.map(received => received.repeat).sort()).toEqual([false, true])
    expect(both[0]!.replies.map(line => line.body)).toEqual(both[1]!.replies.map(line => line.body))
  }
  const lines = await linesOf(
    one.house.store.read,
    (await one.receive({ ...heard, externalId: 'm0' })).personId,
    {
      after: 0,
      limit: 100,
    },
  )
  expect(lines.map(line => line.seq)).toEqual(lines.map((_, index) => index + 1))
})

it('takes a move on a form once when both processes hear it at the same time', async () => {
  const heard = (id: string, move: FormHeard['move']): FormHeard => ({
    ...{ channel: 'web', appId: '-', address: 'form', externalId: id, move },
  })
  const what = {
    flow: 'grievance',
    do: 'answer',
    key: 'what',
    text: '红山郡3号楼路灯坏了，电话13800000000',
  } as const
  for (const [id, move] of [
    ['f1', what],
    ['f2', { flow: 'grievance', do: 'send' }],
  ] as const) {
    const both = await Promise.all([one, two].map(t => t.forms.fill(heard(id, move))))
    expect(both[0]).toEqual(both[1])
    expect(both[0]).toMatchObject({ is: 'filled' })
  }
  const rows = await one.house.store.read.sql.all<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Message" WHERE "externalId" IN ('f1', 'f2')`,
  )
  expect(Number(rows[0]?.n)).toBe(2)
  expect([...one.faults, ...two.faults]).toEqual([])
})

it('keeps one person in order while both processes hear many at once', async () => {
  const said = Array.from({ length: 24 }, (_, n) => n)
  await Promise.all(said.map(n => (n % 2 ? one : two).say(`p${n % 3}`, `路灯坏了${n}天`, { id: `p${n}` })))
  expect([...one.faults, ...two.faults]).toEqual([])
  const rows = await one.house.store.read.sql.all<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Message" WHERE "externalId" LIKE 'p%'`,
  )
  expect(rows[0]?.n).toBe(24)
})

it('tells one process what the other has committed', async () => {
  const heard: string[] = []
  const stop = two.house.store.onChange(changes => heard.push(...changes.persons))
  const { personId } = await one.receive({
    channel: 'web',
    appId: '-',
    address: 'x',
    externalId: 'x1',
    text: '你好',
  })
  await expect.poll(() => heard).toContain(personId)
  stop()
})
