import ExcelJS from 'exceljs'
import { PROMISES } from '../rules/board/figures.ts'
import type { Language } from '../rules/people/language.ts'
import { monthWords, type WholeBoard } from './board-whole.ts'
import type { ApiParts } from './parts.ts'
import type { BoardMonth } from './schemas-board.ts'

type Cell = string | number | null
/** A table of the board: its name, the rows of its head, and its lines. */
interface Table {
  name: string
  head: Cell[][]
  rows: Cell[][]
  /** Width of the columns with words, in characters. */
  wide: number[]
}
type Say = (key: string, values?: Record<string, unknown>) => string

/** The board as a workbook: a sheet for each of its tables, every number as it is on the screen. */
export async function boardSheet(
  { words }: Pick<ApiParts, 'words'>,
  whole: WholeBoard,
  language: Language,
): Promise<Buffer> {
  const say: Say = (key, values = {}) => words(language, key.includes(':') ? key : `board:${key}`, values)
  const book = new ExcelJS.Workbook()
  const { of, month } = whole.promises
  for (const { name, head, rows, wide } of tables(whole, say, language)) {
    const sheet = book.addWorksheet(name.slice(0, 31), {
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      views: [{ state: 'frozen', xSplit: 1, ySplit: head.length + 1 }],
    })
    sheet.pageSetup.printTitlesRow = `1:${head.length + 1}`
    const title = sheet.addRow([
      `${say('sheet.title', { of, month: monthWords(month, language) })} · ${name}`,
    ])
    title.font = { bold: true, size: 14 }
    for (const row of head) sheet.addRow(row).font = { bold: true }
    for (const row of rows) sheet.addRow(row)
    for (const [index, width] of wide.entries()) sheet.getColumn(index + 1).width = width
    sheet.addRow([])
    sheet.addRow([say('foot')])
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** A share takes four columns: kept, owed, percent and change. */
const shares = (line: Omit<BoardMonth, 'month'>): Cell[] =>
  PROMISES.flatMap(key => [line[key].n, line[key].of, line[key].percent, line[key].change])

function keptHead(first: string, say: Say): Cell[][] {
  const counts = ['received', 'ended', 'redone'].map(key => say(`figure.${key}`))
  return [
    [first, ...counts, ...PROMISES.flatMap(key => [say(`kept.${key}`), '', '', ''])],
    ['', '', '', '', ...PROMISES.flatMap(() => [say('sheet.n'), say('sheet.of'), '%', say('sheet.change')])],
  ]
}

const tables = (whole: WholeBoard, say: Say, language: Language): Table[] => [
  ...keptTables(whole.promises, say),
  ...workTables(whole, say, language),
  ...placeTables(whole, say),
]

function keptTables(promises: WholeBoard['promises'], say: Say): Table[] {
  const line = (name: string, one: Omit<BoardMonth, 'month'>): Cell[] => [
    ...[name, one.received, one.ended, one.redone],
    ...shares(one),
  ]
  const wide = [26, 10, 10, 10]
  return [
    {
      ...{ name: say('trend.month'), head: keptHead(say('trend.month'), say), wide },
      rows: promises.trend.map(one => line(one.month, one)),
    },
    {
      ...{ name: say('offices.title'), head: keptHead(say('offices.name'), say), wide },
      rows: promises.offices.map(one => line(one.name, one)),
    },
    {
      ...{ name: say('subjects.title'), head: keptHead(say('subjects.name'), say), wide },
      rows: promises.subjects.map(one => line(one.name, one)),
    },
  ]
}

function workTables({ next, flow, hands }: WholeBoard, say: Say, language: Language): Table[] {
  const kind = (key: string) => say(`staff:orderKind.${key}`)
  const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    ...{ timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' },
  })
  return [
    {
      ...{ name: say('next.title'), wide: [22, 14, 20, 20, 24, 20] },
      head: [['', 'class', 'what', 'place', 'holder', 'due'].map(key => (key ? say(`next.${key}`) : ''))],
      rows: [
        ...next.bands.map(band => [say(`next.${band.key}`), band.n]),
        [],
        ...next.rows.map(row => [
          ...[row.code, say(`staff:class.${row.class}`), row.category, row.place, row.holder],
          clock.format(Date.parse(row.due)),
        ]),
      ],
    },
    {
      ...{ name: say('flow.title'), head: [['kind', 'from', 'to', 'n'].map(key => say(`flow.${key}`))] },
      ...{ wide: [12, 26, 26, 8] },
      rows: flow.passed.map(one => [kind(one.kind), one.fromName, one.toName, one.n]),
    },
    {
      ...{ name: say('hands.title'), wide: [14, 8, 18, 18, 18, 18] },
      head: [
        [say('hands.kind'), say('hands.n'), say('hands.wait'), '', say('hands.work'), ''],
        ['', '', ...[0, 1].flatMap(() => [say('hands.median'), say('hands.p90')])],
      ],
      rows: hands.hands.map(one => [
        ...[kind(one.kind), one.n, one.wait.median, one.wait.p90],
        ...[one.work.median, one.work.p90],
      ]),
    },
  ]
}

function placeTables({ places, grids }: WholeBoard, say: Say): Table[] {
  return [
    {
      ...{ name: say('places.title'), wide: [22, 18] },
      head: [[say('places.place'), say('places.category'), ...places.weeks.map(week => week.day)]],
      rows: places.rows.map(row => [row.placeName, row.categoryName, ...row.counts]),
    },
    {
      ...{ name: say('map.title'), wide: [28, 20, 18] },
      head: [
        ...[
          [say('map.grid'), say('places.place'), '', say('map.open'), say('map.late'), say('map.received')],
        ],
      ],
      rows: grids.rows.map(row => [row.name, row.community, row.town, row.open, row.late, row.received]),
    },
  ]
}
