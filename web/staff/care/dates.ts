/** Calendar dates `YYYY-MM-DD` as people read them. Pure. */

const read = (date: string) => new Date(`${date}T00:00:00Z`)
const shown = (language: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language.startsWith('zh') ? 'zh-CN' : 'en-GB', { ...options, timeZone: 'UTC' })

/** `12月11日`, `11 Dec`. */
export const dayName = (date: string, language: string): string =>
  shown(language, { month: language.startsWith('zh') ? 'long' : 'short', day: 'numeric' }).format(read(date))

/** With its year: `2026年12月11日`, `11 December 2026`. */
export const fullDay = (date: string, language: string): string =>
  shown(language, { dateStyle: 'long' }).format(read(date))

/** `2026年11月`, `November 2026`. */
export const monthName = (month: string, language: string): string =>
  shown(language, { year: 'numeric', month: 'long' }).format(read(`${month}-01`))

/** The date some days away. */
export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
