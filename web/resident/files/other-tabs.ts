/** Several tabs of one device share the kept files: what one does with a file the others hear. */

type News = { id: string; scope?: string | null; ready?: boolean }

const hasTabs = !import.meta.env.SSR && 'BroadcastChannel' in globalThis
const channel = hasTabs ? new BroadcastChannel('huiyin-files') : undefined

export const tellTabs = (news: News): void => channel?.postMessage(news)

export function hearTabs(listener: (news: News) => void): void {
  channel?.addEventListener('message', event => listener(event.data as News))
}

/** Runs `work` in one tab at a time, where the engine can; where not, the service sorts repeated pieces out. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(`huiyin.file.${name}`, work)
  else await work()
}

/** Waits so many milliseconds, or less when the network comes back. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise(done => {
    const over = () => {
      clearTimeout(timer)
      removeEventListener('online', over)
      done()
    }
    const timer = setTimeout(over, milliseconds)
    addEventListener('online', over)
  })
}
