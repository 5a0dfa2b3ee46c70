import { computed, onMounted, ref } from 'vue'
import { useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'
import type { ListLine } from '../types.ts'

/** The lists with their counts, fetched again whenever something moved. */
export function useLists() {
  const lists = ref<ListLine[]>([])
  const trouble = ref('')
  const ready = ref(false)

  async function fetchLists(): Promise<void> {
    try {
      lists.value = (await ask<{ lists: ListLine[] }>('GET', 'lists')).lists
      trouble.value = ''
    } catch (error) {
      trouble.value = saying(error)
    } finally {
      ready.value = true
    }
  }

  /** Lists under the heading the service put them, in its order. */
  const groups = computed(() => {
    const names = [...new Set(lists.value.map(list => list.group))]
    return names.map(name => ({ name, lists: lists.value.filter(list => list.group === name) }))
  })

  onMounted(fetchLists)
  useHints({ changed: fetchLists, again: fetchLists })
  return { lists, groups, trouble, ready, fetchLists }
}
