import ExcelJS from 'exceljs'
import type { Language } from '../rules/people/language.ts'
import type { ApiParts } from './parts.ts'
import type { LearningView } from './schemas-learning.ts'

const FIGURES = ['proposed', 'asked', 'corrected', 'right'] as const

/** The figures of the page of corrections as a workbook: by month, by class and month, and which class was taken for which. No words of anybody. */
export async function learningSheet(
  { words }: Pick<ApiParts, 'words'>,
  view: LearningView,
  language: Language,
): Promise<Buffer> {
  const say = (key: string) => words(language, `learning:${key}`)
  const named = (label: string) => say(`label.${label.replace(/^.*:/, '')}`)
  const book = new ExcelJS.Workbook()
  const sheet = (name: string, head: readonly string[], rows: readonly (string | number)[][]) => {
    const page = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    page.addRow([...head]).font = { bold: true }
    for (const row of rows) page.addRow(row)
    page.columns.forEach(column => {
      column.width = 18
    })
  }
  const heads = FIGURES.map(key => say(`figure.${key}`))
  const figures = (of: LearningView['total']) => FIGURES.map(key => of[key])
  sheet(
    say('byMonth'),
    [say('month'), ...heads],
    [...view.byMonth.map(one => [one.month, ...figures(one)]), [say('all'), ...figures(view.total)]],
  )
  sheet(
    say('byClass'),
    [say('month'), say('class'), ...heads],
    view.lines.map(one => [one.month, named(one.label), ...figures(one)]),
  )
  sheet(
    say('moves'),
    [say('month'), say('from'), say('to'), say('count')],
    view.moves.map(one => [one.month, named(one.from), named(one.to), one.n]),
  )
  return Buffer.from(await book.xlsx.writeBuffer())
}
