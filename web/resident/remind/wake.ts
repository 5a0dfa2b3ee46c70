import { ask } from '../session.ts'

/** `never`: neither this browser nor the service can; `denied`: the browser was told not to. */
export type Reminding = 'on' | 'off' | 'denied' | 'never'

const canBe = () =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

/** The key by which browsers know this service; null where it wakes none. Throws `Refusal`. */
const serviceKey = async () => (await ask<{ key: string | null }>('GET', 'push')).key

/** How it stands in this browser. */
export async function reminding(): Promise<Reminding> {
  if (!canBe()) return 'never'
  try {
    const worker = await navigator.serviceWorker.getRegistration()
    if (!worker || !(await serviceKey())) return 'never'
    if (Notification.permission === 'denied') return 'denied'
    return (await worker.pushManager.getSubscription()) ? 'on' : 'off'
  } catch {
    return 'never'
  }
}

/** Asks the browser, then tells the service where to knock. To be called by a tap. Throws what the browser or the service says. */
export async function remind(): Promise<Reminding> {
  const key = await serviceKey()
  if (!key) return 'never'
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const worker = await navigator.serviceWorker.ready
  const door = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key),
  })
  const { endpoint, keys } = door.toJSON()
  await ask('POST', 'push', { endpoint, keys })
  return 'on'
}

/** Takes it back, here and at the service. */
export async function remindNoMore(): Promise<Reminding> {
  const worker = await navigator.serviceWorker.ready
  const door = await worker.pushManager.getSubscription()
  if (door) {
    await ask('POST', 'push/end', { endpoint: door.endpoint })
    await door.unsubscribe()
  }
  return 'off'
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const plain = atob(key.replace(/-/g, '+').replace(/_/g, '/'))
  const bytes = new Uint8Array(plain.length)
  for (let at = 0; at < plain.length; at++) bytes[at] = plain.charCodeAt(at)
  return bytes
}
