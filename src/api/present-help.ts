import { officeShown } from '../actions/office.ts'
import { type HelpWishes, mayHaveToReport } from '../rules/help.ts'
import type { Language } from '../rules/people/language.ts'
import type { CaseRow } from '../store/cases.ts'
import type { ApiParts } from './parts.ts'
import type { StaffCase } from './schemas-staff.ts'

/** What somebody who seeks help wishes, in the words of those who take it up, and what they must mind. */
export function helpView(
  parts: ApiParts,
  row: CaseRow,
  wishes: HelpWishes,
  language: Language,
): NonNullable<StaffCase['help']> {
  const words = (key: string) => parts.words(language, `help:wish.${key}`)
  const { desk, who, age, asks, how, when, quiet } = wishes
  const told: [string, string | null][] = [
    ['desk', desk],
    ['who', who],
    ['age', age],
    ['asks', asks],
    ['how', how],
    ['when', when],
    ['quiet', how === 'call' ? (quiet ? 'quietly' : 'openly') : null],
  ]
  const minds = [
    ...(mayHaveToReport(wishes) ? ['report'] : []),
    ...(desk === 'mind' || asks === 'feelings' ? ['noDiagnosis'] : []),
    'gentle',
  ]
  return {
    rows: told.flatMap(([key, value]) =>
      value === null ? [] : [{ label: words(key), value: words(`value.${value}`) }],
    ),
    minds: minds.map(words),
    office: officeShown(parts.house.district, row),
  }
}
