import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { AdminBook, AdminRow } from '../../../wire/admin.ts'
import { router } from '../routes.ts'
import { ask, saying } from '../session.ts'
import { language } from '../words.ts'
import { fetchBooks } from './books.ts'

/** A new row, in the address. */
const NEW = '+'

/** The open book, and which of its rows is: both stand in the address, so that "back" goes back. */
export function useBook() {
  const route = useRoute()
  const key = computed(() => String(route.params.book ?? ''))
  const book = ref<AdminBook | null>(null)
  const trouble = ref('')

  async function look(): Promise<void> {
    const wanted = key.value
    if (!wanted || route.name !== 'admin') return
    try {
      const told = await ask<AdminBook>('GET', `admin/books/${wanted}`)
      if (wanted !== key.value) return
      book.value = told
      trouble.value = ''
    } catch (error) {
      if (wanted !== key.value) return
      book.value = null
      trouble.value = saying(error)
    }
  }
  watch(
    key,
    () => {
      book.value = null
      trouble.value = ''
    },
    { flush: 'sync' },
  )
  watch([key, language], look, { immediate: true })

  const rowKey = computed(() => {
    if (book.value?.rows === 'one') return book.value.list[0]?.id
    return typeof route.query.row === 'string' ? route.query.row : undefined
  })
  const isNew = computed(() => rowKey.value === NEW && book.value?.rows !== 'fixed')
  const row = computed<AdminRow | null>(() => book.value?.list.find(one => one.id === rowKey.value) ?? null)
  const open = (id: string | null) => {
    const { row: _, ...query } = route.query
    return router.push({ query: id === null ? query : { ...query, row: id } })
  }
  /** After a change: the book anew, and its count in the list. */
  const again = async () => {
    await Promise.all([look(), fetchBooks()])
  }
  return { key, book, trouble, look, again, row, isNew, rowKey, open, add: () => open(NEW) }
}
