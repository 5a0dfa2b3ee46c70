import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { House } from '../src/actions/house.ts'
import { keepUnits } from '../src/actions/keep-units.ts'
import type { Bubble, Receive } from '../src/bot/channel.ts'
import { type Forms, makeForms } from '../src/bot/fill.ts'
import { makeReceive, makeResume } from '../src/bot/receive.ts'
import { noticeBubble, plainText } from '../src/bot/wording.ts'
import { loadDistrict } from '../src/district.ts'
import { makeBook } from '../src/flows/book.ts'
import { exampleOf } from '../src/flows/understand/example.ts'
import { bookData, districtFolder, wordFiles } from '../src/load.ts'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { openShelf } from '../src/store/shelf.ts'
import { makeWords } from '../src/words.ts'

export const SECRET = 'a secret for tests, longer than thirty-two characters'

const district = loadDistrict(districtFolder('hongshan'))
const words = makeWords(wordFiles(), district.zone)
const book = makeBook(bookData(district))

export interface TestHouse {
  house: House
  receive: Receive
  forms: Forms
  resume(personId: string): Promise<void>
  words: typeof words
  /** The database's file, or its address. */
  url: string
  /** Where the bytes of files lie. */
  files: string
  /** Moves the clock to an instant, or on by milliseconds. */
  at(instant: string): void
  pass(ms: number): void
  /** Says something as a resident named by an address; answers with plain lines. */
  say(
    who: string,
    text: string,
    options?: { tap?: string; channel?: 'web' | 'wechat' | 'terminal'; id?: string },
  ): Promise<string>
  faults: unknown[]
  close(): Promise<void>
}

/** A house over a fresh ledger, its clock in the test's hands: Tuesday 2026-11-03, 10:21 in Chifeng. */
export async function makeHouse(url?: string): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-test-'))
  const ledger = url ?? `file:${join(folder, 'test.db')}`
  let now = '2026-11-03T02:21:00.000Z'
  await migrate(ledger, 'prisma/migrations', now)
  const store = await openStore({ url: ledger, secret: SECRET })
  const house: House = {
    store,
    shelf: openShelf(join(folder, 'files')),
    now: () => now,
    district,
    bubble: (notice, language, body) => JSON.stringify(noticeBubble(words, language, notice, body)),
    exampleOf: (text, given) => exampleOf(text, given, book.resources, now),
  }
  await keepUnits(house)
  const faults: unknown[] = []
  const ears = { house, book, words, fault: (_what: string, error: unknown) => void faults.push(error) }
  const receive = makeReceive(ears)
  let messages = 0
  return {
    house,
    receive,
    forms: makeForms(ears),
    resume: makeResume(ears),
    words,
    url: ledger,
    files: join(folder, 'files'),
    faults,
    at: instant => void (now = instant),
    pass: ms => void (now = new Date(Date.parse(now) + ms).toISOString()),
    async say(who, text, { tap, channel = 'web', id } = {}) {
      const opens = channel === 'wechat' ? { opens: 'long' as const } : {}
      const heard = {
        channel,
        appId: '-',
        address: who,
        externalId: id ?? `${who}:${++messages}`,
        text,
        ...opens,
      }
      const { replies } = await receive({ ...heard, ...(tap ? { tap } : {}) })
      return replies.map(line => plainText(JSON.parse(line.body) as Bubble)).join('\n')
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
