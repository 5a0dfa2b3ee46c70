import Type, { type Static } from 'typebox'
import { CASE_CLASSES } from './rules/cases/types.ts'
import { STAFF_ROLES } from './rules/people/roles.ts'

/** The shape of every file of a district folder. Unknown fields are faults, except `note`, which is for readers. */

const note = Type.Optional(Type.String())
const object = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const list = <T extends Type.TSchema>(of: T) => Type.Array(of)
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Enum(words as unknown as T[number][]) as unknown as Type.TUnsafe<T[number]>

const name = Type.String({ minLength: 1, maxLength: 60 })
const words = Type.String({ minLength: 1, maxLength: 4000 })
const code = (digits: number) => Type.String({ pattern: `^[0-9]{${digits}}$` })
const unitCode = Type.String({ pattern: '^([0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15}|[DP][0-9]{2})$' })
const date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$' })
const login = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' })
const route = Type.String({ pattern: '^(panel|dept):.+$' })
const frame = object({ from: time, to: time })
const period = object({
  from: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
  to: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
  frames: Type.Array(frame, { minItems: 1 }),
})
/** Office hours of a unit that differ from the district's; what lies below it keeps them too. */
const office = Type.Optional(
  object({ frames: Type.Array(frame, { minItems: 1 }), periods: Type.Optional(Type.Array(period)) }),
)
const both = object({ 'zh-CN': words, en: words })
const weekdays = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }))
const some = <T extends Type.TSchema>(of: T) => Type.Array(of, { minItems: 1 })
const term = <T extends Type.TSchema>(day: T) =>
  object({ key: oneOf(['springTerm', 'autumnTerm'] as const), from: day, to: day })
const holidays = oneOf(['open', 'closed'] as const)
const opening = Type.Union([
  Type.Literal('always'),
  some(object({ weekdays, from: time, to: time, holidays })),
])

export const FILES = {
  'district.json': object({
    note,
    code: code(6),
    name,
    nameEn: name,
    prefix: Type.String({ pattern: '^[A-Z]{2,4}$' }),
    zone: name,
    settings: object({
      grabMinutes: Type.Integer({ minimum: 1, maximum: 480 }),
      profile: oneOf(['hotline', 'petition'] as const),
      basicGrids: Type.Integer({ minimum: 0 }),
      exclusiveGrids: Type.Integer({ minimum: 0 }),
      lookalikeMetres: Type.Integer({ minimum: 0 }),
      /** Calendar days a resident may reopen a closed matter. */
      reopenDays: Type.Integer({ minimum: 0 }),
      /** 挂起: the most calendar days one pause may last, and how many pauses a case may have. */
      pauseDays: Type.Integer({ minimum: 1, maximum: 60 }),
      pauses: Type.Integer({ minimum: 0, maximum: 5 }),
    }),
  }),
  'units.json': object({
    note,
    towns: list(
      object({
        code: code(9),
        name,
        short: name,
        office,
        communities: list(object({ code: code(12), name, short: name, office })),
      }),
    ),
  }),
  'departments.json': object({
    note,
    departments: list(
      object({
        code: Type.String({ pattern: '^D[0-9]{2}$' }),
        name,
        short: name,
        serves: list(name),
        duties: words,
        office,
      }),
    ),
  }),
  'panels.json': object({
    note,
    panels: list(
      object({
        code: Type.String({ pattern: '^P[0-9]{2}$' }),
        name,
        nameEn: name,
        short: name,
        about: words,
        aboutEn: words,
        hours: list(object({ weekdays, from: time, to: time })),
        office,
        rooms: list(name),
        languages: list(name),
        languagesEn: list(name),
        /** Two of the eight help one person and bring no two sides together. */
        mediates: Type.Boolean(),
        phone: Type.Optional(name),
      }),
    ),
  }),
  'grids.json': object({
    note,
    grids: list(
      object({
        code: code(15),
        name,
        kind: oneOf(['basic', 'exclusive'] as const),
        place: Type.Optional(name),
        head: name,
        workers: Type.Integer({ minimum: 1 }),
      }),
    ),
  }),
  'calendar.json': object({
    note,
    zone: name,
    frames: list(frame),
    periods: Type.Optional(list(period)),
    years: list(Type.Integer({ minimum: 2020, maximum: 2100 })),
    off: list(date),
    on: list(date),
    expected: list(date),
    regional: object({ note, off: list(date), on: list(date) }),
  }),
  'hotlines.json': object({
    note,
    hotlines: list(
      object({
        number: Type.String({ pattern: '^[0-9]{3,12}$' }),
        name,
        nameEn: name,
        for: words,
        forEn: words,
        hours: words,
        hoursEn: words,
        /** For "open now"; a line whose hours are not fixed has none. */
        open: Type.Optional(opening),
        emergency: Type.Boolean(),
        local: Type.Optional(words),
      }),
    ),
  }),
  'categories.json': object({
    note,
    categories: list(
      object({
        key: Type.String({ pattern: '^[a-z][A-Za-z]+$' }),
        name,
        nameEn: name,
        route: Type.Union([route, Type.Null()]),
        class: oneOf(CASE_CLASSES),
        hints: list(name),
      }),
    ),
  }),
  'services.json': object({
    note,
    services: list(
      object({
        key: Type.String({ pattern: '^[a-z][A-Za-z]+$' }),
        name,
        nameEn: name,
        source: oneOf(['report', 'example'] as const),
        /** The day the office confirmed what stands here; without it the page calls it an example. */
        checked: Type.Optional(date),
        /** Other words people use for it. */
        aliases: list(name),
        aliasesEn: list(name),
        who: words,
        whoEn: words,
        bring: some(words),
        bringEn: some(words),
        where: words,
        whereEn: words,
        hours: words,
        hoursEn: words,
        days: words,
        daysEn: words,
        fee: words,
        feeEn: words,
        steps: some(words),
        stepsEn: some(words),
        department: Type.String({ pattern: '^D[0-9]{2}$' }),
        /** Done for the person at home 代办上门, and over the network. */
        doorstep: Type.Boolean(),
        online: Type.Boolean(),
        phone: Type.Optional(Type.String({ pattern: '^[0-9][0-9-]{2,15}$' })),
      }),
    ),
  }),
  'whistle.json': object({
    note,
    categories: list(
      object({
        key: Type.String({ pattern: '^[a-z][A-Za-z]+$' }),
        name,
        source: oneOf(['example'] as const),
        items: list(
          object({
            name,
            departments: list(Type.String({ pattern: '^D[0-9]{2}$' })),
            respondHours: Type.Integer({ minimum: 1, maximum: 120 }),
          }),
        ),
      }),
    ),
  }),
  'estates.json': object({
    note,
    estates: list(object({ name, community: code(12), buildings: Type.Integer({ minimum: 1 }) })),
  }),
  'canned.json': object({
    note,
    replies: list(
      object({
        key: Type.String({ pattern: '^[a-z][A-Za-z]+$' }),
        title: name,
        verb: oneOf(['message', 'answer', 'contact', 'refuse', 'extend'] as const),
        text: words,
      }),
    ),
  }),
  'privacy.json': object({
    note,
    version: date,
    sections: list(
      object({
        key: oneOf(['who', 'why', 'how', 'kinds', 'period', 'rights', 'contact'] as const),
        title: both,
        text: both,
      }),
    ),
    sensitive: both,
  }),
  'roster.json': object({
    note,
    shifts: list(
      object({
        unit: unitCode,
        weekdays: Type.Optional(weekdays),
        from: time,
        to: time,
        person: login,
        deputy: login,
        leader: login,
      }),
    ),
  }),
  'care.json': object({
    note,
    terms: some(term(Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }))),
    published: Type.Record(Type.String({ pattern: '^[0-9]{4}$' }), some(term(date))),
    festivalBefore: Type.Integer({ minimum: 0, maximum: 30 }),
    festivalAfter: Type.Integer({ minimum: 0, maximum: 30 }),
    termReportBefore: Type.Integer({ minimum: 0, maximum: 90 }),
    /** Above this a coordinator is told that a volunteer has many. */
    childrenPerVolunteer: Type.Integer({ minimum: 1, maximum: 20 }),
    /** Months a background check of a volunteer holds (未成年人保护法 62: every year). */
    checkMonths: Type.Integer({ minimum: 1, maximum: 12 }),
    /** Years a child's record is kept after the care ended; then somebody is asked before it is deleted. */
    keepYears: Type.Integer({ minimum: 1, maximum: 30 }),
  }),
  'staff.json': object({
    note,
    staff: list(
      object({
        login,
        name,
        role: oneOf(STAFF_ROLES),
        unit: unitCode,
        phone: Type.Optional(Type.String({ pattern: '^1380000[0-9]{4}$' })),
      }),
    ),
  }),
} as const

export type FileName = keyof typeof FILES
export type FileOf<F extends FileName> = Static<(typeof FILES)[F]>
