import webPush from 'web-push'
import type { Sent } from '../../rules/notices/outcome.ts'
import type { Store } from '../../store/db.ts'
import { closeDoor, doorsOf } from '../../store/push-doors.ts'
import type { Said, Sender } from '../ways.ts'

export interface PushParts {
  store: Store
  /** The keys by which browsers know us (VAPID), and where their makers may write to us. */
  publicKey: string
  privateKey: string
  contact: string
  /** Title and text on a locked screen: never a name, a place or a word of the matter. */
  wordsFor(said: Said): { title: string; text: string }
}

/** Seconds a push service keeps it for a browser that is away. */
const KEPT = 24 * 3600
/** The browser has taken back its door. */
const GONE: readonly number[] = [404, 410]

/** Wakes every browser the person asked for; one that took it is enough. */
export const webPushSender =
  (parts: PushParts): Sender =>
  async said => {
    const { row, bubble } = said
    const doors = row.personId ? await doorsOf(parts.store.read, row.personId) : []
    if (doors.length === 0) return null
    const { title, text } = parts.wordsFor(said)
    const path = bubble.code ? `/cases/${bubble.code}` : '/chat'
    const payload = JSON.stringify({ title, text, path, tag: bubble.code ?? row.notice })
    const outcomes = await Promise.all(doors.map(door => knock(parts, door, payload, row.urgent === 1)))
    return outcomes.find(one => one.is === 'sent') ?? outcomes.find(one => one.is === 'later') ?? outcomes[0]!
  }

type Door = Awaited<ReturnType<typeof doorsOf>>[number]

async function knock(parts: PushParts, door: Door, payload: string, urgent: boolean): Promise<Sent> {
  const { publicKey, privateKey, contact, store } = parts
  try {
    await webPush.sendNotification(door.subscription, payload, {
      vapidDetails: { subject: contact, publicKey, privateKey },
      TTL: KEPT,
      urgency: urgent ? 'high' : 'normal',
      timeout: 10_000,
    })
    return { is: 'sent' }
  } catch (fault) {
    const status = Number((fault as { statusCode?: number }).statusCode ?? 0)
    if (GONE.includes(status)) await store.write(tx => closeDoor(tx, door.id))
    if (GONE.includes(status) || status === 400 || status === 403)
      return { is: 'never', why: `push${status}` }
    return {
      is: 'later',
      afterSeconds: status === 429 ? 600 : 60,
      why: status ? `push${status}` : 'noAnswer',
    }
  }
}
