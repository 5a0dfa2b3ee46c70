import { computed, type Ref, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useHints } from '../hints.ts'
import { router } from '../routes.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'
import type { Asked } from './types.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What is looked at: it stands in the address, so that it can be sent, kept and gone back to. */
export function useAsked() {
  const route = useRoute()
  const asked = computed<Asked>(() => ({
    month: text(route.query.month),
    unit: text(route.query.unit),
    category: text(route.query.category),
  }))
  function look(change: Partial<Asked>): void {
    const next = Object.entries({ ...asked.value, ...change }).filter(([, value]) => value !== '')
    void router.push({ name: 'board', query: Object.fromEntries(next) })
  }
  const query = computed(() =>
    new URLSearchParams(Object.entries(asked.value).filter(([, value]) => value !== '')).toString(),
  )
  return { asked, look, query }
}

/** One part of the board, fetched anew whenever what is looked at or the language changes, and when the line is back. */
export function usePart<T>(path: string, query: Ref<string>) {
  const value = ref<T | null>(null) as Ref<T | null>
  const trouble = ref('')
  /** Grows with every question; the answer to an old one is dropped. */
  let turn = 0

  async function fetchIt(): Promise<void> {
    const own = ++turn
    try {
      const got = await ask<T>('GET', query.value ? `${path}?${query.value}` : path)
      if (own !== turn) return
      value.value = got
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }

  watch([query, language], fetchIt, { immediate: true })
  useHints({ again: fetchIt })
  return { value, trouble, fetchIt }
}
