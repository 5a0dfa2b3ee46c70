import { readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { type District, gridName } from './district.ts'
import type { HelpDesk } from './flows/desks.ts'
import { type Model, readModel } from './flows/understand/model.ts'
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

let model: Model | undefined

/** The trained model of `models/routing.bin`, read once. Throws when the file is missing or no model. */
export const routingModel = (): Model => {
  model ??= readModel(readFileSync(join(ROOT, 'models', 'routing.bin')))
  return model
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
    grids: district.grids.map(grid => ({ code: grid.code, name: gridName(district, grid) })),
  },
  shapes: district.shapes,
  hotlines: district.hotlines.map(line => ({
    number: line.number,
    label: line.name,
    hours: line.hours,
    english: { label: line.nameEn, hours: line.hoursEn },
  })),
  noticeVersion: district.privacy.version,
  noticeUrl: `${publicUrl}/privacy`,
  guideUrl: `${publicUrl}/guide`,
  guide: district.services.map(errandOf),
  panels: district.panels.filter(({ closed }) => !closed).map(panelNameOf),
  desks: desksOf(district),
  calendar: district.calendar,
  areaCode: '0476',
  model: routingModel(),
  signs: district.care.signs,
})

/** The desks that help: the two panels that do not mediate, and the youth line where a unit answers it. Closed on published holidays. */
function desksOf({ panels, hotlines }: District): HelpDesk[] {
  const helping = panels.filter(({ mediates, closed }) => !mediates && !closed)
  const ofPanel = (key: 'mind' | 'youth', number: string) =>
    helping
      .filter(panel => panel.key === key)
      .map(({ code, hours }) => ({
        ...{ key, unit: code, panel: code, number },
        hours: hours.map(frame => ({ ...frame, holidays: 'closed' as const })),
      }))
  const line = hotlines.find(({ unit }) => unit !== undefined)
  return [
    ...ofPanel('mind', '12356'),
    ...ofPanel('youth', '12355'),
    ...(line?.unit
      ? [{ key: 'line' as const, unit: line.unit, hours: line.open ?? [], number: line.number }]
      : []),
  ]
}

/** A panel as the talk knows it, with its own questions. */
const panelNameOf = (panel: District['panels'][number]) => ({
  code: panel.code,
  name: panel.name,
  english: panel.nameEn,
  mediates: panel.mediates,
  questions: panel.questions.map(({ key, kind, ask, askEn, choices, optional }) => ({
    ...{ key, kind, ask: { words: ask, english: askEn } },
    ...(choices
      ? { choices: choices.map(({ value, label, labelEn }) => ({ value, words: label, english: labelEn })) }
      : {}),
    ...(optional ? { optional } : {}),
  })),
  photographs: panel.evidence
    .filter(({ how }) => how === 'photo')
    .map(({ name, nameEn }) => ({ words: name, english: nameEn })),
})

/** An errand of the guide as the talk tells it. */
const errandOf = (errand: District['services'][number]) => ({
  key: errand.key,
  aliases: [...errand.aliases, ...errand.aliasesEn],
  words: errand,
  english: {
    name: errand.nameEn,
    bring: errand.bringEn,
    where: errand.whereEn,
    hours: errand.hoursEn,
    days: errand.daysEn,
    fee: errand.feeEn,
    steps: errand.stepsEn,
  },
  doorstep: errand.doorstep,
  online: errand.online,
  checked: errand.checked !== undefined,
  ...(errand.phone ? { phone: errand.phone } : {}),
})
