import type { Language } from '../rules/people/language.ts'
import { type ApiParts, say } from './parts.ts'

/** What a case is about, by the district's own name for it. */
export function categoryName(parts: ApiParts, key: string, language: Language): string {
  const found = parts.house.district.categories.find(category => category.key === key)
  if (found) return language === 'en' ? found.nameEn : found.name
  return say(parts, language, `category.${key === 'danger' ? 'danger' : 'other'}`)
}
