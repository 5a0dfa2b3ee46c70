import { line, packed, title, twoColumns } from './word.ts'

/** Word files of the desk of care. Their titles as files name no child. */

export interface Letter {
  title: string
  to: string
  paragraphs: readonly string[]
  by: string
}

/** A letter to a parent working away. */
export const letterDocument = (letter: Letter): Promise<Buffer> =>
  packed('', [
    title(letter.title),
    line(letter.to),
    ...letter.paragraphs.map(text => line(text, 'indent')),
    line(letter.by, 'right'),
  ])

export interface ReportForm {
  title: string
  rows: readonly (readonly [string, string])[]
  note: string
}

/** The mandatory report: a table of two columns, and what it rests on. */
export const reportDocument = (form: ReportForm): Promise<Buffer> =>
  packed('', [title(form.title), twoColumns(form.rows), line(form.note)])
