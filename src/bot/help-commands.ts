import type { House } from '../actions/house.ts'
import { openHelp } from '../actions/open-help.ts'
import type { HelpAnswers, HelpCommand } from '../flows/helping.ts'
import type { Say } from '../flows/talk.ts'
import type { Tx } from '../store/db.ts'
import type { Speaker } from './commands.ts'

/** Does what the talk asks for somebody who seeks help. Lines are veiled once the turn is written. */
export async function helpCommand(house: House, tx: Tx, who: Speaker, command: HelpCommand): Promise<Say[]> {
  if (command.do === 'openHelp') return receipt(house, tx, who, command.with)
  who.veils = true
  return []
}

/** Opens the call for help, with a receipt that names no desk: others may read it. */
async function receipt(
  house: House,
  tx: Tx,
  who: { personId: string; now: string },
  asked: HelpAnswers,
): Promise<Say[]> {
  const { row, queryCode, contactBy } = await openHelp(house, tx, who.personId, asked, who.now)
  const { how, quiet } = asked.wishes
  const receipt = how === 'here' ? 'help.receiptHere' : quiet ? 'help.receiptQuiet' : 'help.receiptCall'
  return [
    {
      say: receipt,
      with: { code: row.code, queryCode, contactBy },
      card: {
        kind: 'receipt',
        rows: [
          { key: 'code', value: row.code },
          { key: 'queryCode', value: queryCode },
          { key: 'contactBy', value: contactBy },
        ],
      },
    },
  ]
}
