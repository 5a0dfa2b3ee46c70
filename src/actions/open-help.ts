import { categoryOfHelp, classOfHelp, type HelpWishes } from '../rules/help.ts'
import type { Tx } from '../store/db.ts'
import type { House } from './house.ts'
import { type Opened, openCase } from './open-case.ts'

/** What somebody who seeks help told, read by the talk. */
export interface HelpSought {
  what: string
  unit: string | null
  wishes: HelpWishes
  phone: string | null
}

/** All such cases have one title: lists are read by more people than the case. */
const TITLE = '求助（保密）'

/** Written where the person would rather tell it when somebody is in touch. */
const UNSAID = '（没有写，联系时再说）'

/**
 * Opens a call for help 求助 in the transaction of the message: confidential, in the hands of its desk at once, without place, points or
 * search copy. Where the district has no such desk it is held by the district itself.
 */
export function openHelp(
  house: House,
  tx: Tx,
  personId: string,
  { what, unit, wishes, phone }: HelpSought,
  now: string,
): Promise<Opened> {
  const { units, code } = house.district
  return openCase(
    house,
    tx,
    personId,
    {
      kind: 'hotline',
      what: what || UNSAID,
      title: TITLE,
      category: categoryOfHelp(wishes.desk),
      route: null,
      class: classOfHelp(wishes),
      points: [],
      place: { words: '' },
      name: null,
      phone,
      files: [],
      hidden: true,
      noReply: false,
      help: { unit: unit && units.has(unit) ? unit : code, wishes },
    },
    now,
  )
}
