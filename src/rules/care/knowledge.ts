import { addDays, daysBetween } from './dates.ts'

/** A piece that may be told in a week: a season's (`from` and `to` as `MM-DD`), or of any week. */
export interface Topic {
  key: string
  from?: string
  to?: string
  title: string
  text: string
  /** What it rests on. */
  law: string
}

/** A known Monday, to count weeks from. */
const MONDAY = '2024-01-01'

/** The Monday of the week a day lies in. */
export function mondayOf(date: string): string {
  const since = daysBetween(MONDAY, date)
  return addDays(date, -(((since % 7) + 7) % 7))
}

/** True when the season of a topic holds the day; a topic without a season holds none. */
function inSeason({ from, to }: Topic, date: string): boolean {
  if (!from || !to) return false
  const day = date.slice(5)
  return from <= to ? day >= from && day <= to : day >= from || day <= to
}

/**
 * The topic of the week that begins on `monday`: those of the season and the others take turns, week by week, so that each comes round.
 * The same week always has the same one.
 */
export function topicOf(topics: readonly Topic[], monday: string): Topic {
  const week = Math.floor(daysBetween(MONDAY, monday) / 7)
  const seasonal = topics.filter(topic => inSeason(topic, monday))
  const general = topics.filter(topic => !topic.from)
  const turn = week % 2 === 0 && seasonal.length > 0 ? seasonal : general.length > 0 ? general : topics
  const at = Math.floor(week / 2)
  return turn[((at % turn.length) + turn.length) % turn.length]!
}
