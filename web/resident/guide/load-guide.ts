import { watch } from 'vue'
import { type Loaded, load } from '../load.ts'
import { ask, spoken } from '../session.ts'
import type { Panel, Service } from '../shapes.ts'
import { language } from '../words.ts'

/** The service guide and the panels, fetched for a page in the language now spoken, and again when that changes. */

export const loadServices = (): Loaded<{ services: Service[] }> => inLanguage('services')
export const loadPanels = (): Loaded<{ panels: Panel[] }> => inLanguage('panels')

function inLanguage<T>(name: 'services' | 'panels'): Loaded<T> {
  // What came with the page is in the language the page came in.
  const loaded = load(() => ask<T>('GET', name), spoken.value === 0 ? name : undefined)
  watch([language, spoken], () => void loaded.again())
  return loaded
}
