import { computed, ref, watch } from 'vue'
import type { PanelCalendar } from '../../../wire/mediation-desk.ts'
import { useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'
import { spanOf, type View } from './days.ts'

/** The calendar of a panel in the span of a view, kept fresh. */
export function useCalendar(panel: () => string, view: () => View, date: () => string) {
  const shown = ref<PanelCalendar | null>(null)
  const trouble = ref('')
  const busy = ref(false)
  const span = computed(() => spanOf(view(), date()))
  let turn = 0

  async function refresh(): Promise<void> {
    if (!panel()) return
    const own = ++turn
    const { from, to } = span.value
    busy.value = true
    try {
      const told = await ask<PanelCalendar>('GET', `panels/${panel()}/calendar?from=${from}&to=${to}`)
      if (own !== turn) return
      shown.value = told
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    } finally {
      if (own === turn) busy.value = false
    }
  }

  watch([panel, span, language], refresh, { immediate: true })
  useHints({ changed: (_, lists) => void (lists && refresh()), again: () => void refresh() })
  return { shown, trouble, busy, refresh }
}
