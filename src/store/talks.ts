import type { Language } from '../rules/people/language.ts'
import type { Window } from './channels.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { type Address, addressHash, type Known, strangerAt } from './persons.ts'
import { QUIET, UNVEILED } from './veil.ts'

export type Sender = 'me' | 'bot' | 'staff' | 'notice'

/** Who answers in a conversation: the bot, nobody yet (a person was asked for), or a clerk. */
export type Mode = 'bot' | 'waiting' | 'human'

export interface ConversationRow {
  personId: string
  seq: number
  mode: Mode
  takenById: string | null
  /** The talk as JSON, or null when none is open. */
  talk: string | null
}

/** A line of a conversation; `body` is the bubble as JSON. */
export interface Line {
  id: string
  seq: number
  sender: Sender
  channel: string
  externalId: string | null
  staffId: string | null
  at: string
  /** 1 of a call for help, 2 veiled. */
  veil: number
  body: string
}

interface LineRow extends Omit<Line, 'body'> {
  personId: string
  bodyEnc: Uint8Array
}

const LINE = '"id", "personId", "seq", "sender", "channel", "externalId", "staffId", "at", "veil", "bodyEnc"'

/** What the sealed talk of a person says, as this process sealed it last; gone with the key, which is all it is found by. */
const sealedLast = new WeakMap<Buffer, { talkEnc: Uint8Array; talk: string }>()

/** The talk as it stands sealed; opened only where it is not what was sealed here last. */
function talkOf(personId: string, key: Buffer, talkEnc: Uint8Array | null): string | null {
  const last = sealedLast.get(key)
  if (last && talkEnc && Buffer.compare(last.talkEnc, talkEnc) === 0) return last.talk
  return opened(key, `Conversation.talkEnc.${personId}`, talkEnc)
}

/** The conversation of a person, with the talk in it opened. */
export async function conversationOf(tx: Reads, personId: string, key: Buffer): Promise<ConversationRow> {
  const row = await tx.sql.get<Omit<ConversationRow, 'talk'> & { talkEnc: Uint8Array | null }>(
    'SELECT "personId", "seq", "mode", "takenById", "talkEnc" FROM "Conversation" WHERE "personId" = ?',
    personId,
  )
  if (!row) throw new Error('a person without a conversation')
  const { talkEnc, ...rest } = row
  return { ...rest, talk: talkOf(personId, key, talkEnc) }
}

/** Who writes from an address, their conversation, and until when and how often the channel lets us speak first there. */
export interface Talker {
  who: Known
  conversation: ConversationRow
  window: Window
}

interface TalkerRow extends Omit<ConversationRow, 'talk'> {
  identityId: string
  openUntil: string | null
  openLeft: number
  language: Language
  talkEnc: Uint8Array | null
}

/** All that a message needs to know of who wrote it, in one question; null where nobody is known by the address, or they were erased. */
export async function talkerAt(tx: Reads, at: Address): Promise<Talker | null> {
  const row = await tx.sql.get<TalkerRow>(
    `SELECT i."id" AS "identityId", i."openUntil", i."openLeft", p."language",
       c."personId", c."seq", c."mode", c."takenById", c."talkEnc"
     FROM "Identity" i JOIN "Person" p ON p."id" = i."personId" JOIN "Conversation" c ON c."personId" = i."personId"
     WHERE i."channel" = ? AND i."appId" = ? AND i."addressHash" = ? AND i."goneAt" IS NULL`,
    at.channel,
    at.appId,
    addressHash(tx, at),
  )
  const key = row && (await keyOf(tx, row.personId))
  if (!key) return null
  const { identityId, openUntil, openLeft, language, personId, seq, mode, takenById, talkEnc } = row
  return {
    who: { personId, identityId, language, isNew: false, key },
    conversation: { personId, seq, mode, takenById, talk: talkOf(personId, key, talkEnc) },
    window: { openUntil, openLeft },
  }
}

/** The talker behind an address; somebody new, who has not said a word yet, where nobody is known by it. */
export async function talkerBy(tx: Tx, at: Address, now: string, language: Language): Promise<Talker> {
  const known = await talkerAt(tx, at)
  if (known) return known
  const who = await strangerAt(tx, at, now, language)
  const conversation = { personId: who.personId, seq: 0, mode: 'bot', takenById: null, talk: null } as const
  return { who, conversation: { ...conversation }, window: { openUntil: null, openLeft: 0 } }
}

/** Writes the state of a conversation after a message: the talk, who answers, and the last number used. */
export async function keepConversation(
  tx: Tx,
  row: ConversationRow,
  key: Buffer,
  now: string,
): Promise<void> {
  const talkEnc = sealed(key, `Conversation.talkEnc.${row.personId}`, row.talk)
  if (talkEnc && row.talk !== null) sealedLast.set(key, { talkEnc, talk: row.talk })
  else sealedLast.delete(key)
  await tx.sql.run(
    'UPDATE "Conversation" SET "seq" = ?, "mode" = ?, "takenById" = ?, "talkEnc" = ?, "updatedAt" = ? WHERE "personId" = ?',
    row.seq,
    row.mode,
    row.takenById,
    talkEnc,
    now,
    row.personId,
  )
}

export interface NewLine {
  sender: Sender
  channel: string
  body: string
  externalId?: string | null
  replyToId?: string | null
  staffId?: string | null
  noticeId?: string | null
  /** It belongs to a call for help. */
  quiet?: boolean
}

const NEW_LINE = `INSERT INTO "Message"
  ("id", "personId", "seq", "sender", "channel", "externalId", "bodyEnc", "replyToId", "staffId", "noticeId", "veil", "at")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Adds a line; `row.seq` grows and must be kept by `keepConversation` in the same transaction. */
export async function addLine(
  tx: Tx,
  row: ConversationRow,
  key: Buffer,
  line: NewLine,
  now: string,
): Promise<Line> {
  const id = newId()
  row.seq += 1
  const { sender, channel, body, externalId = null, replyToId = null, staffId = null, noticeId = null } = line
  const veil = line.quiet ? QUIET : 0
  await tx.sql.run(
    NEW_LINE,
    id,
    row.personId,
    row.seq,
    sender,
    channel,
    externalId,
    sealed(key, `Message.bodyEnc.${id}`, body),
    replyToId,
    staffId,
    noticeId,
    veil,
    now,
  )
  tx.changes.persons.add(row.personId)
  return { id, seq: row.seq, sender, channel, externalId, staffId, at: now, veil, body }
}

/** The number of the next line, when a line is added outside a turn of talk (a notice, a clerk's words). */
export async function addLineAlone(
  tx: Tx,
  personId: string,
  line: NewLine,
  now: string,
): Promise<Line | null> {
  const key = await keyOf(tx, personId)
  if (!key) return null
  await tx.sql.run(
    'UPDATE "Conversation" SET "seq" = "seq" + 1, "updatedAt" = ? WHERE "personId" = ?',
    now,
    personId,
  )
  const row = await tx.sql.get<{ seq: number }>(
    'SELECT "seq" FROM "Conversation" WHERE "personId" = ?',
    personId,
  )
  if (!row) return null
  const stand: ConversationRow = { personId, seq: row.seq - 1, mode: 'bot', takenById: null, talk: null }
  return addLine(tx, stand, key, line, now)
}

/** Replies stand right behind their message; no turn says more lines than this. */
const MOST_REPLIES = 40

/** What an earlier run of the same message answered, or null when the message is new. */
export async function answeredBefore(
  tx: Reads,
  channel: string,
  externalId: string,
): Promise<{ personId: string; seq: number; replies: Line[] } | null> {
  const first = await tx.sql.get<{ id: string; personId: string; seq: number }>(
    'SELECT "id", "personId", "seq" FROM "Message" WHERE "channel" = ? AND "externalId" = ?',
    channel,
    externalId,
  )
  if (!first) return null
  const rows = await tx.sql.all<LineRow>(
    `SELECT ${LINE} FROM "Message" WHERE "personId" = ? AND "seq" > ? AND "seq" < ? AND "replyToId" = ? ORDER BY "seq"`,
    first.personId,
    first.seq,
    first.seq + MOST_REPLIES,
    first.id,
  )
  return { personId: first.personId, seq: first.seq, replies: await readLines(tx, first.personId, rows) }
}

export interface Span {
  after?: number
  before?: number
  limit: number
  /** For the person's own pages: what they left in a hurry stays away. */
  unveiled?: true
}

/** Lines of a conversation in order: those after a number, or the last ones before it. */
export async function linesOf(from: Reads, personId: string, span: Span): Promise<Line[]> {
  const { after = 0, before = 2_000_000_000, limit } = span
  const newestFirst = span.after === undefined
  const rows = await from.sql.all<LineRow>(
    `SELECT ${LINE} FROM "Message" WHERE "personId" = ? AND "seq" > ? AND "seq" < ?${span.unveiled ? ` AND ${UNVEILED}` : ''} ORDER BY "seq" ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
    personId,
    after,
    before,
    limit,
  )
  return readLines(from, personId, newestFirst ? rows.reverse() : rows)
}

export async function lastSeq(from: Reads, personId: string): Promise<number> {
  const row = await from.sql.get<{ seq: number }>(
    'SELECT "seq" FROM "Conversation" WHERE "personId" = ?',
    personId,
  )
  return row?.seq ?? 0
}

/** The person has seen everything up to `seq`. */
export async function keepRead(tx: Tx, personId: string, seq: number): Promise<void> {
  await tx.sql.run(
    'UPDATE "Conversation" SET "readSeq" = ? WHERE "personId" = ? AND "readSeq" < ?',
    seq,
    personId,
    seq,
  )
}

async function readLines(from: Reads, personId: string, rows: LineRow[]): Promise<Line[]> {
  const key = await keyOf(from, personId)
  return rows.map(({ bodyEnc, personId: _, ...row }) => ({
    ...row,
    body: opened(key, `Message.bodyEnc.${row.id}`, bodyEnc) ?? '{"text":""}',
  }))
}
