import type { Block } from '../papers/month-report.ts'
import { PROMISES } from '../rules/board/figures.ts'
import type { Language } from '../rules/people/language.ts'
import { moment } from '../words.ts'
import { monthWords, type WholeBoard } from './board-whole.ts'
import type { ApiParts } from './parts.ts'
import type { BoardLine, BoardShare } from './schemas-board.ts'

type Say = (key: string, values?: Record<string, unknown>) => string

/** Places told in words. */
const HOT = 5

/** The month in words: what a leader reads aloud, with the tables behind it. No names, no ranking. */
export function reportBlocks(
  { words, house }: Pick<ApiParts, 'words' | 'house'>,
  whole: WholeBoard,
  language: Language,
): { title: string; blocks: Block[] } {
  const say: Say = (key, values = {}) =>
    words(language, key.includes(':') ? key : `board:report.${key}`, values)
  const { promises } = whole
  const title = say('title', { of: promises.of })
  const month = monthWords(promises.month, language)
  const blocks: Block[] = [
    { is: 'title', text: title },
    { is: 'title', text: say('head', { month }) },
    { is: 'head', text: say('one') },
    ...lines(inAll(whole, say, moment(language, whole.next.now, house.district.zone))),
    { is: 'head', text: say('two') },
    keptTable(promises.offices, say('board:offices.name'), say),
    { is: 'head', text: say('three') },
    keptTable(promises.subjects, say('board:subjects.name'), say),
    { is: 'head', text: say('four') },
    ...lines(handLines(whole, say)),
    { is: 'head', text: say('five') },
    ...lines(hotLines(whole, say)),
    ...(whole.others.mediation
      ? [{ is: 'head' as const, text: say('six') }, ...lines([say('mediation', whole.others.mediation)])]
      : []),
    ...lines([say('end')]),
  ]
  return { title, blocks }
}

const lines = (texts: readonly string[]): Block[] => texts.map(text => ({ is: 'line', text }))

function inAll({ promises, next }: WholeBoard, say: Say, at: string): string[] {
  const { total } = promises
  const { received, ended, redone } = total
  return [
    received === null ? say('totalEnded', { ended }) : say('total', { received, ended }),
    ...PROMISES.map(key => keptWords(total[key], say(`board:kept.${key}`), say)),
    say('redone', { n: redone }),
    say('now', { at, open: next.open, late: next.late, answered: next.answered }),
  ]
}

/** `按时答复：52 件中 49 件，94.2%，比上月高 1.3 个百分点。` */
function keptWords({ n, of, percent, change }: BoardShare, what: string, say: Say): string {
  if (of === 0) return say('keptNone', { what })
  if (percent === null) return say('keptFew', { what, n, of })
  const moved = change === null ? '' : change === 0 ? say('same') : changed(change, say)
  return say('kept', { what, n, of, percent: percent.toFixed(1), change: moved })
}

const changed = (change: number, say: Say) =>
  say(change > 0 ? 'up' : 'down', { n: Math.abs(change).toFixed(1) })

function keptTable(rows: readonly BoardLine[], name: string, say: Say): Block {
  const share = ({ n, of, percent }: BoardShare) =>
    of === 0 ? '—' : percent === null ? `${n}/${of}` : `${percent.toFixed(1)}%`
  return {
    is: 'table',
    head: [name, say('board:figure.ended'), ...PROMISES.map(key => say(`board:kept.${key}`))],
    rows: rows.map(row => [row.name, String(row.ended), ...PROMISES.map(key => share(row[key]))]),
  }
}

const handLines = ({ hands }: WholeBoard, say: Say): string[] =>
  hands.hands.map(({ kind, n, work }) => {
    const named = { kind: say(`staff:orderKind.${kind}`) }
    return n === 0 ? say('handNone', named) : say('hand', { ...named, n, ...work })
  })

function hotLines({ places }: WholeBoard, say: Say): string[] {
  if (places.rows.length === 0) return [say('hotNone')]
  return places.rows.slice(0, HOT).map(row => {
    const { placeName: place, categoryName: category, total } = row
    return say('hot', { place, category, total, n: row.counts.at(-1) ?? 0 })
  })
}
