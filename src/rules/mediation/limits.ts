import { Temporal } from 'temporal-polyfill'
import type { PanelKey, RouteKey } from './types.ts'

/** A limit found in the answers: a plain warning, or a reason the law forbids acceptance, with the roads that remain. */
export interface LimitFound {
  key:
    | 'accepted'
    | 'medicalAccepted'
    | 'labourYear'
    | 'labourSoon'
    | 'certificateLate'
    | 'certificateReview'
    | 'death'
    | 'threeYears'
    | 'statusNotConfirmable'
  refuses: boolean
  routes: readonly RouteKey[]
}

/** What was answered to a panel's questions, by key; dates `YYYY-MM-DD`. */
export type PanelAnswers = Readonly<Record<string, string | null | undefined>>

/** Status relations cannot be confirmed by a court (民诉法解释 355). */
const STATUS = ['divorce', 'parentage']

/** Limits of law in the answers (facts 2.2–2.3). `today` is `YYYY-MM-DD` in the district. */
export function limitsOf(panel: PanelKey, answers: PanelAnswers, today: string): LimitFound[] {
  return [
    ...accepted(panel, answers),
    ...(panel === 'labour' ? labour(answers, today) : []),
    ...(panel === 'traffic' ? traffic(answers, today) : []),
    ...(panel !== 'labour' && isBefore(answers.on, years(today, 3))
      ? [{ key: 'threeYears' as const, refuses: false, routes: ['court', 'legalAid'] as const }]
      : []),
    ...(panel === 'family' && !isConfirmable(panel, answers)
      ? [{ key: 'statusNotConfirmable' as const, refuses: false, routes: ['court'] as const }]
      : []),
  ]
}

/** Whether a court may confirm an agreement on this (人民调解法 33; 民诉法解释 355, 358). */
export const isConfirmable = (panel: PanelKey, answers: PanelAnswers): boolean =>
  !(panel === 'family' && STATUS.includes(answers.item ?? ''))

/** Court, police or an authority has it: may not be accepted (75号令 22; 医疗纠纷条例 31). */
function accepted(panel: PanelKey, { accepted: by }: PanelAnswers): LimitFound[] {
  if (!by || by === 'no') return []
  if (panel === 'medical')
    return [{ key: 'medicalAccepted', refuses: true, routes: [by === 'court' ? 'court' : 'health'] }]
  const to: RouteKey =
    by === 'court' ? 'court' : by === 'police' ? 'police' : by === 'arbitration' ? 'arbitration' : 'authority'
  return [{ key: 'accepted', refuses: true, routes: [to] }]
}

/** One year to ask for arbitration; wages owed while the job lasts are not limited (调解仲裁法 27). */
function labour({ item, since, ended }: PanelAnswers, today: string): LimitFound[] {
  const counts = ended ?? (item === 'wages' ? null : since)
  if (!counts) return []
  const routes = ['arbitration', 'authority', 'legalAid'] as const
  if (isBefore(counts, years(today, 1))) return [{ key: 'labourYear', refuses: false, routes }]
  const soon = Temporal.PlainDate.from(today).add({ days: 45 }).toString()
  return isBefore(counts, years(soon, 1)) ? [{ key: 'labourSoon', refuses: false, routes }] : []
}

/** Review within 3 days of the certificate, a joint request to the police within 10 (道路交通事故处理程序规定 71, 86). */
function traffic({ injury, certificate }: PanelAnswers, today: string): LimitFound[] {
  const death: LimitFound[] =
    injury === 'death' ? [{ key: 'death', refuses: false, routes: ['police', 'court'] }] : []
  if (!certificate) return death
  const age = daysBetween(certificate, today)
  if (age <= 3) return [...death, { key: 'certificateReview', refuses: false, routes: ['police'] }]
  return age > 10 ? [...death, { key: 'certificateLate', refuses: false, routes: ['court'] }] : death
}

const years = (day: string, n: number) => Temporal.PlainDate.from(day).subtract({ years: n }).toString()
const isBefore = (day: string | null | undefined, limit: string) => !!day && day < limit
const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days
