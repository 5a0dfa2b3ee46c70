import type { Receive } from '../bot/channel.ts'

/** Counts what goes through `receive` since the start of this process. */
export function countTurns(receive: Receive) {
  const counted = { turns: 0, repeats: 0, failed: 0 }
  const counting: Receive = async heard => {
    try {
      const received = await receive(heard)
      counted.turns += 1
      if (received.repeat) counted.repeats += 1
      return received
    } catch (fault) {
      counted.failed += 1
      throw fault
    }
  }
  return { counted, receive: counting }
}
