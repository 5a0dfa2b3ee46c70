import { underPseudonym } from '../actions/care/pseudonyms.ts'
import type { Tx } from '../store/db.ts'
import type { Known } from '../store/persons.ts'
import { addLine, type ConversationRow, type Line } from '../store/talks.ts'
import type { Words } from '../words.ts'
import type { HeardMessage } from './channel.ts'

/** The words of a message. Of one nobody can read: that it came, so that a clerk who has the conversation knows of it. */
export const heardText = async (
  words: Words,
  tx: Tx,
  who: Known,
  { unread, text }: HeardMessage,
): Promise<string> =>
  unread ? words(who.language, `bot:unread.${unread}`) : underPseudonym(tx, who.personId, text)

/** Says kindly that a message cannot be read. No turn is taken: the question that stood still stands. */
export function cannotRead(
  words: Words,
  tx: Tx,
  who: Known,
  conversation: ConversationRow,
  heard: Pick<HeardMessage, 'channel' | 'unread'> & { replyToId: string },
  now: string,
): Promise<Line> {
  const { channel, unread = 'other', replyToId } = heard
  const body = JSON.stringify({ text: words(who.language, `bot:cannotRead.${unread}`) })
  return addLine(tx, conversation, who.key, { sender: 'bot', channel, body, replyToId } as const, now)
}
