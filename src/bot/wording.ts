import type { Card, CardRow, Choice, Say } from '../flows/talk.ts'
import { parseCaseCode } from '../rules/cases/code.ts'
import { DATED, NOTICES, type NoticeKey, type NoticeTo } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { NoticeBody } from '../store/notices.ts'
import type { Words } from '../words.ts'
import type { Bubble } from './channel.ts'
import { careLines, hasLines } from './wording-care.ts'

/**
 * What the bot says, in words. The engine's keys live in `bot.json`; keys that begin with `done.` are what the verbs
 * answer and live in `done.json`.
 */
export function bubbleOf(words: Words, language: Language, say: Say): Bubble {
  const main = /^(?:done|mediation)\./.test(say.say) ? say.say.replace('.', ':') : either(`say.${say.say}`)
  const text = words(language, main, say.with)
  const card = say.card ? cardOf(words, language, say.card, say.with) : undefined
  const choices = say.choices?.map((choice, index) => ({
    n: String(index + 1),
    label: labelOf(words, language, choice),
    tap: choice.tap,
  }))
  return {
    text,
    ...(card ? { card } : {}),
    ...(choices?.length ? { choices } : {}),
    ...(isCaseCode(say.with?.code) && !OF_THE_DESK.test(say.say) ? { code: say.with.code } : {}),
    ...(typeof say.with?.link === 'string' ? { link: say.with.link } : {}),
  }
}

/** What a member of staff is told about an order: the case is no page of their own. */
const OF_THE_DESK = /^grid\.(?:done|why|desk)\b/

/** The engine's words for residents, those of grid work, and those of calls for help. */
export const either = (key: string): string[] => [`bot:${key}`, `grid:${key}`, `help:${key}`]

const isCaseCode = (code: unknown): code is string => typeof code === 'string' && parseCaseCode(code) !== null

/** A day to choose is said as people say days. */
const DAY = /^\d{4}-\d\d-\d\d$/

function labelOf(words: Words, language: Language, choice: Choice): string {
  const own = (language === 'en' ? choice.english : undefined) ?? choice.words
  if (own === undefined) return words(language, either(`choice.${choice.label}`), choice.with)
  return DAY.test(own) ? words(language, 'done:as', { value: own }) : own
}

function cardOf(
  words: Words,
  language: Language,
  card: Card,
  values: Record<string, unknown> | undefined,
): NonNullable<Bubble['card']> {
  const title = words(language, [`done:card.${card.kind}`, `bot:card.${card.kind}`, 'done:card.none'], values)
  return {
    kind: card.kind,
    ...(title ? { title } : {}),
    rows: card.rows.map(row => rowOf(words, language, row)),
    ...(card.calls
      ? {
          calls: card.calls.map(call => ({
            number: call.number,
            label: words(language, `bot:call.${call.label}`),
          })),
        }
      : {}),
  }
}

/** The engine's labels are keys of `bot.json`; the verbs' name their file. */
const keyOf = (label: string) => (label.includes(':') ? label : either(label))

/** A row of a card, in words. */
export function rowOf(words: Words, language: Language, row: CardRow) {
  const values = row as unknown as Record<string, unknown>
  const note = row.noteLabel ? words(language, keyOf(row.noteLabel), values) : row.note
  return {
    label: row.own
      ? language === 'en'
        ? row.own.english
        : row.own.words
      : words(language, [`done:row.${row.key}`, ...either(`row.${row.key}`)]),
    value: row.label
      ? words(language, keyOf(row.label), values)
      : words(language, 'done:as', {
          value: (language === 'en' ? row.english : undefined) ?? row.value ?? '',
        }),
    ...(note ? { note: words(language, 'done:as', { value: note }) } : {}),
    ...(row.tap ? { edit: row.tap } : {}),
  }
}

/** After an answer the numbers 1, 2, 3 mean these; the engine reads them. */
const RATINGS = ['solvedSatisfied', 'solvedUnhappy', 'notSolved'] as const

/** Notices after which 复查 and 复核 may be asked for; told under the petition profile alone (信访工作条例 35–36). */
const RIGHTS: readonly NoticeKey[] = ['resident.answered']

const shortKey = (notice: NoticeKey) => notice.slice(notice.indexOf('.') + 1)

/** Fields of a WeChat template hold 20 characters (`thing`) or 32 of the plain alphabet (`character_string`). */
const THING = 20
const PLAIN = 32

/** The person of a case and the sides of a mediation have a page of it; neighbours who follow, and grid workers, have none. */
const HAS_PAGE = /^(?:resident|side)\./

/** Where the short form of a notice stands: who follows a case, a side, a volunteer and a parent have words of their own. */
const BRIEF: Readonly<Partial<Record<NoticeTo, string>>> = {
  ...{ resident: '', follower: 'following.', side: 'side.', volunteer: 'volunteer.', parent: 'parent.' },
}

/** A notice for a channel with short fields; the whole of it stands in the conversation and on the page. Staff are told otherwise. */
function briefOf(
  words: Words,
  language: Language,
  notice: NoticeKey,
  body: NoticeBody,
): NonNullable<Bubble['brief']> | undefined {
  const { to } = NOTICES[notice]
  const under = BRIEF[to]
  if (under === undefined) return undefined
  const ofCare = to === 'volunteer' || to === 'parent'
  const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
  return {
    what: words(language, `notice:brief.${under}${shortKey(notice)}`),
    code: short(String(body.code ?? ''), PLAIN),
    office: short(String(body.office ?? (ofCare ? words(language, 'notice:brief.care') : '')), THING),
  }
}

/** Reminders of a meeting that ask whether the person comes. */
const ASKS_COMING: readonly NoticeKey[] = ['side.remind3days', 'side.remind1day']

/** The other roads a notice names, in words. */
const withRoutes = (words: Words, language: Language, body: NoticeBody): NoticeBody =>
  typeof body.routes === 'string'
    ? {
        ...body,
        routeNames: body.routes
          .split(',')
          .filter(Boolean)
          .map(route => words(language, `mediation:route.${route}.name`))
          .join(language === 'en' ? ', ' : '、'),
      }
    : body

/** What a notice says, in words: the same for the page and for channels that are called. */
export function noticeBubble(words: Words, language: Language, notice: NoticeKey, given: NoticeBody): Bubble {
  const body = withRoutes(words, language, given)
  const asks = notice === 'resident.answered' || notice === 'resident.askRating'
  const choices = RATINGS.map((key, index) => ({
    n: String(index + 1),
    label: words(language, body.help ? `help:rate.${key}` : `bot:choice.shell.${key}`),
    tap: '',
  }))
  const said = body.late && DATED.includes(notice) ? `${notice}Late` : notice
  // Nothing may be written for neighbours yet: their notice then ends a line sooner.
  const values = hasLines(notice) ? { ...body, lines: careLines(words, language, body) } : body
  const keys = body.help ? [`help:notice.${said}`, `notice:${said}`] : `notice:${said}`
  const files = filesOf(notice, body)
  const bare = words(language, keys, values).trimEnd()
  const text = files ? `${bare}\n${words(language, 'notice:withFiles', { n: files.length })}` : bare
  const right = body.profile === 'petition' && RIGHTS.includes(notice)
  const brief = briefOf(words, language, notice, body)
  return {
    text: right ? `${text}\n${words(language, `notice:petition.${shortKey(notice)}`, body)}` : text,
    ...(brief ? { brief } : {}),
    ...(isCaseCode(body.code) && HAS_PAGE.test(notice) ? { code: body.code } : {}),
    ...(typeof body.letter === 'string' ? { link: `/letters/${body.letter}` } : {}),
    ...(files ? { files } : {}),
    ...(asks ? { choices } : {}),
    ...(ASKS_COMING.includes(notice) ? { choices: comingChoices(words, language) } : {}),
    ...(notice === 'resident.mediation' ? { choices: mediateChoice(words, language, body) } : {}),
  }
}

/** Files a clerk sent with the words. */
const filesOf = (notice: NoticeKey, { files }: NoticeBody): Bubble['files'] =>
  typeof files === 'string' && (notice === 'resident.answered' || notice === 'resident.message')
    ? JSON.parse(files)
    : undefined

const comingChoices = (words: Words, language: Language) =>
  ['coming', 'move'].map((key, index) => ({
    n: String(index + 1),
    label: words(language, `bot:choice.reminder.${key}`),
    tap: '',
  }))

/** What the button says is what the talk understands: `HS-… 转为调解`. */
const mediateChoice = (words: Words, language: Language, { code }: NoticeBody) => [
  { n: '1', label: words(language, 'bot:choice.mediate', { code }), tap: '' },
]

/** A bubble as plain lines, for channels without buttons or cards: numbers stand before the choices. */
export function plainText(bubble: Bubble): string {
  const lines = [bubble.text]
  for (const row of bubble.card?.rows ?? [])
    lines.push(`${row.label}：${row.value}${row.note ? `（${row.note}）` : ''}`)
  for (const { number, label } of bubble.card?.calls ?? [])
    lines.push(label.includes(number) ? label : `${number} ${label}`)
  for (const choice of bubble.choices ?? []) lines.push(`${choice.n}. ${choice.label}`)
  if (bubble.hint) lines.push(bubble.hint)
  return lines.filter(Boolean).join('\n')
}
