/** Calendar days of the district's time zone (Asia/Shanghai, UTC+8 without summer time) without a clock or a Date. */

const EIGHT_HOURS = 8 * 3_600_000
const DAY = 86_400_000

/** Days since 1970-01-01 of a civil date (proleptic Gregorian; Howard Hinnant's well-known formula). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

/** The civil date of a day number. */
export function civil(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const ofEra = z - era * 146_097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const mp = Math.floor((5 * ofYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return {
    year: year + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * mp + 2) / 5) + 1,
  }
}

/** `YYYY-MM-DD` of a day number. */
export function isoDay(days: number): string {
  const { year, month, day } = civil(days)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The Shanghai day of an ISO instant. */
export const dayOf = (instant: string): number => Math.floor((Date.parse(instant) + EIGHT_HOURS) / DAY)

/** 1 Monday … 7 Sunday. */
export const weekday = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1

/** True when the calendar has this day. */
export function exists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  return civil(dayNumber(year, month, day)).day === day
}
