import i18next from 'i18next'
import { ref } from 'vue'
import zh from '../../locales/zh-CN/resident.json'
import { kept, remember } from './keeping.ts'
import type { Language } from './shapes.ts'

/** The words of this front. Chinese comes with the page, any other language is fetched when chosen. */

export const language = ref<Language>('zh-CN')

const isLanguage = (word: unknown): word is Language => word === 'zh-CN' || word === 'en'

/** Makes the words ready; the language is the one chosen here before. */
export async function startWords(): Promise<void> {
  await i18next.init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zh } },
    interpolation: { escapeValue: false },
  })
  if (import.meta.env.SSR) return
  // A page drawn by the server is in a language already.
  await speak(kept('language') ?? document.documentElement.lang)
}

/** Words of pages that come later: `form.json` for the forms and so on; each is fetched with the page that needs it. */
const LATER = {
  case: {
    'zh-CN': () => import('../../locales/zh-CN/case.json'),
    en: () => import('../../locales/en/case.json'),
  },
  check: {
    'zh-CN': () => import('../../locales/zh-CN/check.json'),
    en: () => import('../../locales/en/check.json'),
  },
  files: {
    'zh-CN': () => import('../../locales/zh-CN/files.json'),
    en: () => import('../../locales/en/files.json'),
  },
  follow: {
    'zh-CN': () => import('../../locales/zh-CN/follow.json'),
    en: () => import('../../locales/en/follow.json'),
  },
  form: {
    'zh-CN': () => import('../../locales/zh-CN/form.json'),
    en: () => import('../../locales/en/form.json'),
  },
  guide: {
    'zh-CN': () => import('../../locales/zh-CN/guide.json'),
    en: () => import('../../locales/en/guide.json'),
  },
  me: {
    'zh-CN': () => import('../../locales/zh-CN/me.json'),
    en: () => import('../../locales/en/me.json'),
  },
  own: {
    'zh-CN': () => import('../../locales/zh-CN/own.json'),
    en: () => import('../../locales/en/own.json'),
  },
  place: {
    'zh-CN': () => import('../../locales/zh-CN/place.json'),
    en: () => import('../../locales/en/place.json'),
  },
  sides: {
    'zh-CN': () => import('../../locales/zh-CN/sides.json'),
    en: () => import('../../locales/en/sides.json'),
  },
} as const
/** Names of such words. */
export type LaterWords = keyof typeof LATER
const needed = new Set<LaterWords>()

/** Makes the words of `name` ready, in Chinese and in the language now spoken. Their keys begin with `<name>.`. */
export async function needWords(name: LaterWords): Promise<void> {
  needed.add(name)
  await Promise.all(['zh-CN' as const, language.value].map(wanted => fetchWords(name, wanted)))
}

async function fetchWords(name: LaterWords, wanted: Language): Promise<void> {
  if (i18next.getResource(wanted, 'translation', name)) return
  const words = await LATER[name][wanted]()
  i18next.addResourceBundle(wanted, 'translation', { [name]: words.default }, true)
}

/** Shows the page in `wanted`, if it is a language of this front; stays as it is when the words cannot be fetched. */
export async function speak(wanted: unknown): Promise<void> {
  if (!isLanguage(wanted)) return
  try {
    if (wanted === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
      const en = await import('../../locales/en/resident.json')
      i18next.addResourceBundle('en', 'translation', en.default)
    }
    await Promise.all([...needed].map(name => fetchWords(name, wanted)))
    await i18next.changeLanguage(wanted)
    language.value = wanted
    if (import.meta.env.SSR) return
    document.documentElement.lang = wanted
    remember('language', wanted)
  } catch {
    // Without a connection the words stay in the language they are in.
  }
}

/** Words outside a template. */
export const t = (key: string, values?: Record<string, unknown>): string => i18next.t(key, values ?? {})
