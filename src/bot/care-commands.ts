import { linkCarer } from '../actions/care/carers.ts'
import { wishKnowledge } from '../actions/care/knowledge.ts'
import { offerLetter } from '../actions/care/letters.ts'
import { ownLetters } from '../actions/care/own-letters.ts'
import { handedOver } from '../actions/care/pairing-words.ts'
import { cannot, linkVolunteer, logVisit, remindTomorrow } from '../actions/care/visits.ts'
import type { House } from '../actions/house.ts'
import type { CareCommand, VisitAnswers } from '../flows/caring.ts'
import type { Command, Say } from '../flows/talk.ts'
import type { Tx } from '../store/db.ts'

const OF_CARE: readonly Command['do'][] = [
  'linkVolunteer',
  'remindTomorrow',
  'cannot',
  'logVisit',
  'wishKnowledge',
  'linkCarer',
  'readHandOver',
  'readLetters',
  'writeLetter',
] satisfies CareCommand['do'][]

/** Is this one of a volunteer's own? */
export const isOfCare = (command: Command): command is CareCommand => OF_CARE.includes(command.do)

/** Does what a volunteer asked for, in the transaction of the message, and says what came of it. */
export async function runCareCommand(
  house: House,
  tx: Tx,
  { personId }: { personId: string },
  command: CareCommand,
): Promise<Say[]> {
  switch (command.do) {
    case 'linkVolunteer': {
      const done = await linkVolunteer(house, tx, personId, command.with.code)
      if (!done.ok) return [{ say: done.why === 'locked' ? 'done.care.locked' : 'done.care.badCode' }]
      return [
        { say: 'done.care.linked', with: { name: done.name, children: done.children.join('、') || '—' } },
      ]
    }
    case 'remindTomorrow': {
      const done = await remindTomorrow(house, tx, personId)
      return [{ say: done.ok ? 'done.care.tomorrow' : 'done.care.noVolunteer' }]
    }
    case 'cannot': {
      const done = await cannot(house, tx, personId, command.with)
      return [
        done.ok
          ? { say: 'done.care.away', with: { until: command.with.toDate } }
          : { say: 'done.care.noVolunteer' },
      ]
    }
    case 'wishKnowledge': {
      const { on } = command.with
      await wishKnowledge(house, tx, personId, on)
      return [{ say: on ? 'done.care.knowledgeOn' : 'done.care.knowledgeOff' }]
    }
    case 'linkCarer': {
      const done = await linkCarer(house, tx, personId, command.with.code)
      if (!done.ok) return [{ say: done.why === 'locked' ? 'done.care.locked' : 'done.care.badCode' }]
      return [{ say: 'done.care.parentLinked' }]
    }
    case 'readHandOver':
      return handOver(house, tx, personId)
    case 'readLetters':
      return letters(house, tx, personId)
    case 'writeLetter':
      return offered(house, tx, personId, command.with)
    case 'logVisit':
      return logged(house, tx, personId, command.with)
  }
}

async function logged(
  house: House,
  tx: Tx,
  personId: string,
  { name, ...told }: VisitAnswers,
): Promise<Say[]> {
  const done = await logVisit(house, tx, personId, told)
  if (!done.ok) return [{ say: done.why === 'notYours' ? 'done.care.notYours' : 'done.care.noVolunteer' }]
  const values = { name, day: told.done ? told.onDate : (told.againOn ?? ''), count: done.count }
  const key = told.done ? (done.count > 0 ? 'loggedDuties' : 'logged') : told.againOn ? 'tried' : 'triedOpen'
  const { errand } = done
  return [
    { say: `done.care.${key}`, with: values },
    ...(errand ? [{ say: 'done.care.errand', with: { name, ...errand } }] : []),
  ]
}

/** What the volunteer before left, a line for each child. */
async function handOver(house: House, tx: Tx, personId: string): Promise<Say[]> {
  const done = await handedOver(house, tx, personId)
  if (!done.ok) return [{ say: 'done.care.noVolunteer' }]
  if (done.notes.length === 0) return [{ say: 'done.care.noHandOver' }]
  return done.notes.map(note => ({ say: 'done.care.handOver', with: { ...note } }))
}

/** The newest letter to a parent, in the chat; older ones stand on their page. */
async function letters(house: House, tx: Tx, personId: string): Promise<Say[]> {
  const [newest] = await ownLetters(house, tx, personId)
  if (!newest) return [{ say: 'done.care.noLetter' }]
  const { text, volunteer, sentOn } = newest
  return [{ say: 'done.care.letter', with: { text, volunteer, day: sentOn } }]
}

/** Refusals of a letter that have a sentence of their own in the chat. */
const LETTER_SAYS: Readonly<Record<string, string>> = {
  approved: 'letterApproved',
  notYours: 'notYours',
  noConsent: 'notYours',
}

async function offered(
  house: House,
  tx: Tx,
  personId: string,
  { pairingId, text }: { pairingId: string; text: string },
): Promise<Say[]> {
  const done = await offerLetter(house, tx, personId, { pairingId, text })
  if (done.ok) return [{ say: 'done.care.letterOffered', with: { name: done.name } }]
  return [{ say: `done.care.${LETTER_SAYS[done.why] ?? 'noVolunteer'}` }]
}
