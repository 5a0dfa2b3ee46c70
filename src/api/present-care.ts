import { type ChildFacts, OWED_DAYS, stateOf, type volunteerFacts } from '../actions/care/desk.ts'
import { dayOf } from '../actions/house.ts'
import { addDays } from '../rules/care/dates.ts'
import type { Duty } from '../rules/care/duties.ts'
import { stripOf } from '../rules/care/strip.ts'
import type { Language } from '../rules/people/language.ts'
import { maskPhone } from '../rules/people/mask.ts'
import type { ApiParts } from './parts.ts'
import type { ChildLine, DutyLine, VolunteerLine } from './schemas-care.ts'

/** Children, duties and volunteers as the desk of care shows them. */

/** Words of `locales/<language>/care.json`. */
export const careWords = (
  { words }: Pick<ApiParts, 'words'>,
  language: Language,
  key: string,
  values: Record<string, unknown> = {},
): string => words(language, `care:${key}`, values)

export function dutyLine(parts: ApiParts, language: Language, duty: Duty, today: string): DutyLine {
  const { kind, period, from, due, until, metOn } = duty
  return {
    kind,
    period,
    words: dutyWords(parts, language, duty),
    from,
    due,
    until,
    state: stateOf(duty, today),
    metOn,
  }
}

/** `6月和孩子联系`, `端午家访`. */
function dutyWords(parts: ApiParts, language: Language, { kind, period }: Duty): string {
  if (kind === 'month') return careWords(parts, language, 'duty.month', { month: Number(period.slice(5)) })
  if (kind === 'guardian') {
    const [, quarter = '', no = ''] = /Q(\d)-(\d)/.exec(period) ?? []
    return careWords(parts, language, 'duty.guardian', { quarter, no })
  }
  return careWords(parts, language, `duty.${period.slice(5)}`)
}

export const placeName = ({ house }: ApiParts, unit: string): string =>
  house.district.units.get(unit)?.short ?? house.district.units.get(unit)?.name ?? ''

export function childLine(
  parts: ApiParts,
  language: Language,
  facts: ChildFacts,
  { today, names }: { today: string; names: ReadonlyMap<string, string> },
): ChildLine {
  const { child, pairing, volunteer, cover, duties } = facts
  const open = duties.filter(duty => duty.metBy === null)
  const next = open.find(duty => duty.until >= today)
  return {
    id: child.id,
    pseudonym: child.pseudonym,
    unit: child.unitId,
    village: placeName(parts, child.unitId),
    consent: facts.consent,
    consentOn: consentDay(parts, child),
    pairing: pairing?.id ?? null,
    volunteer: volunteer ? { id: volunteer.id, name: names.get(volunteer.id) ?? '' } : null,
    cover: cover ? (names.get(cover.id) ?? '') : null,
    startsOn: pairing?.startsOn ?? null,
    seenOn: facts.seenOn,
    unseenDays: facts.unseenDays,
    owed: open.filter(
      duty => duty.due >= addDays(today, -OWED_DAYS) && ['late', 'missed'].includes(stateOf(duty, today)),
    ).length,
    late: open.filter(duty => ['late', 'missed'].includes(stateOf(duty, today))).length,
    strip: stripOf(duties, today),
    next: next ? dutyLine(parts, language, next, today) : null,
    needs: facts.needs,
    ended: child.endedAt !== null,
  }
}

/** The day the guardian agreed, or withdrew. */
function consentDay({ house }: ApiParts, child: ChildFacts['child']): string | null {
  const at = child.consentWithdrawnAt ?? child.consentAt
  return at && dayOf(house, at)
}

export function volunteerLine(
  parts: ApiParts,
  language: Language,
  facts: Awaited<ReturnType<typeof volunteerFacts>>,
): VolunteerLine {
  const { row, name, phone, checkedUntil, check, children, many, away } = facts
  return {
    id: row.id,
    name,
    phone: phone ? maskPhone(phone) : null,
    unit: row.unitId,
    village: placeName(parts, row.unitId),
    kind: row.kind,
    kindWords: careWords(parts, language, `volunteer.${row.kind}`),
    body: row.body,
    agreementAt: row.agreementAt,
    trainedAt: row.trainedAt,
    insuredUntil: row.insuredUntil,
    checkedAt: row.checkedAt,
    ...{ checkedUntil, check, children, many, away },
    linked: row.personId !== null,
    ended: row.endedAt !== null,
  }
}
