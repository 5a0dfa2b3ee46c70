import type { FastifyReply } from 'fastify'
import { roomsOf } from '../actions/book-session.ts'
import type { Mediated } from '../actions/mediation-look.ts'
import { agreementDocx, courtDocx, sayer } from '../papers/agreement.ts'
import { feedOf } from '../papers/feed.ts'
import type { Language } from '../rules/people/language.ts'
import { bookedOf, type SessionRow } from '../store/sessions.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { agreementPaper, agreementView, med, PAPER, panelName } from './present-mediation-parts.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A file to keep; its name tells the number of the agreement and nobody's name. */
function sendDocx(reply: FastifyReply, name: string, bytes: Buffer) {
  return reply
    .header('content-disposition', `attachment; filename="${name}.docx"`)
    .header('cache-control', 'no-store')
    .type(DOCX)
    .send(bytes)
}

export async function sendAgreement(parts: ApiParts, of: Mediated, reply: FastifyReply) {
  const paper = (await agreementPaper(parts, of, parts.house.store.read)) ?? refuse('notFound')
  return sendDocx(reply, paper.no, await agreementDocx(paper, sayer(parts.words, PAPER)))
}

/** Offered where the law allows it and while the thirty days run. */
export async function sendCourt(parts: ApiParts, of: Mediated, reply: FastifyReply) {
  const open = of.med.confirmation === 'open' || of.med.confirmation === 'applied'
  const paper = open ? await agreementPaper(parts, of, parts.house.store.read) : null
  if (!paper) return refuse('notFound')
  const { name } = parts.house.district
  return sendDocx(reply, `${paper.no}-court`, await courtDocx(paper, name, sayer(parts.words, PAPER)))
}

/** The agreement as data, for the printed page. */
export const shownAgreement = async (parts: ApiParts, of: Mediated) =>
  (await agreementView(parts, of, parts.house.store.read)) ?? refuse('notFound')

/** One meeting as an entry of a calendar, without names. */
const eventOf = (
  parts: ApiParts,
  of: Pick<Mediated, 'panel' | 'row'>,
  row: SessionRow,
  language: Language,
) => ({
  id: row.id,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  summary: `${med(parts, language, 'calendar.title', { code: of.row.code })} ${panelName(of.panel, language)}`,
  location: roomsOf(of.panel).find(room => room.id === row.roomId)?.name ?? '',
})

export const sendCalendar = (reply: FastifyReply, text: string) =>
  reply.header('cache-control', 'no-store').type('text/calendar; charset=utf-8').send(text)

/** The booked meeting for the side's own calendar. */
export async function sendSession(parts: ApiParts, of: Mediated, language: Language, reply: FastifyReply) {
  const booked = bookedOf(of.sessions) ?? refuse('notFound')
  const host = parts.config.publicUrl ? new URL(parts.config.publicUrl).host : 'huiyin'
  const text = feedOf(
    panelName(of.panel, language),
    [eventOf(parts, of, booked, language)],
    host,
    parts.house.now(),
  )
  return sendCalendar(reply, text)
}
