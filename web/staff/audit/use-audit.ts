import { computed, type Ref, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { router } from '../routes.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'
import { type Asked, type AuditLine, type AuditPage, NOTHING } from './types.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What is looked for, as the address has it. */
export function useAsked() {
  const route = useRoute()
  const asked = computed<Asked>(() => {
    const keys = Object.keys(NOTHING) as (keyof Asked)[]
    return Object.fromEntries(keys.map(key => [key, text(route.query[key])])) as unknown as Asked
  })
  function look(next: Asked): void {
    const said = Object.entries(next).filter(([, value]) => value !== '')
    void router.push({ name: 'audit', query: Object.fromEntries(said) })
  }
  return { asked, look }
}

/** The same as the service wants it, with the words, which stand in no address bar. */
export const queryOf = (asked: Asked, words: string): URLSearchParams =>
  new URLSearchParams(Object.entries({ ...asked, q: words.trim() }).filter(([, value]) => value !== ''))

/** Rows of the book, newest first, page by page downwards. */
export function useRows(asked: Ref<Asked>, words: Ref<string>) {
  const rows = ref<AuditLine[] | null>(null)
  const next = ref<string | null>(null)
  const lookedTo = ref<string | null>(null)
  const busy = ref(false)
  const trouble = ref('')
  /** Grows with every question; the answer to an old one is dropped. */
  let turn = 0

  async function fetchPage(cursor: string | null): Promise<void> {
    const own = ++turn
    busy.value = true
    const query = queryOf(asked.value, words.value)
    if (cursor) query.set('cursor', cursor)
    try {
      const page = await ask<AuditPage>('GET', `audit?${query}`)
      if (own !== turn) return
      rows.value = cursor ? [...(rows.value ?? []), ...page.rows] : page.rows
      next.value = page.next
      lookedTo.value = page.lookedTo
      trouble.value = ''
    } catch (error) {
      if (own !== turn) return
      trouble.value = saying(error)
      if (!cursor) rows.value = null
    } finally {
      if (own === turn) busy.value = false
    }
  }

  const afresh = () => fetchPage(null)
  const more = () => fetchPage(next.value)
  watch([asked, words, language], afresh, { immediate: true })
  return { rows, next, lookedTo, busy, trouble, afresh, more }
}
