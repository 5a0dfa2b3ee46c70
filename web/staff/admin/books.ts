import { ref } from 'vue'
import type { AdminBooks } from '../../../wire/admin.ts'
import { ask, saying } from '../session.ts'

/** The list of books, fetched for every page of the administration and anew after a change. */
export const books = ref<AdminBooks | null>(null)
export const booksTrouble = ref('')

export async function fetchBooks(): Promise<void> {
  try {
    books.value = await ask<AdminBooks>('GET', 'admin/books')
    booksTrouble.value = ''
  } catch (error) {
    booksTrouble.value = saying(error)
  }
}
