/** A case code such as `HS-20261103-0042`: district prefix, day in the district's zone, serial of that day. */
export interface CaseCode {
  prefix: string
  /** `YYYY-MM-DD`. */
  day: string
  serial: number
}

/** The code as printed; serials over 9999 simply grow longer. `day` is `YYYY-MM-DD`, `serial` counts from 1. */
export const caseCode = (prefix: string, day: string, serial: number): string =>
  `${prefix}-${day.replaceAll('-', '')}-${String(serial).padStart(4, '0')}`

/** Dashes as phones and people write them: ASCII, full width, en, em, minus. */
const DASH = '[-－–—−_\\s]?'
const CODE = new RegExp(`^([A-Z]{2,4})${DASH}(\\d{4})(\\d{2})(\\d{2})${DASH}(\\d{4,})$`)

/** Reads a code as people type it: any case, full-width signs, missing dashes. Null when it is none. */
export function parseCaseCode(text: string): CaseCode | null {
  const found = CODE.exec(text.normalize('NFKC').trim().toUpperCase())
  if (!found) return null
  const [, prefix = '', year = '', month = '', date = '', serial = ''] = found
  if (!isDay(Number(year), Number(month), Number(date)) || Number(serial) === 0) return null
  return { prefix, day: `${year}-${month}-${date}`, serial: Number(serial) }
}

function isDay(year: number, month: number, date: number): boolean {
  if (year < 2000 || month < 1 || month > 12 || date < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return date <= lengths[month - 1]!
}
