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
  await speak(kept('language'))
}

/** Shows the page in `wanted`, if it is a language of this front; stays as it is when the words cannot be fetched. */
export async function speak(wanted: unknown): Promise<void> {
  if (!isLanguage(wanted)) return
  try {
    if (wanted === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
      const en = await import('../../locales/en/resident.json')
      i18next.addResourceBundle('en', 'translation', en.default)
    }
    await i18next.changeLanguage(wanted)
    language.value = wanted
    document.documentElement.lang = wanted
    remember('language', wanted)
  } catch {
    // Without a connection the words stay in the language they are in.
  }
}

/** Words outside a template. */
export const t = (key: string, values?: Record<string, unknown>): string => i18next.t(key, values ?? {})
