import { onMounted, onScopeDispose, ref } from 'vue'
import { Refusal } from '../../shared/api.ts'
import { nowISO } from '../clock.ts'
import type { Filled } from '../form.ts'
import { showViewing, useHints } from '../hints.ts'
import { router } from '../routes.ts'
import { ask, saying, session } from '../session.ts'
import { ago } from '../time.ts'
import type { StaffCase } from '../types.ts'
import { t } from '../words.ts'

/** One case on screen: fetched, kept fresh, and moved only by what the service answers. */
export function useCase(code: string) {
  const shown = ref<StaffCase | null>(null)
  const trouble = ref('')
  /** Somebody was faster, or the step is no longer open: said above the case until the next step. */
  const overtaken = ref('')
  const busy = ref<string | null>(null)
  const viewers = ref<readonly string[]>([])
  const writers = ref<readonly string[]>([])
  /** What somebody else has just done while this person had the case open. */
  const changed = ref('')
  const path = `cases/${encodeURIComponent(code)}`
  let turn = 0

  function show(told: StaffCase): void {
    shown.value = told
    trouble.value = ''
  }

  async function refresh(): Promise<void> {
    const own = ++turn
    try {
      const told = await ask<StaffCase>('GET', path)
      if (own !== turn) return
      if (told.kind === 'mediation') void router.replace({ name: 'mediations', params: { code } })
      else {
        changed.value = whatChanged(told) || changed.value
        show(told)
      }
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }

  /** Does a step. Throws `Refusal` for the form to show; after a conflict the case is fetched again first. */
  async function move(verb: string, body: Filled): Promise<void> {
    busy.value = verb
    overtaken.value = ''
    changed.value = ''
    try {
      const told = await ask<StaffCase>('POST', `${path}/steps/${verb}`, {
        ...body,
        version: shown.value?.version,
      })
      turn++
      show(told)
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'conflict' || error.code === 'notNow')) {
        await refresh()
        overtaken.value = whatHappened(error)
      }
      throw error
    } finally {
      busy.value = null
    }
  }

  /** Who was faster, how long ago, and with what: the newest line says it better than the refusal alone. */
  function whatHappened(error: Refusal): string {
    const [last] = [...(shown.value?.timeline ?? [])].sort((a, b) => b.no - a.no)
    if (error.code !== 'conflict' || !last) return saying(error)
    const { key, n } = ago(last.at, nowISO())
    return t('case.overtaken', { by: last.by ?? '', ago: t(`ago.${key}`, { n }), words: last.words })
  }

  /** The newest line of somebody else, where there is one the screen did not have. */
  function whatChanged(told: StaffCase): string {
    const before = shown.value
    const [last] = [...told.timeline].sort((a, b) => b.no - a.no)
    if (!before || !last || before.timeline.some(({ no }) => no === last.no)) return ''
    const mine = last.by?.endsWith(` · ${session.me?.name}`) === true
    return mine ? '' : t('desk.changed', { by: last.by ?? '', words: last.words })
  }

  useHints({
    changed: codes => {
      if (codes.includes(code)) void refresh()
    },
    again: () => void refresh(),
    viewers: (of, names, writing) => {
      if (of !== code) return
      viewers.value = names
      writers.value = writing
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
  return { shown, trouble, overtaken, changed, busy, viewers, writers, refresh, move }
}
