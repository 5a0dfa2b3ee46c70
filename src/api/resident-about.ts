import type { FastifyReply, FastifyRequest } from 'fastify'
import { follows } from '../actions/follow.ts'
import type { Language } from '../rules/people/language.ts'
import { LANGUAGES } from '../rules/people/language.ts'
import { consentsOf } from '../store/consents.ts'
import { examplesOf } from '../store/learning.ts'
import { ownCases } from '../store/own-cases.ts'
import { profileOf } from '../store/persons.ts'
import { type Line, linesOf } from '../store/talks.ts'
import { languageOf } from './language.ts'
import { messageOf } from './message.ts'
import { openWords } from './opening.ts'
import type { ApiParts } from './parts.ts'
import { viewOfOwnCase } from './present-resident.ts'
import { factsOf } from './resident-cases.ts'
import { viewOf } from './resident-follows.ts'
import type { DistrictView } from './schemas-resident.ts'

/** The district as anybody may know it. */
export const districtView =
  (parts: ApiParts) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<DistrictView> => {
    const { district } = parts.house
    const english = languageOf(request) === 'en'
    reply.header('cache-control', 'public, max-age=300').header('vary', 'accept-language, cookie')
    return {
      name: english ? district.nameEn : district.name,
      hotlines: district.hotlines.map(line => ({
        number: line.number,
        label: english ? line.nameEn : line.name,
        hours: english ? line.hoursEn : line.hours,
        ...openWords(parts, line.open, english ? 'en' : 'zh-CN'),
      })),
      privacy: {
        version: district.privacy.version,
        text: privacyText(parts, english ? 'en' : 'zh-CN'),
      },
      languages: [...LANGUAGES],
    }
  }

function privacyText({ house }: ApiParts, language: Language): string {
  const { sections, sensitive } = house.district.privacy
  const told = sections.map(({ title, text }) => `${title[language]}\n${text[language]}`)
  return [...told, sensitive[language]].join('\n\n')
}

const MANY = 1000

/** Everything we hold about the person, as a file of theirs (个人信息保护法 45). */
export const exportData = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { personId, language } = request.resident!
  const { store, now } = parts.house
  const cases = await ownCases(store.read, personId, MANY)
  const data = {
    exportedAt: now(),
    language,
    profile: await profileOf(store.read, personId),
    consents: await consentsOf(store.read, personId),
    cases: await Promise.all(
      cases.map(async row => {
        const facts = await factsOf(parts, row)
        const { text, name, phone } = facts.texts
        return { ...viewOfOwnCase(parts, facts, language), text, name, phone }
      }),
    ),
    follows: (await follows(parts.house, store.read, personId)).map(line => viewOf(parts, line, language)),
    examples: await examplesOf(store.read, personId),
    messages: (await allLines(parts, personId)).map(messageOf),
  }
  return reply
    .header('content-disposition', 'attachment; filename="huiyin-my-data.json"')
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(data, null, 2))
}

async function allLines(parts: ApiParts, personId: string): Promise<Line[]> {
  const lines: Line[] = []
  let page: Line[]
  do {
    const after = lines.at(-1)?.seq ?? 0
    page = await linesOf(parts.house.store.read, personId, { after, limit: MANY, unveiled: true })
    lines.push(...page)
  } while (page.length === MANY)
  return lines
}
