import { shallowRef } from 'vue'

/** Milliseconds after the page has loaded until it is kept for a time without a network: the first look comes first. */
const AFTER = 4_000

/**
 * Registers the worker that opens the page without a network, once `isThere` says that the service answers. A worker at
 * work looks for a new version by itself. Without https, or where there are no workers, nothing happens.
 */
export function keepOffline(isThere: () => boolean): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator) || navigator.serviceWorker.controller) return
  const begin = () => void setTimeout(() => (isThere() ? register() : begin()), AFTER)
  const register = () =>
    void navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined)
  if (document.readyState === 'complete') begin()
  else addEventListener('load', begin)
}

interface Installer extends Event {
  prompt(): Promise<void>
}

/** The browser would put this page among the phone's apps; undefined where it would not. */
export const installer = shallowRef<Installer>()

/** Keeps the browser's offer for the page "mine" instead of a bar over whatever is being read. */
export function awaitInstaller(): void {
  addEventListener('beforeinstallprompt', event => {
    event.preventDefault()
    installer.value = event as Installer
  })
  addEventListener('appinstalled', () => {
    installer.value = undefined
  })
}
