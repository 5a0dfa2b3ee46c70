import type { Bubble } from '../../src/bot/channel.ts'
import { plainText } from '../../src/bot/wording.ts'
import type { Store } from '../../src/store/db.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { type Line, linesOf } from '../../src/store/talks.ts'
import type { Done } from './by-desk.ts'
import type { Seen } from './by-page.ts'
import type { Journal } from './matter.ts'

/** One resident: what they remember, and what stands of them. */
export interface Account {
  journal: Journal
  /** Lines a page was sent; empty where the channel has none. */
  seen: readonly Seen[]
  /** Empty when nothing they sent stands anywhere. */
  personId: string
  lines: readonly Line[]
  codes: readonly string[]
}

const ALL = 1_000_000
const textOf = (line: Line) => plainText(JSON.parse(line.body) as Bubble)

/** Finds everybody of the journals in the ledger, by the first message they sent. */
/** How the ledger keeps the id of a message: of WeChat with the account it came to. */
const keptId = (channel: Journal['channel'], id: string) => (channel === 'wechat' ? `gh_crash:${id}` : id)

export async function accountsOf(
  { read }: Store,
  told: readonly { journal: Journal; seen: readonly Seen[] }[],
): Promise<Account[]> {
  const accounts: Account[] = []
  for (const { journal, seen } of told) {
    const [first] = seen
    const row = first
      ? await read.sql.get<{ personId: string }>('SELECT "personId" FROM "Message" WHERE "id" = ?', first.id)
      : await read.sql.get<{ personId: string }>(
          'SELECT "personId" FROM "Message" WHERE "channel" = ? AND "externalId" = ?',
          journal.channel,
          keptId(journal.channel, journal.sent[0]?.id ?? ''),
        )
    const personId = row?.personId ?? ''
    const lines = await linesOf(read, personId, { after: 0, limit: ALL })
    const cases = await read.sql.all<{ code: string }>(
      'SELECT "code" FROM "Case" WHERE "personId" = ?',
      personId,
    )
    accounts.push({ journal, seen, personId, lines, codes: cases.map(one => one.code) })
  }
  return accounts
}

/** Messages committed by a process that was killed before it could say so. */
export const unsaid = ({ journal, lines }: Account, killedAt: readonly number[]): number => {
  const own = lines.filter(line => line.sender === 'me')
  return own.filter(({ at }, index) => {
    const known = journal.sent[index]?.acknowledgedAt ?? 0
    return killedAt.some(kill => Date.parse(at) <= kill && kill < known)
  }).length
}

/** Everything sent stands once, in order, in one conversation, numbered without gap, each with its answer behind it. */
export function wrongMessages({ journal, lines, personId }: Account): string[] {
  const wrong: string[] = []
  const own = lines.filter(line => line.sender === 'me')
  const idOf = ({ externalId }: Line) => externalId?.slice(externalId.indexOf(':') + 1)
  const stands = own.map(line => `${idOf(line)} ${textOf(line)}`)
  const sent = journal.sent.map(({ id, text }) => `${id} ${text}`)
  if (stands.join('\n') !== sent.join('\n'))
    wrong.push(
      `${personId}: ${sent.length} sent, ${stands.length} stand; first unlike ${firstUnlike(sent, stands)}`,
    )
  lines.forEach((line, index) => {
    if (line.seq !== index + 1) wrong.push(`${personId}: number ${line.seq} at place ${index + 1}`)
    if (line.sender === 'me' && lines[index + 1]?.sender !== 'bot')
      wrong.push(`${personId}: number ${line.seq} has no answer behind it`)
  })
  return wrong
}

const firstUnlike = (sent: string[], stands: string[]) => {
  const at = sent.findIndex((one, index) => one !== stands[index])
  return at < 0 ? `${stands[sent.length]}` : `${sent[at]} – ${stands[at]}`
}

/** What the person was given, first or again, is what stands: replies by WeChat, numbered lines on the page. */
export function wrongReplies({ journal, lines, seen, personId }: Account): string[] {
  const wrong = journal.oddities.map(oddity => `${personId}: ${oddity}`)
  if (journal.channel === 'web') {
    const had = seen.map(line => `${line.seq} ${line.id} ${line.text}`)
    const stands = lines.slice(0, had.length).map(line => `${line.seq} ${line.id} ${textOf(line)}`)
    if (had.join('\n') !== stands.join('\n')) wrong.push(`${personId}: ${firstUnlike(had, stands)}`)
    return wrong
  }
  for (const { id, reply } of journal.sent) {
    const at = lines.findIndex(line => line.externalId === keptId(journal.channel, id))
    const end = lines.findIndex((line, index) => index > at && line.sender !== 'bot')
    const bots = at < 0 ? [] : lines.slice(at + 1, end < 0 ? undefined : end)
    const stands = bots.map(textOf).join('\n\n')
    if (stands !== reply) wrong.push(`${id} was answered ${reply}, what stands is ${stands}`)
  }
  return wrong
}

/** The cases a resident was told are the cases they have: none lost, none doubled. */
export function wrongCases({ journal, codes, personId }: Account): string[] {
  const [told, have] = [[...journal.told].sort(), [...codes].sort()]
  if (told.join() === have.join() && new Set(told).size === told.length) return []
  return [`${personId}: told ${told.join()}, has ${have.join()}`]
}

/** Serials of each day run from 1 without gap or double, and the counter stands at the last. */
export async function wrongSerials({ read }: Store): Promise<string[]> {
  const wrong: string[] = []
  const rows = await read.sql.all<{ code: string }>('SELECT "code" FROM "Case"')
  const days = new Map<string, number[]>()
  for (const { code } of rows) {
    const [prefix, day = '', serial] = code.split('-')
    const name = `case.${prefix}.${day.replace(/(....)(..)(..)/, '$1-$2-$3')}`
    days.set(name, [...(days.get(name) ?? []), Number(serial)])
  }
  for (const [name, serials] of days) {
    serials.sort((a, b) => a - b)
    const at = serials.findIndex((serial, index) => serial !== index + 1)
    if (at >= 0) wrong.push(`${name}: ${serials[at]} at place ${at + 1}`)
    const counter = await read.sql.get<{ value: number }>(
      'SELECT "value" FROM "Counter" WHERE "name" = ?',
      name,
    )
    if (counter?.value !== serials.length) wrong.push(`${name} stands at ${counter?.value}`)
  }
  return wrong
}

/** Timelines are numbered without gap, and a step a clerk knows to be done stands in them once. */
export async function wrongSteps({ read }: Store, desks: readonly { id: string; done: readonly Done[] }[]) {
  const wrong: string[] = []
  const rows = await read.sql.all<{ id: string; code: string; entryCount: number }>(
    'SELECT "id", "code", "entryCount" FROM "Case"',
  )
  for (const { id, code, entryCount } of rows) {
    const entries = await entriesOf(read, id)
    if (entries.length !== entryCount || entries.some((entry, index) => entry.no !== index + 1))
      wrong.push(`${code}: ${entryCount} counted, numbers ${entries.map(entry => entry.no).join()}`)
    const did = entries.filter(entry => entry.byKind === 'staff')
    const stands = did
      .map(({ byId, verb, body }) => `${byId} ${verb} ${body.text ?? body.result ?? ''}`)
      .sort()
    const known = desks
      .flatMap(desk =>
        desk.done.filter(one => one.code === code).map(({ verb, mark }) => `${desk.id} ${verb} ${mark}`),
      )
      .sort()
    if (stands.join('\n') !== known.join('\n'))
      wrong.push(`${code}: known ${known.join(' + ')}, stands ${stands.join(' + ')}`)
  }
  return wrong
}

const NOTICES_DOUBLED = `
  SELECT "notice" || ' ' || "recipient" || ' ' || "cause" AS "what" FROM "Notice"
  GROUP BY "notice", "recipient", "cause" HAVING COUNT(*) > 1`
const NOTICES_ADRIFT = `
  SELECT "id" || ' ' || "state" AS "what" FROM "Notice" WHERE "state" NOT IN ('sent', 'waiting', 'givenUp', 'unknown')`
/** What a resident is told stands in their conversation by the same transaction: as many lines as rows. */
const NOTICES_UNLIKE_LINES = `
  SELECT p."id" || ' lines ' || p."lines" || ' rows ' || p."rows" AS "what" FROM (
    SELECT q."id",
      (SELECT COUNT(*) FROM "Message" m WHERE m."personId" = q."id" AND m."sender" = 'notice') AS "lines",
      (SELECT COUNT(*) FROM "Notice" n WHERE n."personId" = q."id") AS "rows"
    FROM "Person" q) p WHERE p."lines" <> p."rows"`
/** An opened case is announced, a staff step that tells somebody did. */
const CASES_UNANNOUNCED = `
  SELECT c."code" AS "what" FROM "Case" c
  WHERE NOT EXISTS (SELECT 1 FROM "Notice" n WHERE n."caseId" = c."id" AND n."notice" = 'unit.newCase')`

export async function wrongNotices({ read }: Store): Promise<string[]> {
  const wrong: string[] = []
  for (const sql of [NOTICES_DOUBLED, NOTICES_ADRIFT, NOTICES_UNLIKE_LINES, CASES_UNANNOUNCED])
    for (const { what } of await read.sql.all<{ what: string }>(sql)) wrong.push(what)
  return wrong
}

/** Whoever has a conversation with lines in it is one of ours; the same message stands under one number only. */
export async function wrongPersons({ read }: Store, accounts: readonly Account[]): Promise<string[]> {
  const ours = new Set(accounts.map(account => account.personId))
  const rows = await read.sql.all<{ personId: string }>('SELECT DISTINCT "personId" FROM "Message"')
  const strangers = rows.map(row => row.personId).filter(personId => !ours.has(personId))
  const twice = await read.sql.all<{ what: string }>(
    `SELECT "channel" || ' ' || "externalId" AS "what" FROM "Message" WHERE "externalId" IS NOT NULL
     GROUP BY "channel", "externalId" HAVING COUNT(*) > 1`,
  )
  const apart = ours.size === accounts.length ? [] : ['two residents became one']
  return [...strangers.map(id => `nobody knows ${id}`), ...twice.map(row => row.what), ...apart]
}

/** What SQLite itself thinks of the file. */
export async function wrongFile({ read }: Store): Promise<string[]> {
  const whole = await read.sql.all<{ integrity_check: string }>('PRAGMA integrity_check')
  const loose = await read.sql.all<{ table: string }>('PRAGMA foreign_key_check')
  return [
    ...whole.map(row => row.integrity_check).filter(word => word !== 'ok'),
    ...loose.map(row => `a loose row in ${row.table}`),
  ]
}
