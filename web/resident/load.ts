import { onScopeDispose, type Ref, ref, shallowRef } from 'vue'
import { Refusal } from '../shared/api.ts'
import { type InitialError, initial } from './initial.ts'
import { t } from './words.ts'

/** Something fetched for a page: what came, whether it is on its way, and the sentence to show when it did not come. */
export interface Loaded<T> {
  value: Readonly<Ref<T | undefined>>
  busy: Readonly<Ref<boolean>>
  trouble: Readonly<Ref<Refusal | undefined>>
  again: () => Promise<void>
}

/**
 * Fetches at once, and again when asked or when the connection returns after a failure. Old content stays meanwhile.
 * Where the service sent it with the page, as `initialKey`, that is taken and nothing is fetched.
 */
export function load<T>(fetchIt: () => Promise<T>, initialKey?: string): Loaded<T> {
  const { value: given, trouble: refused } = sentWithPage<T>(initialKey)
  const value = shallowRef(given)
  const busy = ref(false)
  const trouble = shallowRef(refused)
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

  if (import.meta.env.SSR) return { value, busy, trouble, again }
  const returned = () => {
    if (trouble.value) void again()
  }
  addEventListener('online', returned)
  onScopeDispose(() => removeEventListener('online', returned))
  if (!given && !refused) void again()
  return { value, busy, trouble, again }
}

function sentWithPage<T>(key: string | undefined): { value?: T; trouble?: Refusal } {
  const found = key === undefined ? undefined : initial<T | InitialError>(key)
  if (!found) return {}
  if (!isError(found)) return { value: found }
  const { code, message, details } = found.error
  return { trouble: new Refusal(code, message, 0, details) }
}

const isError = (found: unknown): found is InitialError =>
  typeof found === 'object' && found !== null && 'error' in found

/** The service's own sentence, or ours when none came. */
export const sentence = (refusal: Refusal): string =>
  refusal.message || t(refusal.code === 'offline' ? 'state.offline' : 'state.broken')
