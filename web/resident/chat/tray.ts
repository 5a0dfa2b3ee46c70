import { shallowRef, watch } from 'vue'
import type { Uploads } from '../files/uploads.ts'
import { kept, remember } from '../keeping.ts'
import { insist } from '../late.ts'

/** What is chosen for the next message. Fetched when first used, or when something was left there. */
export const tray = shallowRef<Uploads>()

let opening: Promise<Uploads> | undefined

/** The tray of the chat, with what was left in it. */
export function openTray(): Promise<Uploads> {
  opening ??= fetchTray()
  return opening
}

async function fetchTray(): Promise<Uploads> {
  const { useUploads, restore } = await insist(() => import('../files/uploads.ts'))
  const made = useUploads('chat')
  await restore()
  tray.value = made
  watch(
    () => made.items.value.length,
    count => remember('tray', count > 0 ? '1' : null),
    { immediate: true },
  )
  return made
}

/** Opens the tray when something was left in it. */
export function reopenTray(): void {
  if (kept('tray')) void openTray()
}
