import type { AUDITED } from '../rules/audit/kinds.ts'
import type { Language } from '../rules/people/language.ts'
import type { AuditRow } from '../store/audit-find.ts'
import { caseFacts } from '../store/audit-people.ts'
import { loginsOf, staffNames } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import type { AuditDetail, AuditLineView } from './schemas-audit.ts'

/** Words about children are for the one who reviews their readings, not for everybody who reads the book. */
const OF_CHILDREN = /^(openChild|care|volunteer)/

export interface AuditReading {
  language: Language
  /** Reviews the readings of children: sees the reasons given there. */
  reviews: boolean
}

/** Rows as the page shows them. */
export async function auditLines(
  parts: ApiParts,
  rows: readonly AuditRow[],
  { language, reviews }: AuditReading,
): Promise<AuditLineView[]> {
  const { read } = parts.house.store
  const names = await staffNames(
    read,
    rows.map(row => row.staffId),
  )
  const cases = await caseFacts(
    read,
    rows.flatMap(row => row.caseId ?? []),
  )
  return rows.map(row => {
    const of = row.caseId ? cases.get(row.caseId) : undefined
    return {
      ...{ id: row.id, at: row.at, by: (row.staffId && names.get(row.staffId)) || null, role: row.role },
      ...{ unit: unitName(parts, row.unitId), what: row.what as keyof typeof AUDITED },
      does: say(parts, language, `what.${row.what}`),
      about: aboutOf(parts, row, of?.kind ?? 'grievance', language),
      ...{ case: of?.code ?? null, ok: row.ok === 1 },
      words: !reviews && OF_CHILDREN.test(row.what) ? null : wordsOf(parts, row, language),
    }
  })
}

/** The reason as it was given; of a job, how much it did. */
function wordsOf(parts: ApiParts, row: AuditRow, language: Language): string | null {
  return row.what === 'job' && /^\d+$/.test(row.words ?? '')
    ? say(parts, language, 'handled', { n: Number(row.words) })
    : row.words
}

/** One row with everything that is kept of it. */
export async function auditDetail(
  parts: ApiParts,
  row: AuditRow,
  reading: AuditReading,
): Promise<AuditDetail> {
  const [line] = await auditLines(parts, [row], reading)
  const logins = await loginsOf(parts.house.store.read, row.staffId ? [row.staffId] : [])
  const { seq, origin, field, hash } = row
  return { ...line!, login: (row.staffId && logins.get(row.staffId)) || null, seq, origin, field, hash }
}

export const unitName = ({ house }: ApiParts, code: string | null) =>
  code ? (house.district.units.get(code)?.name ?? code) : null

const say = ({ words }: ApiParts, language: Language, key: string, values = {}) =>
  words(language, `audit:${key}`, values)

function aboutOf(parts: ApiParts, row: AuditRow, kind: string, language: Language): string {
  const { what, field } = row
  if (!field) return ''
  if (what === 'step')
    return parts.words(language, [
      ...(kind === 'mediation' ? [`mediation:step.${field}`] : []),
      `api:verb.${field}`,
      `audit:step.${field}`,
    ])
  if (what === 'reveal') return say(parts, language, `value.${field}`)
  if (what === 'does' || what === 'export')
    return parts.words(language, [`audit:area.${field.split(/[/.]/)[0]}`, 'audit:area.other'])
  if (what === 'command') return field
  if (what === 'job') return parts.words(language, [`audit:job.${field}`, 'audit:what.job'])
  if (what === 'setting')
    return parts.words(language, [`audit:setting.${field.replace('.', '_')}`, 'audit:area.other'])
  if (what === 'anchor') return say(parts, language, 'upTo', { seq: field.split(':')[0] })
  return ''
}
