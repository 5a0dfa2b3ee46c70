import type { House } from '../actions/house.ts'
import { leftQuickly } from '../flows/begin-help.ts'
import type { Talk } from '../flows/talk.ts'
import { keyOf } from '../store/keys.ts'
import { conversationOf, keepConversation } from '../store/talks.ts'
import { veilHelp } from '../store/veil.ts'

/**
 * 快速离开 by its button: no word is said and no line written. Calls for help are set aside with every answer, and their lines are veiled.
 * Nothing happens twice, and nothing for somebody erased.
 */
export function quickExit({ store, now }: House, personId: string): Promise<void> {
  return store.write(async tx => {
    const key = await keyOf(tx, personId)
    if (!key) return
    if (store.kind === 'postgresql')
      await tx.sql.all('SELECT 1 FROM "Person" WHERE "id" = ? FOR UPDATE', personId)
    const conversation = await conversationOf(tx, personId, key)
    if (conversation.talk) {
      conversation.talk = JSON.stringify(leftQuickly(JSON.parse(conversation.talk) as Talk))
      await keepConversation(tx, conversation, key, now())
    }
    await veilHelp(tx, personId)
  }, personId)
}
