import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { House } from './actions/house.ts'
import { keepUnits } from './actions/keep-units.ts'
import { type FromFolder, followDistrict, openStanding, type Standing } from './admin/standing.ts'
import type { Receive } from './bot/channel.ts'
import { type Forms, makeForms } from './bot/fill.ts'
import { makeReceive, makeResume } from './bot/receive.ts'
import { noticeBubble } from './bot/wording.ts'
import { type Config, demoAllowed } from './config.ts'
import { seedDemo } from './demo/seed.ts'
import { districtFrom, readFolder } from './district.ts'
import { faultOf } from './faults.ts'
import { type Book, makeBook } from './flows/book.ts'
import { exampleOf } from './flows/understand/example.ts'
import { bookData, districtFolder, wordFiles } from './load.ts'
import { ROOT } from './root.ts'
import { addAudit } from './store/audit.ts'
import { openStore } from './store/db.ts'
import { markAll } from './store/marks.ts'
import { migrate } from './store/migrate.ts'
import { openShelf } from './store/shelf.ts'
import { makeWords, type Words } from './words.ts'

/** The parts of a running house, made in order; whoever made them closes them. */
export interface App {
  house: House
  /** The district of the house, and the way to read it anew. */
  standing: Standing
  readonly book: Book
  words: Words
  receive: Receive
  forms: Forms
  resume(personId: string): Promise<void>
  log: Logger
  close(): Promise<void>
}

export interface AppOptions {
  /** Moves the clock so that it shows this instant now (demonstration only). */
  now?: string
  /** The clock itself, where somebody moves it by hand: a trial that lives through many days. */
  clock?: () => string
  /** Keeps the demonstration district away even where it is allowed. */
  withoutDemo?: boolean
  /** Where files lie, when not under DATA_DIR: a trial over a copy of the ledger must not touch the real ones. */
  files?: string
  /** A command of the operator: it stands in the book of the audit, its arguments sealed. */
  command?: { name: string; args: readonly string[] }
}

/** Opens the ledger, applies migrations, loads the district and its words. Nothing listens yet. */
export async function openApp(config: Config, options: AppOptions = {}): Promise<App> {
  const log = pino({ level: config.logLevel, base: null })
  const now = options.clock ?? clock(options.now)
  mkdirSync(config.dataDir, { recursive: true })
  const secret = config.secret ?? keptSecret(config.dataDir)
  const folder = fromFolder(districtFolder(config.district))
  const applied = await migrate(config.databaseUrl, join(ROOT, 'prisma/migrations'), now())
  if (applied.length) log.info({ applied }, 'migrations applied')
  const store = await openStore({ url: config.databaseUrl, secret, readers: 2 * availableParallelism() + 1 })
  const standing = await openStanding(store, folder)
  const words = makeWords(wordFiles(), config.timeZone, () => standing.district.notices)
  const talk = openBook(standing, config.publicUrl)
  const house: House = {
    store,
    shelf: openShelf(options.files ?? join(config.dataDir, 'files')),
    now,
    get district() {
      return standing.district
    },
    bubble: (notice, language, body) => JSON.stringify(noticeBubble(words, language, notice, body)),
    exampleOf: (text, given) => exampleOf(text, given, talk.book.resources, now()),
  }
  await keepUnits(house)
  await makeFindable(store, log)
  if (options.command) await noteCommand(house, options.command)
  if (!options.withoutDemo && demoAllowed(config)) await seedDemo(house, log)
  const fault = (what: string, error: unknown) => log.error({ what, fault: faultOf(error) }, 'fault')
  const ears = {
    ...{ house, words, fault },
    get book() {
      return talk.book
    },
  }
  const stop = followDistrict(store, standing, fault)
  return {
    house,
    standing,
    get book() {
      return talk.book
    },
    words,
    receive: makeReceive(ears),
    forms: makeForms(ears),
    resume: makeResume(ears),
    log,
    close: () => store.close().finally(stop),
  }
}

/** Cases of an older version have no marks to be found by. */
async function makeFindable(store: House['store'], log: Logger): Promise<void> {
  const told = (n: number) => n % 10_000 === 0 && log.info({ marked: n }, 'making cases findable')
  const marked = await markAll(store, told)
  if (marked) log.info({ marked }, 'cases made findable')
}

/** A district's folder with its texts, checked. Throws with every fault. */
export function fromFolder(path: string): FromFolder {
  const texts = readFolder(path)
  return { texts, district: districtFrom(texts, path) }
}

/** What a turn of talk looks things up in, made anew in the same turn in which the district is replaced. */
export function openBook(standing: Standing, publicUrl?: string): { readonly book: Book } {
  const talk = { book: makeBook(bookData(standing.district, publicUrl)) }
  standing.onSwap(district => {
    talk.book = makeBook(bookData(district, publicUrl))
  })
  return talk
}

const noteCommand = (house: House, { name, args }: NonNullable<AppOptions['command']>) =>
  house.store.write(tx =>
    addAudit(
      tx,
      { staffId: null, what: 'command', field: name, detail: args.join(' ') || null },
      house.now(),
    ),
  )

function clock(shown: string | undefined): () => string {
  const shift = shown ? Date.parse(shown) - Date.now() : 0
  if (Number.isNaN(shift)) throw new Error(`not an instant: ${shown}`)
  return () => new Date(Date.now() + shift).toISOString()
}

/**
 * Where no SECRET_KEY is set the first start makes one, readable by its owner only. It is written aside and moved into place whole:
 * a kill in between must not leave half a key, for what is sealed with one is lost.
 */
function keptSecret(folder: string): string {
  const file = join(folder, 'secret.key')
  if (!existsSync(file)) {
    const aside = `${file}.${process.pid}`
    const handle = openSync(aside, 'wx', 0o600)
    writeSync(handle, randomBytes(48).toString('base64url'))
    fsyncSync(handle)
    closeSync(handle)
    renameSync(aside, file)
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32) throw new Error(`${file} holds no key: put the copy of your backup in its place`)
  return secret
}
