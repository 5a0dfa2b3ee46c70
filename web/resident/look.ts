import { computed, ref, watchEffect } from 'vue'
import { kept, remember } from './keeping.ts'

/** Light, dark or as the device; high contrast; and the elders' version with larger words and targets. */

export type Theme = 'auto' | 'light' | 'dark'

/** Whether the device asks for something, followed as it changes. The server draws pages too; it knows no device. */
function device(asks: string) {
  const media = import.meta.env.SSR ? undefined : matchMedia(asks)
  const is = ref(media?.matches ?? false)
  // Older web views know only this way of listening.
  media?.addListener(event => {
    is.value = event.matches
  })
  return is
}

const deviceIsDark = device('(prefers-color-scheme: dark)')
const deviceWantsMore = device('(prefers-contrast: more)')
const deviceForces = device('(forced-colors: active)')

const stored = kept('theme')
export const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto')
export const care = ref(kept('mode') === 'care')

const chosenContrast = ref(kept('contrast'))
/** High contrast: as chosen here, else as the device asks. */
export const contrast = computed({
  get: () =>
    chosenContrast.value === null
      ? deviceWantsMore.value || deviceForces.value
      : chosenContrast.value === 'more',
  set: (more: boolean) => {
    chosenContrast.value = more ? 'more' : 'plain'
  },
})

/** Seconds the look stays in its cookie: 400 days, the longest a browser keeps one. */
const COOKIE_LIVES = 400 * 86_400

/** The look as the cookie `hy_look` holds it, for the server to draw the first page in: `care.dark.contrast`. */
const lookWords = (shown: 'light' | 'dark'): string =>
  [care.value ? 'care' : '', shown, contrast.value ? 'contrast' : ''].filter(Boolean).join('.')

/** Puts the choices on the page at once and whenever they change, and remembers them. */
export function wearLook(): void {
  watchEffect(() => {
    const shown = theme.value === 'auto' ? (deviceIsDark.value ? 'dark' : 'light') : theme.value
    const { dataset } = document.documentElement
    dataset.theme = shown
    dataset.mode = care.value ? 'care' : 'standard'
    if (contrast.value) dataset.contrast = 'more'
    else delete dataset.contrast
    document.body.dataset.weuiTheme = shown
    document.body.dataset.weuiMode = care.value ? 'care' : ''
    const bar = shown === 'dark' ? '#111211' : '#f1f2f0'
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', bar)
    remember('theme', theme.value === 'auto' ? null : theme.value)
    remember('mode', care.value ? 'care' : null)
    remember('contrast', chosenContrast.value)
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is younger than the web views this page is for
    document.cookie = `hy_look=${lookWords(shown)}; path=/; max-age=${COOKIE_LIVES}; samesite=lax`
  })
}
