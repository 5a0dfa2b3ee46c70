import { ref, watchEffect } from 'vue'
import { kept, remember } from './keeping.ts'

/** Light, dark or as the device; and the elders' version with larger words and targets. */

export type Theme = 'auto' | 'light' | 'dark'

const dark = matchMedia('(prefers-color-scheme: dark)')
const deviceIsDark = ref(dark.matches)
dark.addEventListener('change', event => {
  deviceIsDark.value = event.matches
})

const stored = kept('theme')
export const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto')
export const care = ref(kept('mode') === 'care')

/** Puts the choices on the page at once and whenever they change, and remembers them. */
export function wearLook(): void {
  watchEffect(() => {
    const shown = theme.value === 'auto' ? (deviceIsDark.value ? 'dark' : 'light') : theme.value
    const { dataset } = document.documentElement
    dataset.theme = shown
    dataset.mode = care.value ? 'care' : 'standard'
    document.body.dataset.weuiTheme = shown
    document.body.dataset.weuiMode = care.value ? 'care' : ''
    const bar = shown === 'dark' ? '#111211' : '#f1f2f0'
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', bar)
    remember('theme', theme.value === 'auto' ? null : theme.value)
    remember('mode', care.value ? 'care' : null)
  })
}
