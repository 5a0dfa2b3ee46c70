import { computed } from 'vue'
import { unitLines } from '../case/unit-lines.ts'
import { useUnits } from '../case/units.ts'

/** The district, its towns, communities and villages, as lines to choose from. */
export function useVillages() {
  const { units, fetchUnits } = useUnits()
  const villages = computed(() =>
    unitLines(units.value.filter(unit => ['district', 'town', 'community'].includes(unit.kind))),
  )
  return { villages, fetchUnits }
}
