import { mediation } from '../rules/mediation/table.ts'
import {
  type MediationNeed,
  type MediationVerb,
  ROUTES,
  type RouteKey,
  type Side,
} from '../rules/mediation/types.ts'
import type { AgreementText, VisitText } from '../store/mediations.ts'
import type { RecordText } from '../store/sessions.ts'
import { type Refusal, refused } from './house.ts'

/** What a step's form holds, read and checked. */
export interface MediationForm {
  reason?: string
  routes?: RouteKey[]
  to?: RouteKey
  told?: true
  mediator?: string
  marks?: string[]
  slot?: string
  record?: RecordText
  newDue?: string
  agreement?: Omit<AgreementText, 'place'>
  promise?: string
  court?: 'confirmed' | 'turnedDown'
  visited?: Omit<VisitText, 'by'>
  text?: string
  onPaper?: true
  word?: string
  /** Which side stayed away. */
  side?: Side
}

type Read = { value: unknown } | { why: string; field?: string }
type Raw = Readonly<Record<string, unknown>>

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const DATE = /^\d{4}-\d\d-\d\d$/
const isDate = (text: unknown): text is string =>
  typeof text === 'string' && DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

const words =
  (most: number, least = 1) =>
  (value: unknown): Read => {
    const text = typeof value === 'string' ? value.trim() : ''
    if (text.length < least) return { why: text ? 'tooShort' : 'missing' }
    return text.length > most ? { why: 'tooLong' } : { value: text }
  }

const yes = (value: unknown): Read =>
  value === true || value === 'true' ? { value: true } : { why: 'missing' }
const among =
  (of: readonly string[]) =>
  (value: unknown): Read =>
    typeof value === 'string' && of.includes(value) ? { value } : { why: value ? 'notAChoice' : 'missing' }

/** Several short texts in one object, each with its limits; the first fault names its field. */
function texts(value: unknown, shape: Readonly<Record<string, (value: unknown) => Read>>): Read {
  const raw = (typeof value === 'object' && value !== null ? value : {}) as Raw
  const out: Record<string, unknown> = {}
  for (const [field, read] of Object.entries(shape)) {
    const found = read(raw[field])
    if ('why' in found) return { why: found.why, field }
    out[field] = found.value
  }
  return { value: out }
}

const optional =
  (read: (value: unknown) => Read) =>
  (value: unknown): Read =>
    value === undefined || value === null || value === '' ? { value: '' } : read(value)

const record = (value: unknown): Read =>
  texts(value, {
    facts: words(4000, 2),
    points: words(2000, 2),
    applicant: optional(words(2000)),
    other: optional(words(2000)),
  })

const SIDE_NAMES = ['applicant', 'other']

/** Written content of an agreement (人民调解法 29): facts, points in dispute, responsibilities, who does what by when and how. */
function agreement(value: unknown): Read {
  const head = texts(value, {
    facts: words(4000, 2),
    dispute: words(2000, 2),
    responsibility: words(2000, 2),
  })
  if ('why' in head) return head
  const items = (value as { items?: unknown }).items
  if (!Array.isArray(items) || items.length === 0) return { why: 'missing', field: 'items' }
  if (items.length > 20) return { why: 'tooLong', field: 'items' }
  const read: unknown[] = []
  for (const [index, one] of items.entries()) {
    const item = texts(one, {
      side: among(SIDE_NAMES),
      what: words(1000, 2),
      by: day => (isDate(day) ? { value: day } : { why: 'notADate' }),
      how: optional(words(300)),
      where: optional(words(300)),
    })
    if ('why' in item) return { why: item.why, field: `items.${index}.${item.field}` }
    read.push({ no: index + 1, ...(item.value as object) })
  }
  return { value: { ...(head.value as object), items: read } }
}

const READERS: Readonly<Record<MediationNeed, (value: unknown) => Read>> = {
  reason: words(1000, 2),
  routes: value =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(one => (ROUTES as readonly unknown[]).includes(one))
      ? { value: [...new Set(value)] }
      : { why: Array.isArray(value) && value.length > 0 ? 'notAChoice' : 'missing' },
  to: among(ROUTES),
  told: yes,
  mediator: value => (typeof value === 'string' && value.length <= 64 ? { value } : { why: 'missing' }),
  marks: value =>
    Array.isArray(value) &&
    value.length <= 200 &&
    value.every(one => typeof one === 'string' && INSTANT.test(one))
      ? { value: [...new Set(value.map(one => new Date(one).toISOString()))].sort() }
      : { why: 'notADate' },
  slot: words(64, 10),
  record,
  newDue: value =>
    isDate(value) ? { value: new Date(`${value}T17:30:00+08:00`).toISOString() } : { why: 'notADate' },
  agreement,
  promise: words(64, 10),
  court: among(['confirmed', 'turnedDown']),
  visited: value =>
    texts(value, {
      with: words(60, 1),
      performed: among(['yes', 'partly', 'no']),
      satisfied: among(['1', '2', '3']),
      problems: optional(words(1000)),
    }),
  text: words(2000, 1),
  onPaper: yes,
  word: words(500, 2),
}

/** A hold is named `session` by those who send it. */
const SENT_AS: Partial<Record<MediationNeed, string>> = { slot: 'session' }

/** Reads what a form must and may hold; every missing or wrong field is named. */
export function readMediationForm(
  verb: MediationVerb,
  raw: Raw,
): { ok: true; form: MediationForm } | Refusal {
  const { needs, may } = mediation[verb]
  const form: Record<string, unknown> = {}
  const details: { field: string; why: string }[] = []
  for (const need of [...needs, ...may]) {
    const field = SENT_AS[need] ?? need
    const given = raw[field]
    if (may.includes(need) && (given === undefined || given === null || given === '' || given === false))
      continue
    const read = READERS[need](given)
    if ('why' in read) details.push({ field: read.field ? `${field}.${read.field}` : field, why: read.why })
    else form[need] = read.value
  }
  if (raw.side === 'applicant' || raw.side === 'other') form.side = raw.side
  // A secretary may name whom a recusal is about.
  if (verb === 'recuse' && typeof raw.mediator === 'string' && raw.mediator) form.mediator = raw.mediator
  return details.length ? refused('incomplete', { details }) : { ok: true, form: form as MediationForm }
}
