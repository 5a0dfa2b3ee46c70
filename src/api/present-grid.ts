import { DUTIES, type Duty, type DutyCounts } from '../rules/grid/duties.ts'
import type { Language } from '../rules/people/language.ts'
import { maskText } from '../rules/people/mask.ts'
import { fileById } from '../store/files.ts'
import type { GridRecordLine } from '../store/grid-records.ts'
import { staffName } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import { officeName } from './present-resident.ts'
import type { RecordView } from './schemas-grid.ts'

/** Records of grid work in the words of those who read them. */

const dutyName = ({ words }: ApiParts, language: Language, duty: Duty) =>
  words(language, `grid:choice.duty.${duty}`)

/** The duties in their order with how often each was done; the sum of several grids where there are several. */
export function dutyLines(
  parts: ApiParts,
  language: Language,
  counts: readonly { duty: Duty; n: number }[],
): { key: Duty; label: string; n: number }[] {
  return DUTIES.map(key => ({
    key,
    label: dutyName(parts, language, key),
    n: counts.reduce((sum, { duty, n }) => (duty === key ? sum + n : sum), 0),
  }))
}

/** One record; numbers of phones and papers in its words stay masked. */
export async function recordView(
  parts: ApiParts,
  language: Language,
  line: GridRecordLine,
): Promise<RecordView> {
  const { read } = parts.house.store
  const files = await Promise.all(line.files.map(id => fileById(read, id)))
  return {
    id: line.id,
    at: line.at,
    on: line.onDate,
    grid: officeName(parts, line.gridId),
    duty: line.duty,
    dutyWords: dutyName(parts, language, line.duty),
    text: line.duty === 'report' ? reportWords(parts, language, line.what) : maskText(line.what, []),
    place: line.where ? maskText(line.where, []) : null,
    by: await staffName(read, line.staffId),
    case: line.code,
    files: files.flatMap(file =>
      file?.state === 'ready'
        ? [{ id: file.id, kind: file.kind, type: file.type, bytes: file.bytes, at: file.createdAt }]
        : [],
    ),
  }
}

/** A report on work is kept as its span and counts. */
function reportWords(parts: ApiParts, language: Language, kept: string): string {
  const { span, counts } = JSON.parse(kept || '{"span":"day","counts":{}}') as {
    span: 'day' | 'week'
    counts: DutyCounts
  }
  const done = DUTIES.flatMap(duty =>
    counts[duty] ? [`${dutyName(parts, language, duty)} ${counts[duty]}`] : [],
  )
  const said = done.join(language === 'en' ? ', ' : '，') || parts.words(language, 'grid:report.none')
  return parts.words(language, `grid:report.${span}`, { list: said })
}
