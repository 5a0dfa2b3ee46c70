import { computed, onMounted, type Ref, ref, watch } from 'vue'
import type { Figures, MediationRow, Queue } from '../../../wire/mediation-desk.ts'
import { useHints } from '../hints.ts'
import { joined } from '../rows.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'

export interface Wish {
  panel: string
  state: string
  mine: boolean
}

/** The queue of mediations by deadline, with the panels this person may choose from. */
export function useQueue(wish: Ref<Wish>) {
  const rows = ref<MediationRow[]>([])
  const counts = ref<Queue['counts']>([])
  const next = ref<string | null>(null)
  const busy = ref(true)
  const trouble = ref('')
  let turn = 0

  const query = computed(() => {
    const { panel, state, mine } = wish.value
    const told = new URLSearchParams()
    if (panel) told.set('panel', panel)
    if (state) told.set('state', state)
    if (mine) told.set('mine', '1')
    return told.toString()
  })

  async function fetchPage(cursor: string | null): Promise<void> {
    const own = ++turn
    busy.value = true
    try {
      const page = await ask<Queue>('GET', `mediations?${query.value}${cursor ? `&cursor=${cursor}` : ''}`)
      if (own !== turn) return
      rows.value = cursor ? joined(rows.value, page.rows) : page.rows
      counts.value = page.counts.filter(({ n }) => n > 0)
      next.value = page.next
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    } finally {
      if (own === turn) busy.value = false
    }
  }

  const refresh = () => fetchPage(null)
  const more = () => (next.value ? fetchPage(next.value) : Promise.resolve())
  watch([query, language], refresh)
  useHints({ changed: (_, lists) => void (lists && refresh()), again: () => void refresh() })
  onMounted(refresh)
  return { rows, counts, next, busy, trouble, refresh, more }
}

/** The panels this person may see, by code and name. */
export function usePanels() {
  const panels = ref<{ code: string; name: string }[]>([])
  const trouble = ref('')
  async function fetchPanels(): Promise<void> {
    try {
      const { figures } = await ask<{ figures: Figures[] }>('GET', 'panels/all/figures')
      panels.value = figures.map(({ panel }) => panel)
      trouble.value = ''
    } catch (error) {
      trouble.value = saying(error)
    }
  }
  onMounted(fetchPanels)
  watch(language, fetchPanels)
  return { panels, trouble, fetchPanels }
}
