import { roomsOf } from '../actions/book-session.ts'
import type { House } from '../actions/house.ts'
import { mediatedById } from '../actions/mediation-look.ts'
import { openMediation } from '../actions/open-mediation.ts'
import { answerReminder } from '../actions/use-mediation.ts'
import type { MediationAnswers, Say } from '../flows/talk.ts'
import type { Tx } from '../store/db.ts'
import { mediationCodesOf } from '../store/parties.ts'
import { bookedOf } from '../store/sessions.ts'

/** Opens the mediation asked for, with its receipt; limits of law are told at once and plainly. */
export async function mediationReceipt(
  house: House,
  tx: Tx,
  who: { personId: string; now: string },
  asked: MediationAnswers,
): Promise<Say[]> {
  const { row, queryCode, admitBy, limits } = await openMediation(house, tx, who.personId, asked, who.now)
  const office = house.district.units.get(row.holderUnitId)?.name ?? house.district.name
  return [
    {
      say: 'done.mediationReceipt',
      with: { code: row.code, queryCode, office, due: admitBy },
      card: {
        kind: 'receipt',
        rows: [
          { key: 'code', value: row.code },
          { key: 'queryCode', value: queryCode },
          { key: 'office', value: office },
          { key: 'due', value: admitBy },
        ],
      },
    },
    ...limits.map(({ key }) => ({ say: `mediation.limit.${key}` })),
  ]
}

/** 能到 / 要改期, said in talk: it means the meeting that was reminded of, else the next one of this person. */
export async function reminderAnswered(
  house: House,
  tx: Tx,
  personId: string,
  { answer, code }: { answer: 'coming' | 'move'; code?: string },
): Promise<Say[]> {
  const now = house.now()
  const meetings = []
  for (const { caseId } of await mediationCodesOf(tx, personId)) {
    const of = await mediatedById(tx, house.district, caseId)
    const booked = of && bookedOf(of.sessions)
    if (of && booked && booked.startsAt > now && (!code || of.row.code === code))
      meetings.push({ of, booked })
  }
  const next = meetings.sort((a, b) => (a.booked.startsAt < b.booked.startsAt ? -1 : 1))[0]
  if (!next) return [{ say: 'done.noMeeting' }]
  const { of, booked } = next
  await answerReminder(house, tx, personId, of.row.code, answer)
  const room = roomsOf(of.panel).find(one => one.id === booked.roomId)?.name ?? ''
  const said = answer === 'coming' ? 'done.reminderComing' : 'done.reminderMove'
  return [{ say: said, with: { at: booked.startsAt, room, code: of.row.code } }]
}
