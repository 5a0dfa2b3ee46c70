import { onMounted, type Ref, ref, watch } from 'vue'
import { useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'

export interface Told<T> {
  told: Ref<T | null>
  trouble: Ref<string>
  refresh(): Promise<void>
}

/** What one address of the desk tells, fetched anew when the address, the language or something behind it changes; `null` asks nothing. */
export function useTold<T>(address: () => string | null): Told<T> {
  const told = ref(null) as Ref<T | null>
  const trouble = ref('')
  let turn = 0
  async function refresh(): Promise<void> {
    const path = address()
    const own = ++turn
    if (path === null) return
    try {
      const answer = await ask<T>('GET', path)
      if (own !== turn) return
      told.value = answer
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }
  watch([address, language], refresh)
  useHints({ changed: (_, lists) => void (lists && refresh()), again: () => void refresh() })
  onMounted(refresh)
  return { told, trouble, refresh }
}
