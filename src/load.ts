import { readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { District } from './district.ts'
import { ROOT } from './root.ts'
import { LANGUAGES } from './rules/people/language.ts'
import type { WordFiles } from './words.ts'

/** The folder of a district: a name under `config/`, or a path. */
export const districtFolder = (name: string): string =>
  isAbsolute(name) || name.startsWith('.') ? name : join(ROOT, 'config', name)

/** Every word file of `locales/`, by language and file name. */
export function wordFiles(): WordFiles {
  const read = (language: string) =>
    Object.fromEntries(
      readdirSync(join(ROOT, 'locales', language))
        .filter(file => file.endsWith('.json'))
        .map(file => [
          file.slice(0, -5),
          JSON.parse(readFileSync(join(ROOT, 'locales', language, file), 'utf8')),
        ]),
    )
  return Object.fromEntries(LANGUAGES.map(language => [language, read(language)])) as unknown as WordFiles
}

/** What the talk's book takes from a district. */
export const bookData = (district: District, publicUrl = '') => ({
  district: district.name,
  gazetteer: {
    ...district.places,
    // People know 红山郡社区, not 红山郡社区委员会.
    communities: district.places.communities.map(at => ({
      ...at,
      name: district.units.get(at.code)?.short ?? at.name,
    })),
  },
  hotlines: district.hotlines.map(line => ({
    number: line.number,
    label: line.name,
    hours: line.hours,
    english: { label: line.nameEn, hours: line.hoursEn },
  })),
  noticeVersion: district.privacy.version,
  noticeUrl: `${publicUrl}/privacy`,
  areaCode: '0476',
})
