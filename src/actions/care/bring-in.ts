import { addDays } from '../../rules/care/dates.ts'
import type { CarerRecord } from '../../store/care/carers.ts'
import { childByPseudonym } from '../../store/care/children.ts'
import { volunteerByPhone } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares, enterChild, enterVolunteer, mayServe, pairIn } from './registry.ts'

export const SHEETS = ['volunteers', 'children', 'pairings'] as const
export type Sheet = (typeof SHEETS)[number]

/** Columns of the three sheets, in order; the words above them stand in the locales. */
export const COLUMNS = {
  volunteers: [
    'name',
    'phone',
    'unit',
    'kind',
    'body',
    'agreementAt',
    'trainedAt',
    'insuredUntil',
    'checkedAt',
  ],
  children: [
    ...['pseudonym', 'name', 'birthDate', 'school', 'village', 'address', 'health', 'unit'],
    ...[
      'guardian',
      'guardianRelation',
      'guardianPhone',
      'parent',
      'parentRelation',
      'parentPhone',
      'parentWhere',
    ],
    ...['consentBy', 'consentHow'],
  ],
  pairings: ['pseudonym', 'phone', 'startsOn', 'reason'],
} as const satisfies Record<Sheet, readonly string[]>

/** One row as it stands on a sheet: text by column, empty where nothing is written. */
export interface SheetRow {
  sheet: Sheet
  row: number
  cells: Readonly<Record<string, string>>
}

export interface Imported {
  entered: Record<Sheet, number>
  /** `why` is a key under `import.why.`; never a value of the row. */
  refused: { sheet: Sheet; row: number; why: string }[]
}

/** Enters the good rows, volunteers first, and names each bad one with its reason. A row is entered whole or not at all. */
export async function bringIn(house: House, who: Who, rows: readonly SheetRow[]): Promise<Imported> {
  const result: Imported = { entered: { volunteers: 0, children: 0, pairings: 0 }, refused: [] }
  for (const sheet of SHEETS)
    for (const row of rows.filter(one => one.sheet === sheet)) {
      const why = await house.store.write(tx => ENTER[sheet](house, tx, who, row.cells))
      if (why === null) result.entered[sheet]++
      else result.refused.push({ sheet, row: row.row, why })
    }
  return result
}

/** Carries the result out of a transaction that is undone. */
class Undone extends Error {
  readonly result: Imported
  constructor(result: Imported) {
    super('undone')
    this.result = result
  }
}

/** As `bringIn`, and nothing is kept: what would be entered, and what refused. */
export async function tryIn(house: House, who: Who, rows: readonly SheetRow[]): Promise<Imported> {
  try {
    return await house.store.write(async tx => {
      const result: Imported = { entered: { volunteers: 0, children: 0, pairings: 0 }, refused: [] }
      for (const sheet of SHEETS)
        for (const row of rows.filter(one => one.sheet === sheet)) {
          const why = await ENTER[sheet](house, tx, who, row.cells)
          if (why === null) result.entered[sheet]++
          else result.refused.push({ sheet, row: row.row, why })
        }
      throw new Undone(result)
    })
  } catch (error) {
    if (error instanceof Undone) return error.result
    throw error
  }
}

type Cells = SheetRow['cells']
type Enter = (house: House, tx: Tx, who: Who, cells: Cells) => Promise<string | null>

const ENTER: Readonly<Record<Sheet, Enter>> = {
  volunteers: volunteerRow,
  children: childRow,
  pairings: pairingRow,
}

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/
/** `2026-03-01` of any usual way to write it; null when it is none, undefined when nothing is written. */
function dateIn(text = ''): string | null | undefined {
  if (!text) return undefined
  const [, year = '', month = '', day = ''] = DATE.exec(text.slice(0, 10).trim()) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(date)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : date
}

/** A unit by its code, name or short name. */
function unitIn(house: House, text = ''): string | null {
  for (const unit of house.district.units.values())
    if (unit.kind !== 'grid' && (unit.code === text || unit.name === text || unit.short === text))
      return unit.code
  return null
}

const PHONE = /^1\d{10}$/
const KINDS: Readonly<Record<string, 'league' | 'student'>> = {
  团干部: 'league',
  league: 'league',
  大学生: 'student',
  student: 'student',
}

async function volunteerRow(house: House, tx: Tx, who: Who, cells: Cells): Promise<string | null> {
  if (!cells.name) return 'noName'
  const unitId = unitIn(house, cells.unit)
  if (!unitId) return 'noUnit'
  if (!PHONE.test(cells.phone ?? '')) return 'badPhone'
  const dates = {
    agreementAt: dateIn(cells.agreementAt),
    trainedAt: dateIn(cells.trainedAt),
    insuredUntil: dateIn(cells.insuredUntil),
    checkedAt: dateIn(cells.checkedAt),
  }
  if (Object.values(dates).includes(null)) return 'badDate'
  const done = await enterVolunteer(house, tx, who, {
    name: cells.name,
    phone: cells.phone!,
    unitId,
    kind: KINDS[cells.kind ?? ''] ?? 'other',
    body: cells.body || null,
    agreementAt: dates.agreementAt ?? null,
    trainedAt: dates.trainedAt ?? null,
    insuredUntil: dates.insuredUntil ?? null,
    checkedAt: dates.checkedAt ?? null,
  })
  return done.ok ? null : done.why
}

/** 留守儿童: under 16 (国发〔2016〕13号). */
const UNDER = 16

async function childRow(house: House, tx: Tx, who: Who, cells: Cells): Promise<string | null> {
  if (!cells.pseudonym) return 'noPseudonym'
  if (!cells.name) return 'noName'
  const unitId = unitIn(house, cells.unit)
  if (!unitId) return 'noUnit'
  const birthDate = dateIn(cells.birthDate)
  if (!birthDate) return 'badDate'
  const today = dayOf(house, house.now())
  if (
    addDays(`${Number(birthDate.slice(0, 4)) + UNDER}${birthDate.slice(4).replace('-02-29', '-02-28')}`, 0) <=
    today
  )
    return 'tooOld'
  const text = (key: string) => cells[key] ?? ''
  const record = {
    name: cells.name,
    birthDate,
    school: text('school'),
    village: text('village'),
    address: text('address'),
    health: text('health'),
  }
  const consent = cells.consentBy
    ? {
        by: cells.consentBy,
        relation: text('guardianRelation') || '监护人',
        purpose: '结对关爱',
        how: text('consentHow') || '书面',
      }
    : null
  const done = await enterChild(house, tx, who, {
    pseudonym: cells.pseudonym,
    unitId,
    record,
    carers: carersIn(text),
    consent,
  })
  return done.ok ? null : done.why
}

function carersIn(text: (key: string) => string): CarerRecord[] {
  const guardian = {
    kind: 'guardian',
    name: text('guardian'),
    relation: text('guardianRelation'),
    phone: text('guardianPhone'),
    where: '',
  } as const
  const parent = {
    kind: 'parent',
    name: text('parent'),
    relation: text('parentRelation'),
    phone: text('parentPhone'),
    where: text('parentWhere'),
  } as const
  return [guardian, parent].filter(carer => carer.name)
}

async function pairingRow(house: House, tx: Tx, who: Who, cells: Cells): Promise<string | null> {
  const child = await childByPseudonym(tx, cells.pseudonym ?? '')
  if (!child || !cares(house, who, 'coordinate', child.unitId)) return 'noChild'
  const volunteer = await volunteerByPhone(tx, cells.phone ?? '')
  if (!volunteer || !mayServe(house, who, volunteer.unitId, child.unitId)) return 'noVolunteer'
  const startsOn = dateIn(cells.startsOn)
  if (!startsOn) return 'badDate'
  const reason = cells.reason || '导入'
  const done = await pairIn(house, tx, who, {
    volunteerId: volunteer.id,
    childId: child.id,
    startsOn,
    reason,
  })
  return done.ok ? null : done.why
}
