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

/** A report in words and tables: headings, lines, and tables with a head. */
export type Block =
  | { is: 'title' | 'head' | 'line'; text: string }
  | { is: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }

/** Chinese official papers are set in this face; Word takes its own where it lacks it. */
const FONT = { ascii: 'Times New Roman', eastAsia: '仿宋' }
/** Half points. */
const SIZES = { title: 40, head: 30, line: 28, cell: 21 } as const

function paragraph({ is, text }: Extract<Block, { text: string }>): Paragraph {
  return new Paragraph({
    ...(is === 'title' ? { alignment: AlignmentType.CENTER } : {}),
    ...(is === 'head' ? { keepNext: true } : {}),
    spacing: { before: is === 'head' ? 200 : 0, after: is === 'title' ? 240 : 60, line: 440 },
    ...(is === 'line' ? { indent: { firstLine: 560 } } : {}),
    children: [new TextRun({ text, bold: is !== 'line', size: SIZES[is], font: FONT })],
  })
}

const cell = (text: string, first: boolean, bold: boolean) =>
  new TableCell({
    margins: { left: 80, right: 80 },
    children: [
      new Paragraph({
        alignment: first ? AlignmentType.LEFT : AlignmentType.RIGHT,
        children: [new TextRun({ text, bold, size: SIZES.cell, font: FONT })],
      }),
    ],
  })

const table = ({ head, rows }: Extract<Block, { is: 'table' }>): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [head, ...rows].map(
      (row, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: row.map((text, column) => cell(text, column === 0, index === 0)),
        }),
    ),
  })

/** The monthly report as a Word file. */
export const reportDocx = (title: string, blocks: readonly Block[]): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      title,
      creator: '回音',
      sections: [
        {
          properties: { page: { margin: { top: 1440, bottom: 1300, left: 1500, right: 1400 } } },
          children: blocks.map(block => (block.is === 'table' ? table(block) : paragraph(block))),
        },
      ],
    }),
  )
