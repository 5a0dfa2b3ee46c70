import { slotsFor } from '../actions/book-session.ts'
import type { House } from '../actions/house.ts'
import { joinByInvite } from '../actions/invite-party.ts'
import { mediatedByCode } from '../actions/mediation-look.ts'
import { type Mover, moveMediation } from '../actions/move-mediation.ts'
import { openMediation } from '../actions/open-mediation.ts'
import type { Who } from '../actions/rights.ts'
import { holdSlot, whisper } from '../actions/use-mediation.ts'
import type { MediationVerb } from '../rules/mediation/types.ts'
import type { StaffRole } from '../rules/people/roles.ts'
import { type MediationPlot, PLOTS } from './mediation-plots.ts'

/** Mediations of the demonstration, in every state, each told again over the same steps a real one takes. */

const DAY = 86_400_000

/** Who is who in one mediation, and the clock turned back to a moment of it. */
interface Told {
  house: House
  at: (daysAgo: number, hour?: number) => House
  applicant: string
  other: string
  secretary: Who
  mediator: Who
}

/** Loads them; `persons` are the residents of the demonstration by index, `staff` ids by log-in. */
export async function seedMediations(
  house: House,
  persons: readonly string[],
  staff: ReadonlyMap<string, string>,
  known: number,
): Promise<number> {
  for (const [index, plot] of PLOTS.entries()) {
    const spare = (n: number) => persons[(known + 3 + index * 2 + n) % persons.length]!
    const applicant = plot.known === 'applicant' ? persons[known]! : spare(0)
    const other = plot.known === 'other' ? persons[known]! : spare(1)
    const who = (login: string, role: StaffRole) => memberOf(house, staff, login, role, plot.panel)
    await tellOne(
      {
        house,
        at: (daysAgo, hour = 10) => turned(house, daysAgo, hour),
        applicant,
        other,
        secretary: who(plot.secretary, 'panelSecretary'),
        mediator: who(plot.mediator, 'mediator'),
      },
      plot,
    )
  }
  return PLOTS.length
}

/** The house at an hour of the zone some days ago (never later than now). */
function turned(house: House, daysAgo: number, hour: number): House {
  const now = Date.parse(house.now())
  const local = new Date(now + 8 * 3_600_000 - daysAgo * DAY).toISOString().slice(0, 10)
  const at = new Date(Math.min(now, Date.parse(`${local}T00:00:00Z`) + (hour - 8) * 3_600_000)).toISOString()
  return { ...house, now: () => at }
}

function memberOf(
  house: House,
  staff: ReadonlyMap<string, string>,
  login: string,
  role: StaffRole,
  unit: string,
): Who {
  const id = staff.get(login)!
  const path = house.district.units.get(unit)!.path
  return { staffId: id, name: login, members: [{ id, role, unit, path }] }
}

async function tellOne(told: Told, plot: MediationPlot): Promise<void> {
  const { house, applicant, other, secretary } = told
  const first = told.at(plot.days)
  const { panel, what, category, safety, answers, otherName, name, phone } = plot
  const kind = otherName.length > 3 ? 'organisation' : 'person'
  const application = {
    ...{ panel, what, category, safety, answers, name, phone, files: [] },
    other: { kind: kind as 'organisation' | 'person', name: otherName, phone: null },
  }
  const { row } = await house.store.write(tx => openMediation(first, tx, applicant, application, first.now()))
  const { code } = row
  const by = {
    applicant: { personId: applicant },
    other: { personId: other },
    secretary: { staff: secretary },
    mediator: { staff: told.mediator },
    clock: { clock: true as const },
  }
  for (const { after, who, verb, form } of plot.steps) {
    const then = told.at(Math.max(0, plot.days - after))
    if (verb === 'book') await bookOne(then, by.applicant, code, form?.ahead as number | undefined)
    else if (verb === 'join') await joinOne(then, by.secretary, other, code)
    else if (verb === 'words')
      await whisper(then, by[who] as { personId: string }, code, { text: String(form?.text) })
    else if (verb === 'atMeeting') {
      // Around a long holiday the first free day may still be ahead: then the story waits there.
      if (!(await atMeeting(house, by.mediator, code, form ?? {}))) return
    } else
      await must(moveMediation(then, by[who], code, verb, await withPromise(then, code, form ?? {})), verb)
  }
}

async function must(done: ReturnType<typeof moveMediation>, verb: MediationVerb) {
  const result = await done
  if (!result.ok) throw new Error(`demonstration: ${verb} of a mediation: ${JSON.stringify(result)}`)
  return result
}

async function joinOne(house: House, secretary: Mover, personId: string, code: string) {
  const { made } = await must(moveMediation(house, secretary, code, 'invite', {}), 'invite')
  await house.store.write(tx => joinByInvite(tx, personId, made.token!))
}

/** Books the first free slot, at least so many days ahead. */
async function bookOne(house: House, applicant: { personId: string }, code: string, ahead = 0) {
  const of = (await mediatedByCode(house.store.read, house.district, code))!
  const day = (n: number) => new Date(Date.parse(house.now()) + n * DAY).toISOString().slice(0, 10)
  const [slot] = await slotsFor(house, house.store.read, of, day(ahead), day(ahead + 20))
  const held = slot && (await holdSlot(house, applicant, code, { startsAt: slot.startsAt }))
  if (!held?.ok) throw new Error(`demonstration: no slot for ${code}`)
  await must(moveMediation(house, applicant, code, 'book', { session: held.session.id }), 'book')
}

/** What is done in the meeting itself, at its own hour: begun, and what came of it, by the mediator it was booked with. */
async function atMeeting(
  house: House,
  mediator: { staff: Who },
  code: string,
  form: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const of = (await mediatedByCode(house.store.read, house.district, code))!
  const booked = of.sessions.find(session => session.state === 'booked')!
  if (booked.startsAt > house.now()) return false
  const then: House = { ...house, now: () => new Date(Date.parse(booked.startsAt) + 300_000).toISOString() }
  const [member] = mediator.staff.members
  const whose = { staffId: booked.mediatorId, name: '', members: [{ ...member!, id: booked.mediatorId }] }
  await must(moveMediation(then, { staff: whose }, code, 'begin', { told: true }), 'begin')
  if (!form.verb) return true
  const { verb, ...rest } = form
  const dated = form.agreement ? { ...rest, agreement: datedFrom(form.agreement, booked.startsAt) } : rest
  await must(moveMediation(then, { staff: whose }, code, verb as MediationVerb, dated), verb as MediationVerb)
  return true
}

/** Days of promises are counted from the meeting: `by` is a number of days there. */
function datedFrom(agreement: unknown, startsAt: string) {
  const { items, ...text } = agreement as { items: { by: number }[] }
  const day = (n: number) => new Date(Date.parse(startsAt) + n * DAY).toISOString().slice(0, 10)
  return { ...text, items: items.map(item => ({ ...item, by: day(item.by) })) }
}

/** A step on a promise names it by its number. */
async function withPromise(house: House, code: string, form: Readonly<Record<string, unknown>>) {
  if (typeof form.promise !== 'number') return form
  const of = (await mediatedByCode(house.store.read, house.district, code))!
  const row = await house.store.read.sql.get<{ id: string }>(
    'SELECT "id" FROM "Promised" WHERE "caseId" = ? AND "no" = ?',
    of.row.id,
    form.promise,
  )
  return { ...form, promise: row?.id ?? '' }
}
