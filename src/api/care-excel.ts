import exceljs from 'exceljs'
import { COLUMNS, type Imported, SHEETS, type Sheet, type SheetRow } from '../actions/care/bring-in.ts'

/** More rows than a district has children are no list of children. */
const MOST_ROWS = 5_000

/** Reads the three sheets by their place, one row of words above the data; null when it is no Excel file. */
export async function readSheets(bytes: Buffer): Promise<SheetRow[] | null> {
  const book = new exceljs.Workbook()
  try {
    await book.xlsx.load(bytes as unknown as ArrayBuffer)
  } catch {
    // Whatever it is, it is no workbook: the caller says so in words.
    return null
  }
  return SHEETS.flatMap((sheet, at) => rowsOf(book.worksheets[at], sheet))
}

function rowsOf(page: exceljs.Worksheet | undefined, sheet: Sheet): SheetRow[] {
  const rows: SheetRow[] = []
  page?.eachRow((row, number) => {
    if (number === 1 || rows.length >= MOST_ROWS) return
    const cells = Object.fromEntries(
      COLUMNS[sheet].map((column, at) => [column, textOf(row.getCell(at + 1))]),
    )
    if (Object.values(cells).some(text => text)) rows.push({ sheet, row: number, cells })
  })
  return rows
}

/** A cell as it is read: a day of Excel's own as `YYYY-MM-DD`, everything else as its text. */
const textOf = (cell: exceljs.Cell): string =>
  cell.value instanceof Date ? cell.value.toISOString().slice(0, 10) : cell.text.trim()

/** The empty workbook: three sheets with their words above. */
export async function template(words: (key: string) => string): Promise<Buffer> {
  const book = new exceljs.Workbook()
  for (const sheet of SHEETS) {
    const page = book.addWorksheet(words(sheet))
    page.addRow(COLUMNS[sheet].map(column => words(`column.${column}`)))
    page.getRow(1).font = { bold: true }
    page.columns.forEach(column => {
      column.width = 16
    })
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** The refused rows as they were sent, each with its reason in a last column, to be put right and sent again. */
export async function refusedRows(
  words: (key: string) => string,
  rows: readonly SheetRow[],
  refused: Imported['refused'],
): Promise<Buffer> {
  const book = new exceljs.Workbook()
  for (const sheet of SHEETS) {
    const page = book.addWorksheet(words(sheet))
    page.addRow([...COLUMNS[sheet].map(column => words(`column.${column}`)), words('refusedFor')])
    page.getRow(1).font = { bold: true }
    for (const { row, why } of refused.filter(one => one.sheet === sheet)) {
      const sent = rows.find(one => one.sheet === sheet && one.row === row)
      page.addRow([...COLUMNS[sheet].map(column => sent?.cells[column] ?? ''), words(`why.${why}`)])
    }
    page.columns.forEach(column => {
      column.width = 16
    })
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}
