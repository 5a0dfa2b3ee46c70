import { ref } from 'vue'
import { ask, saying } from '../session.ts'
import type { Unit } from '../types.ts'

const units = ref<Unit[]>([])
const trouble = ref('')
let fetching: Promise<void> | null = null

/** The units of the district, fetched once for the whole page. */
export function useUnits() {
  const fetchUnits = () => {
    fetching ??= ask<{ units: Unit[] }>('GET', 'units').then(
      told => {
        units.value = told.units
        trouble.value = ''
      },
      error => {
        fetching = null
        trouble.value = saying(error)
      },
    )
    return fetching
  }
  return { units, trouble, fetchUnits }
}
