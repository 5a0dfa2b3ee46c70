import i18next from 'i18next'
import { ref } from 'vue'
import zh from '../../locales/zh-CN/staff.json'
import { keep, kept } from './keeping.ts'

/** The words of the staff front. Chinese comes with the page, English is fetched when chosen. */

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const language = ref<Language>('zh-CN')

/** Words that come with the pages that need them; their keys begin with the name of their file. */
const LATER = {
  assess: {
    'zh-CN': () => import('../../locales/zh-CN/assess.json'),
    en: () => import('../../locales/en/assess.json'),
  },
  audit: {
    'zh-CN': () => import('../../locales/zh-CN/audit.json'),
    en: () => import('../../locales/en/audit.json'),
  },
  board: {
    'zh-CN': () => import('../../locales/zh-CN/board.json'),
    en: () => import('../../locales/en/board.json'),
  },
  careDesk: {
    'zh-CN': () => import('../../locales/zh-CN/careDesk.json'),
    en: () => import('../../locales/en/careDesk.json'),
  },
  desk: {
    'zh-CN': () => import('../../locales/zh-CN/desk.json'),
    en: () => import('../../locales/en/desk.json'),
  },
  grids: {
    'zh-CN': () => import('../../locales/zh-CN/grids.json'),
    en: () => import('../../locales/en/grids.json'),
  },
  learning: {
    'zh-CN': () => import('../../locales/zh-CN/learning.json'),
    en: () => import('../../locales/en/learning.json'),
  },
  mediate: {
    'zh-CN': () => import('../../locales/zh-CN/mediate.json'),
    en: () => import('../../locales/en/mediate.json'),
  },
} as const satisfies Record<string, Record<Language, () => Promise<{ default: object }>>>
export type LaterWords = keyof typeof LATER
const needed = new Set<LaterWords>()

/** Fetches the words of a subject, in the language spoken now and in every one spoken later. */
export async function needWords(name: LaterWords): Promise<void> {
  needed.add(name)
  await fetchLater(name, language.value)
}

async function fetchLater(name: LaterWords, wanted: Language): Promise<void> {
  if (i18next.exists(name, { lng: wanted, fallbackLng: [], returnObjects: true })) return
  const words = await LATER[name][wanted]()
  i18next.addResourceBundle(wanted, 'translation', { [name]: words.default }, true)
}

const isLanguage = (word: unknown): word is Language => LANGUAGES.includes(word as Language)

/** Makes the words ready in the language chosen on this browser before. */
export async function startWords(): Promise<void> {
  await i18next.init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zh } },
    interpolation: { escapeValue: false },
    nsSeparator: false,
  })
  await speak(kept('language'))
}

/** Whether a language was chosen here; if not, the one of the log-in counts. */
export const hasChosenLanguage = (): boolean => isLanguage(kept('language'))

let englishHere = false

/** Speaks `wanted`, if it is a language of this front. */
export async function speak(wanted: unknown): Promise<void> {
  if (!isLanguage(wanted)) return
  if (wanted === 'en' && !englishHere) {
    const en = await import('../../locales/en/staff.json').catch(() => null)
    if (!en) return
    i18next.addResourceBundle('en', 'translation', en.default, true)
    englishHere = true
  }
  for (const name of needed) await fetchLater(name, wanted)
  await i18next.changeLanguage(wanted)
  language.value = wanted
  document.documentElement.lang = wanted
}

/** Speaks `wanted` from now on in this browser. */
export async function chooseLanguage(wanted: Language): Promise<void> {
  keep('language', wanted)
  await speak(wanted)
}

/** Words outside a template. */
export const t = (key: string, values?: Record<string, unknown>): string => i18next.t(key, values ?? {})

/** The words of a key the server may extend: an unknown one is shown as it came. */
export const named = (family: string, key: string): string =>
  i18next.t(`${family}.${key}`, { defaultValue: key, keySeparator: '.' })
