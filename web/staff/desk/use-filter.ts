import { computed } from 'vue'
import { useRoute } from 'vue-router'

/** What the address filters by, as a number of the board is opened or by hand; it takes the place of the list. */
export const FILTERS = [
  'unit',
  'place',
  'category',
  'class',
  'state',
  'owed',
  'dueFrom',
  'dueUntil',
  'since',
  'until',
] as const
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>

/** The filter of the address; nothing where there is none. */
export function useFilter() {
  const route = useRoute()
  const filter = computed<Filters>(() =>
    Object.fromEntries(
      FILTERS.flatMap(name => {
        const value = route.query[name]
        return typeof value === 'string' && value !== '' ? [[name, value]] : []
      }),
    ),
  )
  return { filter, filtered: computed(() => Object.keys(filter.value).length > 0) }
}
