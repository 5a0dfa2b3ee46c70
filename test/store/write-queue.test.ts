import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Runs, Store } from '../../src/store/db.ts'
import { knownBy, personAt } from '../../src/store/persons.ts'
import { NOW, onBoth } from './databases.ts'

const WEB = (address: string) => ({ channel: 'web', appId: '-', address })

onBoth('the queue of writes', ledger => {
  let store: Store
  let round = 0
  beforeAll(async () => {
    store = (await ledger.fresh()).store
  })

  /** Jobs handed in at once; each makes somebody known, and those that fail do so after it. */
  async function handIn(jobs: readonly { runs: Runs; fails: boolean }[]) {
    round++
    const ran: number[] = []
    const done = jobs.map(({ runs, fails }, index) =>
      store.write(
        async tx => {
          ran.push(index)
          await knownBy(tx, WEB(`${round}.${index}`), NOW)
          if (fails) throw new Error('on purpose')
          return index
        },
        `${round}`,
        runs,
      ),
    )
    const results = await Promise.allSettled(done)
    const kept = await Promise.all(
      jobs.map(async (_, index) => (await personAt(store.read, WEB(`${round}.${index}`))) !== null),
    )
    return { ran, answers: results.map(({ status }) => status === 'fulfilled'), kept }
  }

  for (const runs of ['once', 'again'] as const)
    it(`undoes the one that fails and keeps its neighbours, when jobs may run ${runs}`, async () => {
      const jobs = [false, true, false].map(fails => ({ runs, fails }))
      const { answers, kept } = await handIn(jobs)
      expect({ answers, kept }).toEqual({ answers: [true, false, true], kept: [true, false, true] })
    })

  it('runs a job that may only run once no second time, whoever fails beside it', async () => {
    const { ran } = await handIn([
      { runs: 'once', fails: false },
      { runs: 'again', fails: true },
      { runs: 'once', fails: true },
      { runs: 'again', fails: false },
    ])
    expect([0, 2].map(index => ran.filter(one => one === index).length)).toEqual([1, 1])
  })

  if (ledger.kind === 'sqlite')
    describe('of any jobs', () => {
      const job = fc.record({ runs: fc.constantFrom<Runs>('once', 'again'), fails: fc.boolean() })
      it('keeps what did not fail, in the order it came, and answers each once', async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(job, { maxLength: 12 }), async jobs => {
            const { ran, answers, kept } = await handIn(jobs)
            const good = jobs.map(({ fails }) => !fails)
            expect({ answers, kept }).toEqual({ answers: good, kept: good })
            // The run that counts is the last; those come in order.
            const last = jobs.map((_, index) => ran.lastIndexOf(index))
            expect(last).toEqual(last.toSorted((a, b) => a - b))
          }),
          { numRuns: 60 },
        )
      })
    })
})
