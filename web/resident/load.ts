import { onScopeDispose, type Ref, ref, shallowRef } from 'vue'
import { Refusal } from '../shared/api.ts'
import { t } from './words.ts'

/** Something fetched for a page: what came, whether it is on its way, and the sentence to show when it did not come. */
export interface Loaded<T> {
  value: Readonly<Ref<T | undefined>>
  busy: Readonly<Ref<boolean>>
  trouble: Readonly<Ref<Refusal | undefined>>
  again: () => Promise<void>
}

/** Fetches at once, and again when asked or when the connection returns after a failure. Old content stays meanwhile. */
export function load<T>(fetchIt: () => Promise<T>): Loaded<T> {
  const value = shallowRef<T>()
  const busy = ref(false)
  const trouble = shallowRef<Refusal>()
  let turn = 0

  async function again(): Promise<void> {
    const mine = ++turn
    busy.value = true
    try {
      const got = await fetchIt()
      if (mine !== turn) return
      value.value = got
      trouble.value = undefined
    } catch (error) {
      if (mine === turn) trouble.value = error instanceof Refusal ? error : new Refusal('broken', '')
    } finally {
      if (mine === turn) busy.value = false
    }
  }

  const returned = () => {
    if (trouble.value) void again()
  }
  addEventListener('online', returned)
  onScopeDispose(() => removeEventListener('online', returned))
  void again()
  return { value, busy, trouble, again }
}

/** The service's own sentence, or ours when none came. */
export const sentence = (refusal: Refusal): string =>
  refusal.message || t(refusal.code === 'offline' ? 'state.offline' : 'state.broken')
