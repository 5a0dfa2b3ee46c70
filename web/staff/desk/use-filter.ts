import { computed } from 'vue'
import { useRoute } from 'vue-router'

/** What the address filters by, chosen here or opened from a number of the board; it takes the place of the list. */
const FILTERS = [
  'unit',
  'place',
  'category',
  'class',
  'state',
  'due',
  'owed',
  'dueFrom',
  'dueUntil',
  'since',
  'until',
] as const

/** The filter of the address; nothing where there is none. */
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
