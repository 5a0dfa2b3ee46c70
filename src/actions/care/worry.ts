import { addressedTo, reportDue } from '../../rules/care/report.ts'
import { type SignKey, signsIn } from '../../rules/care/signs.ts'
import { childById } from '../../store/care/children.ts'
import { addReport } from '../../store/care/needs.ts'
import { everyPairingOf, pairingsOfVolunteer } from '../../store/care/pairings.ts'
import { volunteerOfPerson } from '../../store/care/volunteers.ts'
import { newId, type Tx } from '../../store/db.ts'
import { knownBy } from '../../store/persons.ts'
import { openDanger } from '../alerts.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { withoutNames } from './pseudonyms.ts'
import { cares } from './registry.ts'

export interface Worry {
  personId: string
  text: string
  alertId: string
  caseId: string
}

/**
 * Draws up the mandatory report (未成年人保护法 11) where a volunteer told of danger to one of their children: the child named, else every
 * child they have, so that none is missed. The clock begins now; the duty person has been called by the alert; who reported is
 * sealed apart. Somebody who is no volunteer opens none.
 */
export async function openCareReport(
  house: House,
  tx: Tx,
  { personId, text, alertId, caseId }: Worry,
  now: string,
): Promise<number> {
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return 0
  const own = await pairingsOfVolunteer(tx, volunteer.id, dayOf(house, now))
  // Consent withdrawn or pairing over: the duty to report stands (未成年人保护法 11).
  const named = (await everyPairingOf(tx, volunteer.id)).filter(row => text.includes(row.pseudonym))
  const about = new Set((named.length ? named : own).map(row => row.childId))
  const reporter = `volunteer:${volunteer.id}`
  for (const childId of about)
    await drawUp(tx, { ...{ childId, alertId, caseId, reporter, text }, signs: heardIn(house, text) }, now)
  return about.size
}

/** Signs heard in words that told of danger: at the least that there is some. */
function heardIn({ district }: House, text: string): readonly SignKey[] {
  const heard = signsIn(text, district.care.signs)
  return heard.length ? heard : ['otherDanger']
}

interface Drawn {
  childId: string
  alertId: string
  caseId: string
  reporter: string
  text: string
  signs: readonly SignKey[]
}

const drawUp = (tx: Tx, { text, signs, ...of }: Drawn, now: string): Promise<string> =>
  addReport(
    tx,
    { ...of, record: { words: text, signs, addressedTo: addressedTo(signs) }, dueAt: reportDue(now) },
    now,
  )

/**
 * The same way from the desk: a case, an alert and a call to whoever is on duty, and the report with its clock. The case belongs to nobody who
 * is known, so that it tells not who reported. Answers with the report.
 */
export async function callForChild(
  house: House,
  tx: Tx,
  {
    child,
    words,
    reporter,
  }: { child: { childId: string; pseudonym: string }; words: string; reporter: string },
  now: string,
): Promise<string> {
  const signs = heardIn(house, words)
  const nobody = await knownBy(tx, { channel: 'web', appId: '-', address: `report.${newId()}` }, now)
  const told = `${child.pseudonym}：${await withoutNames(tx, child, words)}`
  const danger = { kinds: ['minor_harmed'], text: told, because: signs, noReply: true }
  const opened = await openDanger(house, tx, nobody.personId, danger, now)
  return drawUp(tx, { childId: child.childId, ...opened, reporter, text: words, signs }, now)
}

/**
 * "Report a worry" at the desk, by the coordinator or the village's child director: consent is not asked for, the law obliges. Refusals: notFound.
 */
export function reportWorry(
  house: House,
  who: Who,
  childId: string,
  words: string,
): Promise<Result<{ report: string }>> {
  return house.store.write(async tx => {
    const child = await childById(tx, childId)
    if (!child || child.endedAt || !cares(house, who, 'seeCare', child.unitId)) return refused('notFound')
    const about = { childId, pseudonym: child.pseudonym }
    const reporter = `staff:${who.staffId}`
    const report = await callForChild(house, tx, { child: about, words, reporter }, house.now())
    return { ok: true, report }
  }, childId)
}
