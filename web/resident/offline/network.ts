import { ref } from 'vue'

/** True while the device says that it has no network. */
export const isOffline = ref(false)

const look = (): void => {
  isOffline.value = !navigator.onLine
}

if (!import.meta.env.SSR) {
  look()
  addEventListener('online', look)
  addEventListener('offline', look)
}
