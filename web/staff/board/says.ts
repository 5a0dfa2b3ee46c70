import { language, t } from '../words.ts'
import type { Share } from './types.ts'

/** `2026年11月`, `Nov 2026`; `short` without the year where it is not January. */
export function monthName(month: string, short = false): string {
  const [year = '', number = ''] = month.split('-')
  const n = Number(number)
  if (language.value === 'zh-CN')
    return short && n !== 1 ? `${n}月` : `${short ? year.slice(2) : year}年${n}月`
  const name = new Intl.DateTimeFormat('en-GB', { month: short ? 'short' : 'long', timeZone: 'UTC' })
  const word = name.format(Date.UTC(Number(year), n - 1))
  return short && n !== 1 ? word : `${word} ${short ? year.slice(2) : year}`
}

/** `11/2`, `2 Nov`. */
export function dayName(day: string): string {
  const [, month, date] = day.split('-').map(Number) as [number, number, number]
  if (language.value === 'zh-CN') return `${month}/${date}`
  const name = new Intl.DateTimeFormat('en-GB', { month: 'short', day: 'numeric', timeZone: 'UTC' })
  return name.format(Date.UTC(2026, month - 1, date))
}

/** Change to the month before in words; empty where none can be said. */
export function moved({ change }: Pick<Share, 'change'>): string {
  if (change === null) return ''
  if (change === 0) return t('board.figure.same')
  return t(change > 0 ? 'board.figure.up' : 'board.figure.down', { n: Math.abs(change).toFixed(1) })
}

/** A share in a cell: `94.1`, `3/4` where it is few, a dash where nothing was owed. */
export function inCell({ n, of, percent }: Share): string {
  if (of === 0) return '—'
  return percent === null ? `${n}/${of}` : percent.toFixed(1)
}
