import type { SignKey } from './signs.ts'

/** Whom a mandatory report goes to (未成年人保护法 11): at once, to one of them; police first where there is danger or a crime. */
export const REPORT_TO = ['police', 'civilAffairs', 'education'] as const
export type ReportTo = (typeof REPORT_TO)[number]

/** "Immediately" (art. 11) as a clock: hours within which the report must be recorded, day and night. A choice, not law. */
export const REPORT_HOURS = 2

/** Numbers shown on the sheet, most urgent first. */
export const REPORT_NUMBERS = ['110', '12345', '12355'] as const

/** Signs where the police are called before anything else. */
const POLICE_FIRST: readonly SignKey[] = [
  'privateInjury',
  'girlUnder14',
  'girlOver14',
  'injuries',
  'unknownOrigin',
  'begging',
]

/** To whom the sheet is addressed when it is drawn up. */
export const addressedTo = (signs: readonly SignKey[]): ReportTo =>
  signs.some(sign => POLICE_FIRST.includes(sign)) ? 'police' : 'civilAffairs'

/** By when the report must be recorded, an ISO instant. */
export const reportDue = (heardAt: string): string =>
  new Date(Date.parse(heardAt) + REPORT_HOURS * 3_600_000).toISOString()
