import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'

/** Word files of the desk of care. */

const heading = (text: string) =>
  new Paragraph({
    text,
    heading: HeadingLevel.HEADING_1,
    alignment: AlignmentType.CENTER,
    spacing: { after: 300 },
  })

const line = (text: string, right = false) =>
  new Paragraph({
    children: [new TextRun({ text, size: 28 })],
    spacing: { line: 420 },
    ...(right ? { alignment: AlignmentType.RIGHT } : { indent: { firstLine: 560 } }),
  })

const bytesOf = (children: (Paragraph | Table)[]): Promise<Buffer> =>
  Packer.toBuffer(new Document({ creator: 'Huiyin', title: '', sections: [{ children }] }))

export interface Letter {
  title: string
  to: string
  paragraphs: readonly string[]
  by: string
}

/** A letter to a parent working away. */
export const letterDocument = ({ title, to, paragraphs, by }: Letter): Promise<Buffer> =>
  bytesOf([
    heading(title),
    new Paragraph({ children: [new TextRun({ text: to, size: 28 })], spacing: { line: 420 } }),
    ...paragraphs.map(text => line(text)),
    line(by, true),
  ])

export interface ReportForm {
  title: string
  rows: readonly (readonly [string, string])[]
  note: string
}

/** The mandatory report: a table of two columns, and what it rests on. */
export const reportDocument = ({ title, rows, note }: ReportForm): Promise<Buffer> =>
  bytesOf([
    heading(title),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: rows.map(
        cells =>
          new TableRow({
            children: cells.map(
              (text, at) =>
                new TableCell({
                  width: { size: at === 0 ? 25 : 75, type: WidthType.PERCENTAGE },
                  children: text.split('\n').map(part => new Paragraph(part)),
                }),
            ),
          }),
      ),
    }),
    new Paragraph({ text: note, spacing: { before: 300 } }),
  ])
