import ExcelJS from 'exceljs'
import { type AuditCursor, type AuditFilter, auditPage } from '../store/audit-find.ts'
import { turnOfTheLoop } from '../store/db.ts'
import { moment } from '../words.ts'
import type { ApiParts } from './parts.ts'
import { type AuditReading, auditLines } from './present-audit.ts'
import type { AuditLineView } from './schemas-audit.ts'

const AT_ONCE = 500
const COLUMNS = ['at', 'by', 'role', 'unit', 'does', 'about', 'case', 'ok', 'words'] as const

/** The rows a filter finds, page by page, others having a turn between the pages. */
async function* pagesOf(parts: ApiParts, filter: AuditFilter, reading: AuditReading) {
  let cursor: AuditCursor | null = null
  do {
    const page = await auditPage(parts.house.store.read, filter, { cursor, limit: AT_ONCE })
    yield (await auditLines(parts, page.rows, reading)).map(line => cellsOf(parts, line, reading))
    cursor = page.next
    await turnOfTheLoop()
  } while (cursor)
}

const headOf = (parts: ApiParts, { language }: AuditReading) =>
  COLUMNS.map(column => parts.words(language, `audit:column.${column}`))

function cellsOf(parts: ApiParts, line: AuditLineView, { language }: AuditReading): string[] {
  const say = (key: string) => parts.words(language, `audit:${key}`)
  return [
    localTime(line.at, parts.house.district.zone),
    line.by ?? say(line.what === 'loginFailed' ? 'nobody' : 'service'),
    line.role ? parts.words(language, `staff:role.${line.role}`) : '',
    line.unit ?? '',
    line.does,
    line.about,
    line.case ?? '',
    say(line.ok ? 'let' : 'refused'),
    line.words ?? say('notForYou'),
  ]
}

/** `2026-11-03 10:21:07` of the district: sorts as text. */
const localTime = (at: string, zone: string) => new Date(at).toLocaleString('sv-SE', { timeZone: zone })

/** As text with commas, for any program: a mark at the start tells Excel that it is UTF-8; a cell that would be a formula is none. */
export async function* auditCsv(parts: ApiParts, filter: AuditFilter, reading: AuditReading) {
  yield `\uFEFF${headOf(parts, reading).map(quoted).join(',')}\r\n`
  for await (const rows of pagesOf(parts, filter, reading))
    yield rows.map(cells => `${cells.map(quoted).join(',')}\r\n`).join('')
}

/** Cells never hold a line break: rows can be counted by their ends. */
function quoted(cell: string): string {
  const flat = cell.replace(/[\r\n]+/g, ' ')
  return `"${(/^[=+\-@\t]/.test(flat) ? `'${flat}` : flat).replaceAll('"', '""')}"`
}

/** As a workbook; for as many rows as one sits in memory with ease. */
export async function auditSheet(
  parts: ApiParts,
  filter: AuditFilter,
  reading: AuditReading,
): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(parts.words(reading.language, 'audit:title'), {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const { now, district } = parts.house
  const made = moment(reading.language, now(), district.zone)
  sheet.addRow([parts.words(reading.language, 'audit:sheetTitle', { district: district.name, made })]).font =
    {
      bold: true,
      size: 14,
    }
  sheet.addRow(headOf(parts, reading)).font = { bold: true }
  for await (const rows of pagesOf(parts, filter, reading)) for (const cells of rows) sheet.addRow(cells)
  for (const [at, width] of [20, 12, 14, 18, 22, 26, 20, 10, 40].entries())
    sheet.getColumn(at + 1).width = width
  return Buffer.from(await book.xlsx.writeBuffer())
}
