import type { Language } from './shapes.ts'

/** Which voices the browser has. */

/** False where the browser has no voice at all, or none for this language. */
export function canSpeak(language: Language): boolean {
  if (!('speechSynthesis' in globalThis)) return false
  const voices = speechSynthesis.getVoices()
  return voices.length === 0 || voices.some(voice => matches(voice, language))
}

/** Does this voice speak the language? */
export const matches = (voice: SpeechSynthesisVoice, language: Language): boolean =>
  voice.lang
    .toLowerCase()
    .replace('_', '-')
    .startsWith(language === 'en' ? 'en' : 'zh') ||
  (language === 'zh-CN' && /^cmn/i.test(voice.lang))
