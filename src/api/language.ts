import { isLanguage, type Language } from '../rules/people/language.ts'

/** The cookie that remembers the language a resident chose. */
export const LANGUAGE_COOKIE = 'hy_language'

interface Asked {
  url?: string
  cookies?: Record<string, string | undefined>
  headers: Record<string, string | string[] | undefined>
}

/**
 * The language to answer in: the one a resident chose, else the first the browser names that we speak, else Chinese.
 * The staff front names its own in the header.
 */
export function languageOf(request: Asked): Language {
  const chosen = request.cookies?.[LANGUAGE_COOKIE]
  if (isLanguage(chosen) && !request.url?.startsWith('/api/staff')) return chosen
  const accepted = String(request.headers['accept-language'] ?? '').toLowerCase()
  for (const part of accepted.split(',')) {
    const tag = part.trim()
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return 'zh-CN'
}
