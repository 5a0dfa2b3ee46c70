import { computed, ref, watch } from 'vue'
import type { InLine, MediationRow, Queue } from '../../../wire/mediation-desk.ts'
import { useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'

/** The most of each kind beside the calendar; the queue has them all. */
const MOST = 6
/** Over: nothing runs out any more. */
const OVER = ['closed', 'refused', 'referred', 'noConsent', 'failed', 'withdrawn']

/** What waits beside the calendar of a panel: who would come earlier, what is to be accepted, what runs out next. */
export function useSide(panel: () => string) {
  const line = ref<InLine[]>([])
  const rows = ref<MediationRow[]>([])
  const trouble = ref('')
  let turn = 0

  async function refresh(): Promise<void> {
    if (!panel()) return
    const own = ++turn
    try {
      const [waiting, queue] = await Promise.all([
        ask<{ line: InLine[] }>('GET', `panels/${panel()}/line`),
        ask<Queue>('GET', `mediations?panel=${panel()}`),
      ])
      if (own !== turn) return
      line.value = waiting.line
      rows.value = queue.rows
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }
  watch([panel, language], refresh, { immediate: true })
  useHints({ changed: (_, lists) => void (lists && refresh()), again: () => void refresh() })

  const applied = computed(() => rows.value.filter(({ state }) => state === 'applied'))
  const due = computed(() =>
    rows.value.filter(({ state, due }) => due && state !== 'applied' && !OVER.includes(state)).slice(0, MOST),
  )
  const toBook = computed(() => rows.value.filter(({ state }) => state === 'booking'))
  return { line, applied, due, toBook, trouble, refresh }
}
