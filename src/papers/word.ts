import {
  AlignmentType,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'

/** The pieces Word files are made of, in the looks of Chinese official papers; Word takes its own face where it lacks theirs. */

const FONT = { ascii: 'Times New Roman', eastAsia: '仿宋' }
const SIZE = 28

const words = (text: string, more: { bold?: boolean; size?: number } = {}) =>
  new TextRun({ text, size: SIZE, font: FONT, ...more })

/** The name of the paper, in the middle. */
export const title = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 240 },
    children: [words(text, { bold: true, size: 36 })],
  })

/** A paragraph; `indent` as Chinese prose begins, `right` as a letter is signed. */
export const line = (text: string, set?: 'indent' | 'right') =>
  new Paragraph({
    spacing: { line: 480, after: 80 },
    ...(set === 'right' ? { alignment: AlignmentType.RIGHT } : {}),
    ...(set === 'indent' ? { indent: { firstLine: 560 } } : {}),
    children: [words(text)],
  })

/** A heading that stays with what follows. */
export const head = (text: string) =>
  new Paragraph({
    spacing: { before: 160, line: 480 },
    keepNext: true,
    children: [words(text, { bold: true })],
  })

/** A line of its own with room to sign. */
export const sign = (label: string) =>
  new Paragraph({
    spacing: { before: 360 },
    keepLines: true,
    children: [words(`${label}：`), new TextRun({ text: '\t', size: SIZE })],
    tabStops: [{ type: 'right', position: 8400, leader: 'underscore' }],
  })

/** Two columns: what is asked, and what is said; a new line begins a paragraph. */
export const twoColumns = (rows: readonly (readonly [string, string])[]) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      cells => new TableRow({ children: cells.map((text, at) => cell(text, at === 0 ? 25 : 75)) }),
    ),
  })

const cell = (text: string, size: number) =>
  new TableCell({
    width: { size, type: WidthType.PERCENTAGE },
    children: text.split('\n').map(part => new Paragraph({ children: [words(part, { size: 24 })] })),
  })

/** The file; `subject` is its title and must name nobody. */
export const packed = (subject: string, children: (Paragraph | Table)[]): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      title: subject,
      creator: '回音',
      sections: [
        {
          properties: { page: { margin: { top: 1440, bottom: 1440, left: 1590, right: 1590 } } },
          children,
        },
      ],
    }),
  )
