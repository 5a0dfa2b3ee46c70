import { DUTIES, isDuty } from '../rules/grid/duties.ts'
import { putAgain } from './ask.ts'
import { begin, saidOf } from './begin.ts'
import { volunteerLinks } from './care.ts'
import type { Option } from './flow.ts'
import type { StaffFacts } from './grid.ts'
import { command, drop, inHand, type Moment, put, say } from './moment.ts'
import { isStaffFlow, type OpenFlow } from './talk.ts'
import { DUTY_WORDS, FOUND, GRID_MENU, linkCode, MY_GRID, MY_ORDERS, PATROL, UNLINK } from './words-grid.ts'

/** Staff in the chat: linking it, and the words by which a linked member begins their work. */

/** The link may have ended since the last message, at the desk or with the account: the talk lets go of what hung on it. */
export function checkLink(m: Moment): void {
  if (!m.talk.staff || m.facts.staff) return
  const { staff: _, ...talk } = m.talk
  m.talk = { ...talk, offered: [], stack: talk.stack.filter(({ flow }) => !isStaffFlow(flow)) }
  say(m, 'grid.ended')
}

/** Heard before everything but danger and the orders of the talk. True when this message was about being staff here. */
export function staffSaid(m: Moment): boolean {
  const { plain } = m.said
  if (plain.length > 400) return false
  if (volunteerLinks(m)) return true
  const code = linkCode(plain)
  if (code !== undefined) return linkSaid(m, code)
  if (UNLINK.test(plain)) {
    if (m.facts.staff) command(m, { do: 'unlinkChat' })
    else say(m, 'grid.notLinked')
    return true
  }
  return m.facts.staff !== undefined && workSaid(m, m.facts.staff)
}

/** Eight figures are tried; anything else is told what the word is for, so that a resident is not left standing. */
function linkSaid(m: Moment, code: string): boolean {
  if (/^\d{8}$/.test(code)) command(m, { do: 'linkChat', with: { code } })
  else say(m, code ? 'grid.noCode' : 'grid.howToLink')
  if (inHand(m)) putAgain(m)
  return true
}

function workSaid(m: Moment, staff: StaffFacts): boolean {
  const { plain } = m.said
  if (GRID_MENU.test(plain)) return done(() => putGridMenu(m))
  if (MY_ORDERS.test(plain)) return done(() => begin(m, 'myOrders', m.said))
  if (MY_GRID.test(plain)) return done(() => showGrid(m))
  if (staff.grids.length === 0) return false
  const open = inHand(m)
  // In the middle of a conversation a bare word is an answer; pictures sent before their words only began one.
  if (open) return onlyPictures(open) && FOUND.test(plain) && reportWith(m, open)
  const duty = DUTIES.find(key => DUTY_WORDS[key].test(plain))
  if (duty) return done(() => begin(m, 'duty', saidOf(''), { duty }))
  if (PATROL.test(plain)) return done(() => begin(m, 'patrol', { ...m.said, text: '', plain: '' }))
  if (FOUND.test(plain)) return done(() => begin(m, 'patrol', m.said))
  return false
}

const onlyPictures = ({ flow, answers }: OpenFlow): boolean =>
  flow === 'grievance' && Object.keys(answers).every(key => key === 'files')

function reportWith(m: Moment, open: OpenFlow): true {
  drop(m, open)
  begin(m, 'patrol', m.said, open.answers)
  return true
}

const done = (act: () => void): true => {
  act()
  return true
}

/** What a linked member may do here: orders for everybody, patrol and duties for who has a grid, the view for a head. */
export function putGridMenu(m: Moment): void {
  const { staff } = m.facts
  if (!staff) {
    say(m, 'grid.notLinked')
    return
  }
  const works = staff.grids.length > 0
  const duties = DUTIES.map(key => ({ value: `!duty.${key}`, label: `duty.${key}` }))
  const options: Option[] = [
    { value: '!flow.myOrders', label: 'gridMenu.orders' },
    ...(works ? [{ value: '!flow.patrol', label: 'gridMenu.patrol' }, ...duties] : []),
    ...(staff.head ? [{ value: '!gridView', label: 'gridMenu.view' }] : []),
  ]
  const n = staff.orders.total
  put(m, { say: n > 0 ? 'grid.menu' : 'grid.menuFree', with: { n }, options })
}

/** How one's grids stand. */
export function showGrid(m: Moment): void {
  if (m.facts.staff?.head) command(m, { do: 'showGrid' })
  else say(m, 'grid.onlyHeads')
  if (inHand(m)) putAgain(m)
}

/** A duty picked from the menu; false when there is none of that name. */
export function beginDuty(m: Moment, name: string): boolean {
  if (!isDuty(name) || !m.facts.staff) return false
  begin(m, 'duty', saidOf(''), { duty: name })
  return true
}
