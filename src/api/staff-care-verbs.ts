import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  endCare,
  enterAbsence,
  nameCover,
  putRight,
  recordReport,
  settleNeed,
} from '../actions/care/answers.ts'
import { approveLetter, writeLetter } from '../actions/care/letters.ts'
import { openChild } from '../actions/care/open-child.ts'
import {
  enterChild,
  enterVolunteer,
  pair,
  renewVolunteer,
  setConsent,
  unpair,
} from '../actions/care/registry.ts'
import { newLinkCode } from '../actions/care/visits.ts'
import { childByPseudonym } from '../store/care/children.ts'
import { pairingById } from '../store/care/pairings.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { careWords } from './present-care.ts'
import { given } from './refusals.ts'
import { type CareBody, type CareId, careRoutes as r } from './schemas-care.ts'
import type { ConsentGiven } from './schemas-care-record.ts'
import { shownChild } from './staff-care.ts'
import { letters, needs, oneAbsence, reports } from './staff-care-lists.ts'
import { oneVolunteer } from './staff-care-people.ts'

type To<B = unknown> = FastifyRequest<{ Params: CareId; Body: B }>
type With<B> = FastifyRequest<{ Body: B }>

/** What is done at the desk of care. Every refusal is a sentence; every opening of a record is logged first. */
export function careVerbs(app: FastifyInstance, parts: ApiParts): void {
  app.post('/care/children', { schema: r.addChild }, addChild(parts))
  app.post('/care/children/:id/correct', { schema: r.correct }, correct(parts))
  app.post('/care/children/:id/consent', { schema: r.consent }, consent(parts))
  app.post('/care/children/:id/consent/withdraw', { schema: r.withdraw }, withdraw(parts))
  app.post('/care/children/:id/end', { schema: r.end }, end(parts))
  app.post('/care/volunteers', { schema: r.addVolunteer }, addVolunteer(parts))
  app.post('/care/volunteers/:id/renew', { schema: r.renew }, renew(parts))
  app.post('/care/volunteers/:id/code', { schema: r.code }, code(parts))
  app.post('/care/pairings', { schema: r.pair }, pairRoute(parts))
  app.post('/care/pairings/:id/end', { schema: r.unpair }, unpairRoute(parts))
  app.post('/care/absences', { schema: r.addAbsence }, addAbsence(parts))
  app.post('/care/absences/:id/cover', { schema: r.cover }, cover(parts))
  app.post('/care/needs/:id/done', { schema: r.needDone }, needDone(parts))
  app.post('/care/reports/:id/made', { schema: r.reportMade }, reportMade(parts))
  app.post('/care/letters', { schema: r.writeLetter }, letter(parts))
  app.post('/care/letters/:id/approve', { schema: r.approve }, approve(parts))
}

/** Whoever asks, the verb itself decides: in an emergency the town and the duty desk may open a child too. */
export function openRoute(app: FastifyInstance, parts: ApiParts): void {
  app.post('/care/children/:id/open', { schema: r.open }, open(parts))
  app.post('/care/emergency', { schema: r.emergency }, inEmergency(parts))
}

const open = (parts: ApiParts) => async (request: To<CareBody<'opening'>>) =>
  openedView(
    parts,
    request,
    await openChild(parts.house, request.staff!.who, request.params.id, request.body),
  )

/** Who answers for danger knows a pseudonym at most; what there is not, and what is not theirs, are refused alike. */
const inEmergency = (parts: ApiParts) => async (request: With<CareBody<'emergency'>>) => {
  const { house } = parts
  const { pseudonym, reason } = request.body
  const child = await childByPseudonym(house.store.read, pseudonym)
  const found = await openChild(house, request.staff!.who, child?.id ?? '', { reason, emergency: true })
  return openedView(parts, request, found)
}

async function openedView(
  parts: ApiParts,
  request: FastifyRequest,
  found: Awaited<ReturnType<typeof openChild>>,
) {
  const { record, carers, consent, visits, handOvers } = await given(parts, found)
  const language = languageOf(request)
  return {
    ...{ record, consent },
    carers: carers.map(({ childId: _, personId, ...carer }) => ({ ...carer, linked: personId !== null })),
    handOvers: handOvers.map(one => ({
      ...one,
      reason: OWN_ENDS.includes(one.reason ?? '')
        ? careWords(parts, language, `ended.${one.reason}`)
        : one.reason,
    })),
    visits: visits.map(({ onDate, kind, done, note, given: help, againOn }) => ({
      ...{ onDate, kind, kindWords: careWords(parts, language, `visit.${kind}`) },
      ...{ done, note, given: help, againOn },
    })),
  }
}

/** Pairings that ended by themselves have a reason of their own; all others are the coordinator's words. */
const OWN_ENDS: readonly string[] = ['consentWithdrawn', 'careEnded']

const addChild = (parts: ApiParts) => async (request: With<CareBody<'child'>>) => {
  const { unit, consent = null, ...child } = request.body
  const { house } = parts
  const made = await house.store.write(tx =>
    enterChild(house, tx, request.staff!.who, { ...child, unitId: unit, consent }),
  )
  const { id } = await given(parts, made)
  return { id }
}

const correct = (parts: ApiParts) => async (request: To<CareBody<'correct'>>) => {
  const { id } = request.params
  await given(parts, await putRight(parts.house, request.staff!.who, id, request.body.record))
  return shownChild(parts, request, id)
}

const consent = (parts: ApiParts) => async (request: To<ConsentGiven>) => {
  const { id } = request.params
  await given(parts, await setConsent(parts.house, request.staff!.who, id, request.body))
  return shownChild(parts, request, id)
}

const withdraw = (parts: ApiParts) => async (request: To<CareBody<'withdraw'>>) => {
  const { id } = request.params
  const { by = '', reason = '' } = request.body
  await given(parts, await setConsent(parts.house, request.staff!.who, id, null, { by, reason }))
  return shownChild(parts, request, id)
}

const end = (parts: ApiParts) => async (request: To<CareBody<'end'>>) => {
  await given(parts, await endCare(parts.house, request.staff!.who, request.params.id, request.body.erase))
  return { ended: true }
}

const addVolunteer = (parts: ApiParts) => async (request: With<CareBody<'volunteer'>>) => {
  const { house } = parts
  const { unit, phone = null, body = null, ...facts } = request.body
  const none = { agreementAt: null, trainedAt: null, insuredUntil: null, checkedAt: null }
  const volunteer = { ...none, ...facts, unitId: unit, phone, body }
  const made = await house.store.write(tx => enterVolunteer(house, tx, request.staff!.who, volunteer))
  const { id } = await given(parts, made)
  return { id }
}

const renew = (parts: ApiParts) => async (request: To<CareBody<'renew'>>) => {
  const { house } = parts
  const { id } = request.params
  await given(parts, await renewVolunteer(house, request.staff!.who, id, request.body))
  return oneVolunteer(parts, request, id)
}

const code = (parts: ApiParts) => async (request: To) => {
  const { code, until } = await given(
    parts,
    await newLinkCode(parts.house, request.staff!.who, request.params.id),
  )
  return { code, until }
}

const pairRoute = (parts: ApiParts) => async (request: With<CareBody<'pairing'>>) => {
  const { volunteer, child, startsOn, reason } = request.body
  const done = await pair(parts.house, request.staff!.who, {
    ...{ volunteerId: volunteer, childId: child },
    ...{ startsOn, reason },
  })
  if (!done.ok && done.why !== 'notFound') {
    const field = done.why === 'checkLapsed' ? 'volunteer' : 'child'
    return refuse('notNow', { details: [{ field, why: done.why }], sentence: done.why })
  }
  const { id } = await given(parts, done)
  return { id }
}

const unpairRoute = (parts: ApiParts) => async (request: To<CareBody<'unpair'>>) => {
  const { id } = request.params
  const row = await pairingById(parts.house.store.read, id)
  await given(parts, await unpair(parts.house, request.staff!.who, id, request.body))
  return shownChild(parts, request, row?.childId ?? '')
}

const addAbsence = (parts: ApiParts) => async (request: With<CareBody<'absence'>>) => {
  const { fromDate, toDate } = request.body
  if (toDate < fromDate) return refuse('incomplete', { details: [{ field: 'toDate', why: 'notLater' }] })
  const { id } = await given(parts, await enterAbsence(parts.house, request.staff!.who, request.body))
  return oneAbsence(parts, request, id)
}

const cover = (parts: ApiParts) => async (request: To<CareBody<'cover'>>) => {
  const { id } = request.params
  await given(parts, await nameCover(parts.house, request.staff!.who, id, request.body.cover))
  return oneAbsence(parts, request, id)
}

const needDone = (parts: ApiParts) => async (request: To) => {
  await given(parts, await settleNeed(parts.house, request.staff!.who, request.params.id))
  return { needs: await needs(parts, request) }
}

const reportMade = (parts: ApiParts) => async (request: To<CareBody<'made'>>) => {
  await given(parts, await recordReport(parts.house, request.staff!.who, request.params.id, request.body.to))
  return { reports: await reports(parts, request) }
}

const letter = (parts: ApiParts) => async (request: With<CareBody<'letter'>>) => {
  const { id } = await given(parts, await writeLetter(parts.house, request.staff!.who, request.body))
  return { id }
}

const approve = (parts: ApiParts) => async (request: To) => {
  await given(parts, await approveLetter(parts.house, request.staff!.who, request.params.id))
  return { letters: await letters(parts, request) }
}
