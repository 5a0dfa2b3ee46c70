import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { District } from '../district.ts'
import type { Language } from '../rules/people/language.ts'
import { languageOf } from './language.ts'
import { hoursWords } from './opening.ts'
import type { ApiParts } from './parts.ts'
import { pinyinOf } from './pinyin.ts'
import { guideSchemas, type Panel, type Service } from './schemas-guide.ts'

/** Seconds a browser may keep what anybody may know and what seldom changes. */
const KEEP = 'public, max-age=300'

/** `GET services` and `GET panels`: the service guide and the eight panels, for anybody. */
export function guideRoutes(app: FastifyInstance, parts: ApiParts): void {
  const pinyinNow = pinyins()
  const inLanguage =
    <T>(answer: (language: Language) => T) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<T> => {
      reply.header('cache-control', KEEP).header('vary', 'accept-language, cookie')
      return answer(languageOf(request))
    }
  app.get(
    '/services',
    { schema: guideSchemas.services },
    inLanguage(language => {
      const { district } = parts.house
      const pinyin = pinyinNow(district)
      return {
        services: district.services.map(errand =>
          serviceOf(district, errand, pinyin.get(errand.key)!, language),
        ),
      }
    }),
  )
  app.get(
    '/panels',
    { schema: guideSchemas.panels },
    inLanguage(language => ({
      panels: parts.house.district.panels
        .filter(({ closed }) => !closed)
        .map(panel => panelOf(parts, panel, language)),
    })),
  )
}

/** Pinyin is worked out once for a district, and anew when it was changed. */
function pinyins() {
  let made: { of: District; pinyin: ReadonlyMap<string, string[]> } | undefined
  return (district: District) => {
    if (made?.of !== district) {
      const rows = district.services.map(({ key, name, aliases }) => [key, pinyinsOf(name, aliases)] as const)
      made = { of: district, pinyin: new Map(rows) }
    }
    return made.pinyin
  }
}

const pinyinsOf = (name: string, aliases: readonly string[]): string[] =>
  [...new Set([name, ...aliases].map(pinyinOf))].filter(Boolean)

function serviceOf(
  district: District,
  errand: District['services'][number],
  py: string[],
  language: Language,
): Service {
  const english = language === 'en'
  const { key, source, checked, doorstep, online, phone } = errand
  return {
    ...{ key, source, doorstep, online, py },
    name: english ? errand.nameEn : errand.name,
    also: [english ? errand.name : errand.nameEn, ...errand.aliases, ...errand.aliasesEn],
    who: english ? errand.whoEn : errand.who,
    bring: english ? errand.bringEn : errand.bring,
    where: english ? errand.whereEn : errand.where,
    hours: english ? errand.hoursEn : errand.hours,
    days: english ? errand.daysEn : errand.days,
    fee: english ? errand.feeEn : errand.fee,
    steps: english ? errand.stepsEn : errand.steps,
    office: district.units.get(errand.department)?.name ?? district.name,
    ...(checked === undefined ? {} : { checked }),
    ...(phone === undefined ? {} : { phone }),
  }
}

function panelOf(parts: ApiParts, panel: District['panels'][number], language: Language): Panel {
  const english = language === 'en'
  const { code, mediates, phone } = panel
  return {
    ...{ code, mediates },
    name: english ? panel.nameEn : panel.name,
    about: english ? panel.aboutEn : panel.about,
    hours: hoursWords(parts, panel.hours, language),
    languages: english ? panel.languagesEn : panel.languages,
    ...(phone === undefined ? {} : { phone }),
  }
}
