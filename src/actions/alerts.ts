import { callOrder, onDuty } from '../rules/people/roster.ts'
import {
  type AlertRow,
  acknowledge,
  alertById,
  alertsToEscalate,
  escalateAlert,
  raiseAlert,
} from '../store/alerts.ts'
import { caseById } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { type House, type Result, refused } from './house.ts'
import { apply } from './move-case.ts'
import { openCase } from './open-case.ts'
import type { Who } from './rights.ts'
import { tellStaff } from './tell.ts'

export interface DangerHeard {
  /** self_harm, violence, minor_harmed, fire_or_life, crime. */
  kinds: readonly string[]
  /** The words, to the letter. */
  text: string
  /** Why the gate spoke, for staff. */
  because: readonly string[]
  /** Nobody to answer: it was reported at a desk. */
  noReply?: boolean
}

/** Danger to people is never searched and never shown beside ordinary grievances: it is a help request of its own kind. */
const PRIVATE = ['self_harm', 'minor_harmed', 'violence']

const CALLED = ['duty.danger', 'deputy.danger', 'leader.danger'] as const

/**
 * Danger heard: an urgent case, an alert, and a call to whoever is on duty; deputy after five minutes, then the leader. Quiet hours
 * never apply.
 */
export async function openDanger(
  house: House,
  tx: Tx,
  personId: string,
  heard: DangerHeard,
  now: string,
): Promise<{ alertId: string; caseId: string }> {
  const opened = await openCase(
    house,
    tx,
    personId,
    {
      kind: heard.kinds.some(kind => PRIVATE.includes(kind)) ? 'hotline' : 'grievance',
      what: heard.text,
      title: titleOf(heard.kinds),
      category: 'danger',
      route: null,
      class: 'urgent',
      points: [],
      place: { words: '' },
      name: null,
      phone: null,
      files: [],
      hidden: true,
      noReply: heard.noReply === true,
      danger: true,
    },
    now,
  )
  const calls = callsFor(house, house.district.code, now)
  const staff = calls.length ? await staffByLogin(tx, calls[0]!.person) : null
  const alert = await raiseAlert(
    tx,
    {
      personId,
      caseId: opened.row.id,
      kinds: heard.kinds.join(),
      dutyStaffId: staff,
      nextAt: calls[1]?.at ?? null,
      because: heard.because.join('；'),
    },
    now,
  )
  const body = { code: opened.row.code, kinds: heard.kinds.join() }
  if (staff)
    await tellStaff(house, tx, 'duty.danger', staff, {
      cause: `${alert.id}.0`,
      caseId: opened.row.id,
      body,
      now,
    })
  return { alertId: alert.id, caseId: opened.row.id }
}

/**
 * True while an alert for these kinds stands that nobody has acknowledged: a second would only hide the first. Once somebody has seen
 * it, danger heard again is a new call.
 */
export async function stillCalling(tx: Tx, personId: string, kinds: readonly string[]): Promise<boolean> {
  const rows = await tx.sql.all<{ kinds: string }>(
    `SELECT "kinds" FROM "Alert" WHERE "personId" = ? AND "state" = 'open'`,
    personId,
  )
  return kinds.every(kind => rows.some(row => row.kinds.split(',').includes(kind)))
}

const TITLES: Readonly<Record<string, string>> = {
  self_harm: '有人可能伤害自己',
  violence: '有人正受到暴力',
  minor_harmed: '未成年人可能受到伤害',
  fire_or_life: '有人有生命危险',
  crime: '可能正在发生违法犯罪',
}
const titleOf = (kinds: readonly string[]) => kinds.map(kind => TITLES[kind] ?? kind).join('、')

function callsFor(house: House, unit: string, raisedAt: string) {
  const path = house.district.units.get(unit)?.path ?? unit
  const duty = onDuty(house.district.roster, path, raisedAt, house.district.zone)
  return duty ? callOrder(duty, raisedAt) : []
}

async function staffByLogin(tx: Tx, login: string): Promise<string | null> {
  const row = await tx.sql.get<{ id: string }>(
    'SELECT "id" FROM "Staff" WHERE "login" = ? AND "endedAt" IS NULL',
    login,
  )
  return row?.id ?? null
}

/** Whether the roster names somebody now who has an account to be called at. */
export async function somebodyOnDuty(house: House, tx: Tx, now: string): Promise<boolean> {
  const [call] = callsFor(house, house.district.code, now)
  return call !== undefined && (await staffByLogin(tx, call.person)) !== null
}

/** Calls the deputy, then the leader, about every alert nobody has acknowledged in time. Returns how many were called. */
export async function escalateAlerts(house: House): Promise<number> {
  const now = house.now()
  const late = await alertsToEscalate(house.store.read, now)
  let called = 0
  for (const alert of late)
    if (await house.store.write(tx => escalateOne(house, tx, alert, now), alert.id)) called++
  return called
}

async function escalateOne(house: House, tx: Tx, alert: AlertRow, now: string): Promise<boolean> {
  const calls = callsFor(house, house.district.code, alert.raisedAt)
  const stage = alert.stage + 1
  const call = calls[stage]
  const staffId = call ? await staffByLogin(tx, call.person) : null
  const next = { stage, staffId: staffId ?? alert.dutyStaffId ?? '', nextAt: calls[stage + 1]?.at ?? null }
  if (!(await escalateAlert(tx, alert, next))) return false
  const about = {
    cause: `${alert.id}.${stage}`,
    caseId: alert.caseId,
    body: { kinds: alert.kinds, code: null },
    now,
  }
  if (staffId) await tellStaff(house, tx, CALLED[Math.min(stage, 2)]!, staffId, about)
  return staffId !== null
}

/** A member of staff has seen an alert and answers for it: the person is told that somebody has, the clock on the case is met. */
export function acknowledgeAlert(house: House, who: Who, id: string): Promise<Result<{ alert: AlertRow }>> {
  return house.store.write(async tx => {
    const alert = await alertById(tx, id)
    if (!alert) return refused('notFound')
    const now = house.now()
    if (!(await acknowledge(tx, id, who.staffId, now)))
      return refused('faster', { with: { staffId: alert.acknowledgedById } })
    const row = alert.caseId ? await caseById(tx, alert.caseId) : null
    const member = who.members[0]
    if (row && member)
      await apply(
        house,
        tx,
        row,
        'acknowledge',
        member.role,
        { kind: 'staff', id: who.staffId, unit: member.unit },
        {},
      )
    return {
      ok: true,
      alert: { ...alert, state: 'acknowledged', acknowledgedAt: now, acknowledgedById: who.staffId },
    }
  }, id)
}
