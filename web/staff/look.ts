import { ref } from 'vue'
import { keep, kept } from './keeping.ts'

/** Light or dark; `system` follows the machine. The class is the one Element Plus knows. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const isTheme = (word: unknown): word is Theme => THEMES.includes(word as Theme)

export const theme = ref<Theme>('system')

export function wearLook(wanted: unknown = kept('theme')): void {
  theme.value = isTheme(wanted) ? wanted : 'system'
  const { classList } = document.documentElement
  classList.toggle('dark', theme.value === 'dark')
  classList.toggle('light', theme.value === 'light')
}

export function chooseTheme(wanted: Theme): void {
  keep('theme', wanted)
  wearLook(wanted)
}
