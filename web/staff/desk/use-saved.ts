import { ref } from 'vue'
import { ask } from '../session.ts'

/** A set of filters under a name; `query` as it stands in an address. */
export interface Saved {
  id: string
  name: string
  query: string
}

interface Told {
  saved: Saved[]
  categories: { key: string; name: string }[]
  states: { key: string; name: string }[]
}

const saved = ref<Saved[]>([])
const categories = ref<{ key: string; name: string }[]>([])
const states = ref<{ key: string; name: string }[]>([])
const take = (told: Told) => {
  saved.value = told.saved
  categories.value = told.categories
  states.value = told.states
}

/** Saved filters of whoever is logged in, and the categories to filter by. Keeping and removing throw `Refusal`. */
export function useSaved() {
  return {
    saved,
    categories,
    states,
    /** Without them the desk works on: no fault is told. */
    fetchSaved: () => ask<Told>('GET', 'filters').then(take, () => undefined),
    save: async (name: string, query: string) => take(await ask<Told>('POST', 'filters', { name, query })),
    remove: async (id: string) => take(await ask<Told>('POST', `filters/${id}/remove`)),
  }
}

/** An address's query as an object. */
export const queryOf = (query: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(query))

/** Whether two sets of filters are the same. */
export function sameFilter(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every(name => one[name] === other[name])
}
