import { onScopeDispose, type Ref, ref, watch } from 'vue'
import { useHints } from '../hints.ts'
import { joined } from '../rows.ts'
import { ask, saying } from '../session.ts'
import type { Row } from '../types.ts'

interface Page {
  rows: Row[]
  next: string | null
  /** Of a search or filter: how many there are, exact to 999, and what could not be looked for. */
  count?: number
  capped?: boolean
  note?: string
}

const PAGE = 50
/** Pages fetched again after a change; whoever has scrolled further gets the rest by scrolling on. */
const MOST_PAGES = 6
const TYPING = 250

/** The rows of one list and search: page by page downwards, all shown pages again when something moved. */
export function useRows(list: Ref<string | null>, wanted: Ref<string>, filter: Ref<Record<string, string>>) {
  const rows = ref<Row[]>([])
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'more' | 'still'>('loading')
  const trouble = ref('')
  const told = ref<Pick<Page, 'count' | 'capped' | 'note'>>({})
  /** Grows with every new question; the answer to an old one is dropped. */
  let turn = 0

  let refreshing: Promise<void> = Promise.resolve()
  const refresh = () => {
    refreshing = fetchRows(false)
    return refreshing
  }

  const page = (cursor: string | null) => {
    const query = new URLSearchParams({ ...filter.value, list: list.value ?? '', limit: String(PAGE) })
    if (wanted.value.trim()) query.set('q', wanted.value.trim())
    if (cursor) query.set('cursor', cursor)
    return ask<Page>('GET', `cases?${query}`)
  }

  async function pages(count: number): Promise<Page> {
    let all = await page(null)
    for (let n = 1; n < MOST_PAGES && all.next && all.rows.length < count; n++) {
      const more = await page(all.next)
      all = { ...all, rows: joined(all.rows, more.rows), next: more.next }
    }
    return all
  }

  async function fetchRows(afresh: boolean): Promise<void> {
    if (list.value === null) return
    const own = ++turn
    if (afresh) {
      state.value = 'loading'
      rows.value = []
      told.value = {}
    }
    try {
      const all = await pages(afresh ? 1 : rows.value.length)
      if (own !== turn) return
      rows.value = all.rows
      next.value = all.next
      told.value = { ...all }
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    } finally {
      if (own === turn) state.value = 'still'
    }
  }

  async function fetchMore(): Promise<void> {
    // Going on while the rows shown are fetched anew would drop what comes: they would stay old until the next hint.
    await refreshing
    if (!next.value || state.value !== 'still') return
    const own = ++turn
    state.value = 'more'
    try {
      const more = await page(next.value)
      if (own !== turn) return
      rows.value = joined(rows.value, more.rows)
      next.value = more.next
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    } finally {
      if (own === turn) state.value = 'still'
    }
  }

  let typing: ReturnType<typeof setTimeout> | undefined
  watch([list, () => JSON.stringify(filter.value)], () => fetchRows(true), { immediate: true })
  watch(wanted, () => {
    clearTimeout(typing)
    typing = setTimeout(() => fetchRows(true), TYPING)
  })
  onScopeDispose(() => clearTimeout(typing))
  useHints({ changed: refresh, again: refresh })
  return { rows, next, state, trouble, told, refresh, fetchMore }
}
