import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { FILTERS } from '../../../src/rules/cases/filters.ts'

/** The filter of the address, chosen here or opened from a number of the board; it takes the place of the list. Nothing where there is none. */
export function useFilter() {
  const route = useRoute()
  const filter = computed<Record<string, string>>(() =>
    Object.fromEntries(
      FILTERS.flatMap(name => {
        const value = route.query[name]
        return typeof value === 'string' && value !== '' ? [[name, value]] : []
      }),
    ),
  )
  return { filter, filtered: computed(() => Object.keys(filter.value).length > 0) }
}
