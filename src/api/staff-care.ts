import type { FastifyInstance, FastifyRequest } from 'fastify'
import { childOnDesk, deskOf, figuresOf } from '../actions/care/desk.ts'
import { owedBetween } from '../rules/care/calendar.ts'
import { dutiesOf } from '../rules/care/duties.ts'
import type { Language } from '../rules/people/language.ts'
import type { StaffRole } from '../rules/people/roles.ts'
import { carersOf } from '../store/care/carers.ts'
import { openNeeds, reportsOf } from '../store/care/needs.ts'
import { volunteerName } from '../store/care/volunteers.ts'
import { careNotices, noticeBody } from '../store/notices.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { saidBy } from './present-arrival.ts'
import { careWords, childLine, dutyLine } from './present-care.ts'
import {
  type CareDesk,
  type CareId,
  type ChildView,
  careRoutes,
  type FestivalLine,
  type YearQuery,
} from './schemas-care.ts'
import { careChangeVerbs, worryRoute } from './staff-care-changes.ts'
import { careKnowledge } from './staff-care-knowledge.ts'
import { careLists, reportsRoute } from './staff-care-lists.ts'
import { carePapers } from './staff-care-papers.ts'
import { carePeople, visitRoute } from './staff-care-people.ts'
import { readings, reviewRoutes } from './staff-care-readings.ts'
import { careVerbs, openRoute } from './staff-care-verbs.ts'

/** The desk of care: coordinators see their area, child directors their village; children by pseudonym. */
export async function careDeskRoutes(app: FastifyInstance, parts: ApiParts): Promise<void> {
  openRoute(app, parts)
  await app.register(async reads => {
    reads.addHook('onRequest', needRole('careCoordinator', 'childDirector'))
    reads.get('/care', { schema: careRoutes.desk }, desk(parts))
    reads.get('/care/children', { schema: careRoutes.children }, children(parts))
    reads.get('/care/children/:id', { schema: careRoutes.child }, oneChild(parts))
    reads.get('/care/calendar', { schema: careRoutes.calendar }, calendar(parts))
    reads.get('/care/notices', { schema: careRoutes.notices }, notices(parts))
    visitRoute(reads, parts)
    worryRoute(reads, parts)
    reportsRoute(reads, parts)
  })
  await app.register(async own => {
    own.addHook('onRequest', needRole('careCoordinator'))
    own.get('/care/children/:id/readings', { schema: careRoutes.readings }, readings(parts))
    carePeople(own, parts)
    careKnowledge(own, parts)
    careLists(own, parts)
    careVerbs(own, parts)
    careChangeVerbs(own, parts)
    carePapers(own, parts)
  })
  await app.register(async review => {
    review.addHook('onRequest', needRole('auditor'))
    reviewRoutes(review, parts)
  })
}

/** To everybody else the care of children is closed, whatever their rank. */
const needRole =
  (...roles: readonly StaffRole[]) =>
  async (request: FastifyRequest) => {
    if (!request.staff!.who.members.some(member => roles.includes(member.role))) refuse('notAllowed')
  }

const desk =
  (parts: ApiParts) =>
  async (request: FastifyRequest): Promise<CareDesk> => {
    const { who } = request.staff!
    const { house } = parts
    const all = await deskOf(house, house.store.read, who)
    const mine = new Set(all.children.map(({ child }) => child.id))
    const reports = (await reportsOf(house.store.read, 500)).filter(
      row => !row.madeAt && mine.has(row.childId),
    )
    const year = Number(all.today.slice(0, 4))
    const coming = [
      ...festivalsOf(parts, all, year, languageOf(request)),
      ...festivalsOf(parts, all, year + 1, languageOf(request)),
    ]
    const coordinates = who.members.some(member => member.role === 'careCoordinator')
    return {
      today: all.today,
      ...figuresOf(house, all),
      reports: reports.length,
      festival: coming.find(one => one.until >= all.today) ?? null,
      may: coordinates ? ['coordinate', 'open'] : ['open'],
    }
  }

type Desk = Awaited<ReturnType<typeof deskOf>>

/** Each festival of a year with who has been visited, and who has not. */
function festivalsOf(parts: ApiParts, { children }: Desk, year: number, language: Language): FestivalLine[] {
  const owed = owedBetween(parts.house.district.care, `${year}-01-01`, `${year}-12-31`)
  return owed
    .filter(one => one.kind === 'festival')
    .map(one => {
      const key = one.period.slice(5)
      const stand = children.flatMap(({ child, pairing, visits }) => {
        const [duty] = pairing ? dutiesOf([one], pairing, visits) : []
        return duty ? [{ child: { id: child.id, pseudonym: child.pseudonym }, met: duty.metBy !== null }] : []
      })
      const missing = stand.filter(({ met }) => !met).map(({ child }) => child)
      const name = careWords(parts, language, `duty.${key}`)
      const done = stand.length - missing.length
      return {
        key,
        name,
        year,
        day: one.due,
        from: one.from,
        until: one.until,
        done,
        open: missing.length,
        missing,
      }
    })
}

const calendar = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: YearQuery }>) => {
  const { house } = parts
  const language = languageOf(request)
  const all = await deskOf(house, house.store.read, request.staff!.who)
  const year = Number(request.query.year ?? all.today.slice(0, 4))
  const terms = owedBetween(house.district.care, `${year}-01-01`, `${year}-12-31`).filter(
    one => one.kind === 'term',
  )
  return {
    festivals: festivalsOf(parts, all, year, language),
    terms: terms.map(one => {
      const owing = all.children.flatMap(({ child, pairing, visits }) => {
        const [duty] = pairing ? dutiesOf([one], pairing, visits) : []
        return pairing && duty ? [{ child, pairing: pairing.id, met: duty.metBy !== null }] : []
      })
      const missing = owing.filter(({ met }) => !met)
      const done = owing.length - missing.length
      const key = one.period.slice(5)
      return {
        ...{
          key,
          name: careWords(parts, language, `duty.${key}`),
          from: one.from,
          to: one.until,
          due: one.due,
        },
        ...{ done, open: missing.length },
        missing: missing.map(({ child, pairing }) => ({
          id: child.id,
          pseudonym: child.pseudonym,
          pairing,
        })),
      }
    }),
  }
}

const children = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { read } = parts.house.store
  const all = await deskOf(parts.house, read, request.staff!.who)
  const names = await namesOf(parts, all)
  const lines = all.children.map(facts =>
    childLine(parts, languageOf(request), facts, { today: all.today, names }),
  )
  return { children: lines.sort((a, b) => (b.unseenDays ?? -1) - (a.unseenDays ?? -1)) }
}

async function namesOf({ house }: ApiParts, all: Pick<Desk, 'children'>): Promise<Map<string, string>> {
  const ids = new Set(all.children.flatMap(({ volunteer, cover }) => [volunteer?.id, cover?.id]))
  const names = new Map<string, string>()
  for (const id of ids) if (id) names.set(id, (await volunteerName(house.store.read, id)).name)
  return names
}

const oneChild = (parts: ApiParts) => (request: FastifyRequest<{ Params: CareId }>) =>
  shownChild(parts, request, request.params.id)

/** The child as the desk shows it: contacts and duties, not a word of the record. */
export async function shownChild(parts: ApiParts, request: FastifyRequest, id: string): Promise<ChildView> {
  const { house } = parts
  const found = await childOnDesk(house, house.store.read, request.staff!.who, id)
  if (!found) return refuse('notFound')
  const language = languageOf(request)
  const { facts, today, pairings } = found
  const names = await namesOf(parts, { children: [facts] })
  const mine = (await openNeeds(house.store.read)).filter(need => need.childId === id)
  return {
    ...childLine(parts, language, facts, { today, names }),
    year: Number(today.slice(0, 4)),
    share: careWords(parts, language, 'share'),
    duties: facts.duties.map(duty => dutyLine(parts, language, duty, today)),
    visits: [...facts.visits].reverse().map(visit => ({
      ...{
        onDate: visit.onDate,
        kind: visit.kind,
        kindWords: careWords(parts, language, `visit.${visit.kind}`),
      },
      ...{ done: visit.done, met: [...visit.met], reported: visit.reported },
    })),
    pairings: pairings.map(({ id: pairing, volunteer, startsOn, endsOn }) => ({
      id: pairing,
      volunteer,
      startsOn,
      endsOn,
    })),
    openNeeds: mine.map(need => needLine(parts, language, need)),
    carers: (await carersOf(house.store.read, id)).map(({ id: carer, kind, personId }) => ({
      ...{ id: carer, kind },
      linked: personId !== null,
    })),
  }
}

export const needLine = (
  parts: ApiParts,
  language: Language,
  need: Awaited<ReturnType<typeof openNeeds>>[number],
) => ({
  id: need.id,
  child: { id: need.childId, pseudonym: need.pseudonym },
  kind: need.kind,
  words: careWords(parts, language, `need.${need.kind}`),
  case: need.code,
  at: need.at,
})

const NOTICE_DAYS = 30

const notices = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { house } = parts
  const since = new Date(Date.parse(house.now()) - NOTICE_DAYS * 86_400_000).toISOString()
  const rows = await careNotices(house.store.read, request.staff!.who.staffId, since)
  const said = rows.map(async row => {
    const body = await noticeBody(house.store.read, row)
    return {
      id: row.id,
      at: row.createdAt,
      words: saidBy(parts, { row, body, tries: [] }, languageOf(request)),
    }
  })
  return { notices: await Promise.all(said) }
}
