import Type, { type Static } from 'typebox'
import { CARE_FILE, KNOWLEDGE_FILE } from './district-care.ts'
import { ROSTER_FILE, STAFF_FILE } from './district-people.ts'
import {
  both,
  closed,
  code,
  date,
  frame,
  hotline,
  list,
  login,
  name,
  note,
  object,
  office,
  oneOf,
  period,
  route,
  some,
  time,
  weekdays,
  words,
} from './district-schema-parts.ts'
import {
  TEMPLATE_FIELDS,
  TEMPLATE_VERBS,
  type TemplateField,
  type TemplateVerb,
} from './rules/cases/templates.ts'
import { CASE_CLASSES, CASE_STATES } from './rules/cases/types.ts'
import { PANEL_KEYS } from './rules/mediation/types.ts'

/** The shape of every file of a district folder. Unknown fields are faults, except `note`, which is for readers. */

const templateFields = object(
  Object.fromEntries(TEMPLATE_FIELDS.map(field => [field, Type.Optional(words)])) as Record<
    TemplateField,
    Type.TOptional<typeof words>
  >,
)

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
        closed,
        communities: list(object({ code: code(12), name, short: name, office, closed })),
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
        closed,
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
        closed,
        rooms: list(name),
        languages: list(name),
        languagesEn: list(name),
        /** Two of the eight help one person and bring no two sides together. */
        mediates: Type.Boolean(),
        phone: Type.Optional(name),
        /** The law this panel works by: `rules/mediation` knows it by this word. */
        key: oneOf(PANEL_KEYS),
        /** Length of one meeting, a whole number of quarter hours. */
        sessionMinutes: Type.Integer({ minimum: 15, maximum: 240 }),
        questions: list(
          object({
            key: Type.String({ pattern: '^[a-z][A-Za-z]+$' }),
            kind: oneOf(['words', 'date', 'oneOf'] as const),
            ask: words,
            askEn: words,
            choices: Type.Optional(
              some(
                object({ value: Type.String({ pattern: '^[a-z][A-Za-z]+$' }), label: name, labelEn: name }),
              ),
            ),
            optional: Type.Optional(Type.Boolean()),
          }),
        ),
        evidence: list(object({ how: oneOf(['bring', 'photo'] as const), name, nameEn: name })),
        limits: list(
          object({ key: Type.String({ pattern: '^[a-z][A-Za-z]+$' }), text: words, textEn: words }),
        ),
        /** Languages of those who mediate here; who they are is said by the accounts. */
        mediators: list(object({ login, languages: some(name), languagesEn: some(name) })),
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
        closed,
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
    hotlines: list(hotline),
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
        verb: oneOf(Object.keys(TEMPLATE_VERBS) as TemplateVerb[]),
        /** Offered for this category and in this state of a case alone. */
        category: Type.Optional(Type.String({ pattern: '^[a-z][A-Za-z]+$' })),
        state: Type.Optional(oneOf(CASE_STATES)),
        /** Words by field of the step's form, with `{{values}}` of the case and `____` to be filled by hand. */
        fields: templateFields,
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
  'notices.json': object({
    note,
    /** Words of notices that differ from the built-in ones, by the key of `locales/<language>/notice.json`. */
    notices: list(
      object({ key: Type.String({ pattern: '^[a-z]+(\\.[A-Za-z0-9]+)+$' }), zh: words, en: words }),
    ),
  }),
  'roster.json': ROSTER_FILE,
  'care.json': CARE_FILE,
  'knowledge.json': KNOWLEDGE_FILE,
  'staff.json': STAFF_FILE,
} as const

export type FileName = keyof typeof FILES
export type FileOf<F extends FileName> = Static<(typeof FILES)[F]>
