import { computed, onMounted, ref, watch } from 'vue'
import { useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'
import type { ConversationRow } from '../types.ts'

export const MODES = ['waiting', 'human', 'all'] as const
export type Wanted = (typeof MODES)[number]

/** Conversations of one kind, those that wait longest first. */
export function useConversations() {
  const mode = ref<Wanted>('waiting')
  const rows = ref<ConversationRow[]>([])
  const state = ref<'loading' | 'still'>('loading')
  const trouble = ref('')
  let turn = 0

  async function fetchRows(): Promise<void> {
    const own = ++turn
    try {
      const told = await ask<{ rows: ConversationRow[] }>('GET', `conversations?mode=${mode.value}`)
      if (own !== turn) return
      rows.value = told.rows
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    } finally {
      if (own === turn) state.value = 'still'
    }
  }

  const sorted = computed(() =>
    [...rows.value].sort((a, b) =>
      mode.value === 'waiting' ? a.since.localeCompare(b.since) : b.lastAt.localeCompare(a.lastAt),
    ),
  )

  watch(mode, () => {
    state.value = 'loading'
    rows.value = []
    void fetchRows()
  })
  onMounted(fetchRows)
  useHints({ conversation: () => void fetchRows(), again: () => void fetchRows() })
  return { mode, rows: sorted, state, trouble, fetchRows }
}
