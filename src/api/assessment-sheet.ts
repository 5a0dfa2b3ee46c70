import ExcelJS from 'exceljs'
import { MEASURES } from '../rules/cases/assess.ts'
import type { Language } from '../rules/people/language.ts'
import type { ApiParts } from './parts.ts'
import type { AssessmentLine, AssessmentMonth } from './schemas-assessment.ts'

/** The monthly table as a workbook: one sheet by unit, one by category; each share as its two figures and, where there are enough, a percent. */
export async function assessmentSheet(
  { words }: Pick<ApiParts, 'words'>,
  view: AssessmentMonth,
  language: Language,
): Promise<Buffer> {
  const say = (key: string, values = {}) => words(language, `assess:${key}`, values)
  const book = new ExcelJS.Workbook()
  for (const [tab, lines] of [
    ['unit', view.units],
    ['category', view.categories],
  ] as const) {
    const sheet = book.addWorksheet(say(`by.${tab}`), {
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      views: [{ state: 'frozen', xSplit: 1, ySplit: 3 }],
    })
    sheet.pageSetup.printTitlesRow = '1:3'
    sheet.addRow([say('sheet.title', { month: view.month })]).font = { bold: true, size: 14 }
    const measures = MEASURES.flatMap(key => [say(`measure.${key}`), '', ''])
    sheet.addRow([say(`head.${tab}`), say('cases'), say('orders'), ...measures])
    sheet.addRow(['', '', '', ...MEASURES.flatMap(() => [say('sheet.n'), say('sheet.of'), '%'])])
    for (let index = 0; index < MEASURES.length; index++) sheet.mergeCells(2, 4 + index * 3, 2, 6 + index * 3)
    for (const line of [...lines, { ...view.total, name: say('total') }]) sheet.addRow(cells(line))
    for (const row of [2, 3]) sheet.getRow(row).font = { bold: true }
    sheet.getColumn(1).width = 30
    sheet.addRow([])
    sheet.addRow([say('note.few')])
    sheet.addRow([say('note.order')])
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

const cells = (line: AssessmentLine): (string | number | null)[] => [
  `${'　'.repeat(Math.max(0, line.depth - 1))}${line.name}`,
  line.cases,
  line.orders,
  ...MEASURES.flatMap(key => {
    const { n, of, percent } = line[key]
    return [n, of, percent]
  }),
]
