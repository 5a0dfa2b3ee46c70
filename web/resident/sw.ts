/**
 * The worker that opens the page without a network. It keeps the resident shell with all it can load, and the few public
 * lists that help without a line (hotlines, guide, places). Nothing personal is ever kept here, and no page of the staff
 * is touched.
 */
declare const __FILES__: readonly string[]
declare const __VERSION__: string

/** The parts of the worker's world used here; the page's own types do not know them. */
interface Extended extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched extends Extended {
  readonly request: Request
  readonly preloadResponse?: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}
/** A knock of the service: title and text without anything personal, and the page to open. */
interface Pushed extends Extended {
  readonly data?: { json(): { title: string; text: string; path: string; tag: string } }
}
interface Clicked extends Extended {
  readonly notification: { readonly data: { path: string }; close(): void }
}
interface World {
  addEventListener(type: 'install' | 'activate', listener: (event: Extended) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void
  addEventListener(type: 'push', listener: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; openWindow(path: string): Promise<unknown> }
  registration: {
    navigationPreload?: { enable(): Promise<void> }
    showNotification(title: string, more: object): Promise<void>
  }
}
const world = self as unknown as World

const SHELL = '/shell.html'
const OURS = 'huiyin-shell-'
const NOW = OURS + __VERSION__
const DATA = 'huiyin-data'
/** Milliseconds a page may take before the kept shell is shown instead. */
const PATIENCE = 3_000
/** What a gateway says while the service is away. */
const AWAY = new Set([502, 503, 504])
const PUBLIC = ['district', 'services', 'places', 'panels'].map(list => `/api/resident/${list}`)
/** After these the public lists may be in another language. */
const CHANGES = /^\/api\/resident\/(language|recover)$/

world.addEventListener('install', event => event.waitUntil(keepAll().then(() => world.skipWaiting())))
world.addEventListener('activate', event => event.waitUntil(takeOver()))
world.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'POST' && CHANGES.test(pathname)) event.respondWith(changed(event))
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') {
    if (!/^\/(staff|api|wechat|metrics|healthz|readyz)(\/|$)/.test(pathname)) event.respondWith(page(event))
  } else if (pathname.startsWith('/assets/')) event.respondWith(keptOr(request))
  else if (PUBLIC.includes(pathname)) event.respondWith(listed(event))
})

world.addEventListener('push', event => {
  const { title, text, path, tag } = event.data?.json() ?? {
    title: '回音',
    text: '',
    path: '/chat',
    tag: 'news',
  }
  event.waitUntil(world.registration.showNotification(title, { body: text, tag, data: { path } }))
})
world.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(world.clients.openWindow(event.notification.data.path))
})

/** One after another, so that a bad line is left for the person; what the last version had is not fetched again. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(NOW)
  for (const file of __FILES__) {
    if (await cache.match(file)) continue
    const isHashed = file.startsWith('/assets/')
    const old = isHashed ? await caches.match(file) : undefined
    const answer = old ?? (await fetch(file, { cache: isHashed ? 'default' : 'no-cache' }))
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`)
    await cache.put(file, answer)
  }
}

/** Open pages are of the version before this one and go on with its files; what is older goes. */
async function takeOver(): Promise<void> {
  const before = (await caches.keys()).filter(name => name.startsWith(OURS) && name !== NOW)
  await Promise.all(before.slice(0, -1).map(name => caches.delete(name)))
  await world.registration.navigationPreload?.enable()
  await world.clients.claim()
  await keepLists()
}

/** The public lists, for pages that were drawn by the service and never asked for them. */
async function keepLists(): Promise<void> {
  const cache = await caches.open(DATA)
  for (const list of PUBLIC) {
    if (await cache.match(list)) continue
    const answer = await fetch(list).catch(() => undefined)
    if (answer?.ok) await cache.put(list, answer)
  }
}

/** The page from the service; where that is away or slow, the kept shell. */
async function page({ request, preloadResponse }: Fetched): Promise<Response> {
  const answer = Promise.resolve(preloadResponse).then(early => early ?? fetch(request))
  const late = new Promise<undefined>(done => setTimeout(done, PATIENCE))
  const first = await Promise.race([answer.catch(() => undefined), late])
  if (first && !AWAY.has(first.status)) return first
  return (await (await caches.open(NOW)).match(SHELL)) ?? answer
}

const keptOr = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request)

/** A public list: at once as it was, and fetched anew for the next time. */
async function listed(event: Fetched): Promise<Response> {
  const cache = await caches.open(DATA)
  const kept = await cache.match(event.request)
  const fresh = fetch(event.request).then(async answer => {
    if (answer.ok) await cache.put(event.request, answer.clone())
    return answer
  })
  if (!kept) return fresh
  event.waitUntil(fresh.catch(() => undefined))
  return kept
}

async function changed(event: Fetched): Promise<Response> {
  const answer = await fetch(event.request)
  await caches.delete(DATA)
  event.waitUntil(keepLists())
  return answer
}

export {}
