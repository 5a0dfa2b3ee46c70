import { OUTBOX } from '../chat/outbox.ts'
import { remember } from '../keeping.ts'

/** 快速离开: away at once, with nothing left behind on this device that tells of it. */

const DOOR = '/api/resident/quick-exit'
/** A page that tells nothing of who reads it. */
const ELSEWHERE = '/guide'

/** Words on this device that might tell: drafts, half-filled forms, what was not sent yet, chosen files. */
function forget(): void {
  for (const kept of ['draft', 'form', 'tray'] as const) remember(kept, null)
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(OUTBOX)) localStorage.removeItem(key)
    indexedDB.deleteDatabase('huiyin-files')
  } catch {
    // A device that remembers nothing has nothing to forget.
  }
}

const tell = (): Promise<Response> =>
  fetch(DOOR, {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })

/** Leaves for a page of no interest, in place of this one in the history. The service hears of it, now or with the next page. */
export function leaveQuickly(): void {
  remember('left', '1')
  forget()
  void tell().then(
    () => undefined,
    () => undefined,
  )
  location.replace(ELSEWHERE)
}

/** On the next page: tells the service again, should the first word have been lost with the page. */
export async function leftBefore(): Promise<void> {
  const answer = await tell().catch(() => undefined)
  if (answer && answer.status < 500) remember('left', null)
}
