import type { Who } from '../actions/rights.ts'
import { MEASURES } from '../rules/cases/assess.ts'
import { percent, standing, tally } from '../rules/cases/assess-table.ts'
import type { Language } from '../rules/people/language.ts'
import { mayAskReview, mayReadAssessment, mayReview } from '../rules/people/may.ts'
import { type AssessmentRow, reviewLines } from '../store/assessments.ts'
import { staffNames } from '../store/staff.ts'
import { type ApiParts, say } from './parts.ts'
import { officeName } from './present-resident.ts'
import type { AssessmentLine, AssessmentOfCase } from './schemas-assessment.ts'

/** Assessments as those read them who may. Units stand in the order of the tree, categories in that of their file: never by result. */

/** Whether these roles read the assessments of a unit. */
export const readsUnit = ({ house }: ApiParts, who: Who, unit: string): boolean =>
  who.members.some(member => mayReadAssessment(member, house.district.units.get(unit)?.path ?? unit))

/** One line of the monthly table. */
export function lineOf(
  of: { key: string; name: string; depth?: number },
  rows: readonly AssessmentRow[],
): AssessmentLine {
  const { cases, orders, ...shares } = tally(rows)
  const measures = MEASURES.map(key => [key, { ...shares[key], percent: percent(shares[key]) }] as const)
  return {
    depth: 0,
    ...of,
    cases,
    orders,
    ...(Object.fromEntries(measures) as Pick<AssessmentLine, 'contacted'>),
  } as AssessmentLine
}

/** The lines by unit, in the order of the district's files; units without a row have no line. */
export function unitLines({ house }: ApiParts, rows: readonly AssessmentRow[]): AssessmentLine[] {
  const by = grouped(rows, row => row.unitId)
  const known = [...house.district.units.values()].map(({ code, name, path }) => ({
    key: code,
    name,
    depth: path.split('/').length - 1,
  }))
  const gone = [...by.keys()].filter(key => !house.district.units.has(key)).sort()
  return [...known, ...gone.map(key => ({ key, name: key, depth: 1 }))].flatMap(unit => {
    const own = by.get(unit.key)
    return own ? [lineOf(unit, own)] : []
  })
}

/** The lines by category, in the order of the district's file. */
export function categoryLines(
  parts: ApiParts,
  rows: readonly AssessmentRow[],
  language: Language,
): AssessmentLine[] {
  const by = grouped(rows, row => row.category)
  const known = parts.house.district.categories.map(({ key, name, nameEn }) => ({
    key,
    name: language === 'en' ? nameEn : name,
  }))
  const others = [...by.keys()].filter(key => !known.some(one => one.key === key)).sort()
  const named = (key: string) => say(parts, language, `category.${key === 'danger' ? 'danger' : 'other'}`)
  return [...known, ...others.map(key => ({ key, name: named(key) }))].flatMap(category => {
    const own = by.get(category.key)
    return own ? [lineOf(category, own)] : []
  })
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const by = new Map<string, T[]>()
  for (const row of rows) {
    const some = by.get(keyOf(row))
    if (some) some.push(row)
    else by.set(keyOf(row), [row])
  }
  return by
}

/** The assessments of one case with what was said about them; those of units this person does not read are left out. */
export async function ofCaseView(
  parts: ApiParts,
  who: Who,
  rows: readonly AssessmentRow[],
): Promise<AssessmentOfCase[]> {
  const { read } = parts.house.store
  const shown = rows.filter(row => readsUnit(parts, who, row.unitId))
  return Promise.all(
    shown.map(async row => {
      const said = await reviewLines(read, row)
      const names = await staffNames(
        read,
        said.map(line => line.byId),
      )
      const values = standing(row)
      return {
        id: row.id,
        unit: officeName(parts, row.unitId),
        order: row.orderKind,
        measures: MEASURES.map(key => ({
          ...{ key, computed: row.computed[key], value: values[key] },
          reviewed: key in row.reviewed,
        })),
        said: said.map(line => ({
          ...{ kind: line.kind, at: line.at, reason: line.reason },
          by: [officeName(parts, line.unit), names.get(line.byId)].filter(Boolean).join(' · '),
          values: MEASURES.flatMap(key => {
            const value = line.values?.[key]
            return value === undefined ? [] : [{ key, value }]
          }),
        })),
        asked: row.asked,
        mayAsk: !row.wasAsked && who.members.some(member => mayAskReview(member, row.unitId)),
        mayReview: who.members.some(member => mayReview(member, row.unitId)),
      }
    }),
  )
}
