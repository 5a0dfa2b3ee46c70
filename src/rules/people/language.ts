/** Languages a person may choose; zh-CN is the source of truth for words. */
export type Language = 'zh-CN' | 'en'

export const LANGUAGES: readonly Language[] = ['zh-CN', 'en']

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)
