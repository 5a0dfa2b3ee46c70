import { openDanger, stillCalling } from '../actions/alerts.ts'
import { openCareReport } from '../actions/care/worry.ts'
import type { House } from '../actions/house.ts'
import { wishLearning } from '../actions/learning/examples.ts'
import { eraseMyData, keepCorrection, newRecoveryCode, seeMyData } from '../actions/my-data.ts'
import { openCase } from '../actions/open-case.ts'
import {
  addToCase,
  type OwnCaseLine,
  ownCases,
  rateCase,
  showCase,
  withdrawCase,
} from '../actions/own-cases.ts'
import type { CareCommand } from '../flows/caring.ts'
import type { GridCommand } from '../flows/grid.ts'
import type { HelpCommand } from '../flows/helping.ts'
import type { CardRow, Command, Say } from '../flows/talk.ts'
import { addConsent } from '../store/consents.ts'
import type { Tx } from '../store/db.ts'
import type { ConversationRow } from '../store/talks.ts'
import { isOfCare, runCareCommand } from './care-commands.ts'
import { gridCommand } from './grid-commands.ts'
import { helpCommand } from './help-commands.ts'
import { followedCase, followedRows, joinCase, unfollowed } from './join-case.ts'
import { mediationReceipt, reminderAnswered } from './mediation-commands.ts'

/** Who speaks, and the conversation whose mode a command may change. */
export interface Speaker {
  personId: string
  conversation: ConversationRow
  now: string
  /** Set when the person left in a hurry: what was said of a call for help is veiled once the turn is written. */
  veils?: boolean
}

/** Does what the engine asked for, in the transaction of the message, and says what came of it. */
export async function runCommand(house: House, tx: Tx, who: Speaker, command: Command): Promise<Say[]> {
  switch (command.do) {
    case 'openCase':
      return receipt(house, tx, who, command)
    case 'openMediation':
      return mediationReceipt(house, tx, who, command.with)
    case 'answerReminder':
      return reminderAnswered(house, tx, who.personId, command.with)
    case 'joinCase':
      return joinCase(house, tx, who, command.with, () =>
        receipt(house, tx, who, { do: 'openCase', with: command.with.otherwise }),
      )
    case 'unfollow':
      return unfollowed(tx, who.personId, command.with.code)
    case 'openDanger':
      return danger(house, tx, who, command.with)
    case 'showCases':
      return cases(await ownCases(house, tx, who.personId), await followedRows(house, tx, who.personId))
    case 'showCase':
      return oneCase(house, tx, who, command.with)
    case 'addToCase':
    case 'withdrawCase':
    case 'rateCase':
      return ownVerb(house, tx, who, command)
    case 'callPerson':
    case 'handBack':
      return setMode(tx, who, command.do === 'callPerson' ? 'waiting' : 'bot')
    case 'recordConsent':
      await addConsent(tx, who.personId, command.with, who.now)
      return []
    case 'showMyData':
    case 'exportMyData':
    case 'correctMyData':
    case 'eraseMyData':
    case 'newRecoveryCode':
      return aboutMyData(tx, who, command)
    case 'wishLearning':
      await wishLearning(house, tx, who.personId, command.with)
      return [{ say: command.with.on ? 'done.learning.on' : 'done.learning.off' }]
    default:
      return elsewhere(house, tx, who, command)
  }
}

/** What has a file of its own: calls for help, the care of children, the work of grids. */
function elsewhere(
  house: House,
  tx: Tx,
  who: Speaker,
  command: HelpCommand | CareCommand | GridCommand,
): Promise<Say[]> {
  if (command.do === 'openHelp' || command.do === 'veil') return helpCommand(house, tx, who, command)
  return isOfCare(command) ? runCareCommand(house, tx, who, command) : gridCommand(house, tx, who, command)
}

async function receipt(
  house: House,
  tx: Tx,
  who: Speaker,
  command: Extract<Command, { do: 'openCase' }>,
): Promise<Say[]> {
  const opened = await openCase(house, tx, who.personId, { kind: 'grievance', ...command.with }, who.now)
  const { row, queryCode, answerBy, contactBy } = opened
  const office = officeOf(house, row.holderUnitId)
  const urgent = row.class === 'urgent'
  const rows: CardRow[] = [
    { key: 'code', value: row.code },
    { key: 'queryCode', value: queryCode },
    { key: 'office', value: office },
    ...(urgent ? [{ key: 'contactBy', value: contactBy }] : []),
    { key: 'due', value: answerBy },
  ]
  const say = command.with.noReply ? 'done.receiptNoReply' : urgent ? 'shell.receiptUrgent' : 'shell.receipt'
  return [
    {
      say,
      with: { code: row.code, queryCode, office, due: answerBy, contactBy },
      card: { kind: 'receipt', rows },
    },
  ]
}

const officeOf = (house: House, unit: string) => house.district.units.get(unit)?.name ?? house.district.name

/** The engine says what to do first and who was called. */
async function danger(
  house: House,
  tx: Tx,
  who: Speaker,
  heard: Extract<Command, { do: 'openDanger' }>['with'],
): Promise<Say[]> {
  if (await stillCalling(tx, who.personId, heard.kinds)) return []
  const opened = await openDanger(house, tx, who.personId, heard, who.now)
  await openCareReport(house, tx, { personId: who.personId, text: heard.text, ...opened }, who.now)
  return []
}

function cases(lines: readonly OwnCaseLine[], followed: readonly CardRow[]): Say[] {
  if (lines.length + followed.length === 0) return [{ say: 'done.noCases' }]
  const rows = lines.slice(0, 5).map(line => ({
    key: `state.${line.paused ? 'paused' : line.state}`,
    ...(line.help ? { label: 'done:ownHelp' } : { value: `${line.code} ${line.title}` }),
    note: line.office,
  }))
  return [{ say: 'shell.cases', card: { kind: 'cases', rows: [...rows, ...followed] } }]
}

async function oneCase(
  house: House,
  tx: Tx,
  who: Speaker,
  asked: { code: string; queryCode?: string },
): Promise<Say[]> {
  const found = await showCase(house, tx, who.personId, asked)
  if (!found.ok) {
    const near = await followedCase(house, tx, who.personId, asked.code)
    return near ?? [{ say: WHY[found.why] ?? 'shell.broken' }]
  }
  const { line, own } = found
  const rows: CardRow[] = [
    { key: 'code', value: line.code },
    ...(own && !line.help ? [{ key: 'title', value: line.title }] : []),
    { key: 'state', label: `done:state.${line.paused ? 'paused' : line.state}` },
    { key: 'office', value: line.office },
    { key: 'received', value: line.createdAt },
    ...(line.open && line.due ? [{ key: 'due', value: line.due }] : []),
  ]
  return [{ say: 'shell.case', with: { code: line.code }, card: { kind: 'case', rows } }]
}

/** What a refusal is called in talk. */
const WHY: Readonly<Record<string, string>> = {
  notFound: 'shell.caseNotFound',
  needsQueryCode: 'done.needsQueryCode',
  locked: 'shell.caseLocked',
  notFromHere: 'shell.caseClosed',
  notYours: 'shell.notYours',
  tooLate: 'shell.tooLate',
}

async function ownVerb(
  house: House,
  tx: Tx,
  who: Speaker,
  command: Extract<Command, { do: 'addToCase' | 'withdrawCase' | 'rateCase' }>,
): Promise<Say[]> {
  const done =
    command.do === 'addToCase'
      ? await addToCase(house, tx, who.personId, command.with)
      : command.do === 'withdrawCase'
        ? await withdrawCase(house, tx, who.personId, command.with)
        : await rateCase(house, tx, who.personId, command.with)
  if (!done.ok) return [{ say: WHY[done.why] ?? 'shell.broken' }]
  const { line } = done
  const rated = line.state === 'closed' ? 'shell.rated' : 'shell.reopened'
  const say = { addToCase: 'shell.added', withdrawCase: 'shell.withdrawn', rateCase: rated }[command.do]
  const days = house.district.settings.reopenDays
  return [{ say, with: { code: line.code, office: line.office, due: line.due ?? '', days } }]
}

/** Asked for a person, or back to the bot; the engine has said the words. */
async function setMode(tx: Tx, who: Speaker, mode: 'waiting' | 'bot'): Promise<Say[]> {
  who.conversation.mode = mode
  if (mode === 'bot') who.conversation.takenById = null
  tx.changes.conversations.add(who.personId)
  tx.changes.lists = true
  return []
}

type MyDataCommand = Extract<
  Command,
  { do: 'showMyData' | 'exportMyData' | 'correctMyData' | 'eraseMyData' | 'newRecoveryCode' }
>

async function aboutMyData(tx: Tx, who: Speaker, command: MyDataCommand): Promise<Say[]> {
  switch (command.do) {
    case 'showMyData': {
      const seen = await seeMyData(tx, who.personId)
      return [
        { say: 'shell.myData', card: { kind: 'myData', rows: seen.map(([key, value]) => ({ key, value })) } },
      ]
    }
    case 'exportMyData':
      return [{ say: 'shell.exported', with: { url: '/api/resident/export', link: '/api/resident/export' } }]
    case 'correctMyData':
      await keepCorrection(tx, who.personId, command.with)
      return [{ say: 'shell.corrected' }]
    case 'newRecoveryCode':
      return [{ say: 'shell.recoveryCode', with: { code: await newRecoveryCode(tx, who.personId) } }]
    case 'eraseMyData':
      await eraseMyData(tx, who.personId, who.now)
      return [{ say: 'shell.erased' }]
  }
}
