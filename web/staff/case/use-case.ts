import { onMounted, onScopeDispose, ref } from 'vue'
import { Refusal } from '../../shared/api.ts'
import type { Filled } from '../form.ts'
import { showViewing, useHints } from '../hints.ts'
import { openVerbs } from '../open-verbs.ts'
import { ask, saying } from '../session.ts'
import type { StaffCase } from '../types.ts'

/** One case on screen: fetched, kept fresh, and moved only by what the service answers. */
export function useCase(code: string) {
  const shown = ref<StaffCase | null>(null)
  const trouble = ref('')
  /** Somebody was faster, or the step is no longer open: said above the case until the next step. */
  const overtaken = ref('')
  const busy = ref<string | null>(null)
  const viewers = ref<readonly string[]>([])
  const path = `cases/${encodeURIComponent(code)}`
  let turn = 0

  function show(told: StaffCase): void {
    shown.value = told
    openVerbs.value = told.steps.map(step => step.verb)
    trouble.value = ''
  }

  async function refresh(): Promise<void> {
    const own = ++turn
    try {
      const told = await ask<StaffCase>('GET', path)
      if (own === turn) show(told)
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }

  /** Does a step. Throws `Refusal` for the form to show; after a conflict the case is fetched again first. */
  async function move(verb: string, body: Filled): Promise<void> {
    busy.value = verb
    overtaken.value = ''
    try {
      const told = await ask<StaffCase>('POST', `${path}/steps/${verb}`, body)
      turn++
      show(told)
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'conflict' || error.code === 'notNow')) {
        overtaken.value = saying(error)
        await refresh()
      }
      throw error
    } finally {
      busy.value = null
    }
  }

  useHints({
    changed: codes => {
      if (codes.includes(code)) void refresh()
    },
    again: () => void refresh(),
    viewers: (of, names) => {
      if (of === code) viewers.value = names
    },
  })
  onMounted(() => {
    showViewing(code)
    void refresh()
  })
  onScopeDispose(() => {
    turn++
    showViewing(null)
  })
  return { shown, trouble, overtaken, busy, viewers, refresh, move }
}
