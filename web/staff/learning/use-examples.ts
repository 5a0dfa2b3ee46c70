import { ref } from 'vue'
import type { LearningExample } from '../../../wire/learning.ts'
import { ask, saying } from '../session.ts'
import { tellDone, tellTrouble } from '../tell.ts'
import { t } from '../words.ts'

export type ExampleTab = 'waiting' | 'approved'

/** Examples of one kind, and what is decided on them. Whoever was slower sees the list as it stands now. */
export function useExamples() {
  const tab = ref<ExampleTab>('waiting')
  const rows = ref<LearningExample[] | null>(null)
  const more = ref(false)
  const counts = ref<Record<ExampleTab, number>>({ waiting: 0, approved: 0 })
  const trouble = ref('')
  const busy = ref('')
  let turn = 0

  async function fetchThem(): Promise<void> {
    const own = ++turn
    try {
      const got = await ask<{ rows: LearningExample[]; more: boolean }>(
        'GET',
        `learning/examples?state=${tab.value}`,
      )
      if (own !== turn) return
      rows.value = got.rows
      more.value = got.more
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }
  async function show(wanted: ExampleTab): Promise<void> {
    tab.value = wanted
    rows.value = null
    await fetchThem()
  }

  async function decide(
    verb: 'approve' | 'discard',
    one: LearningExample,
    said: { text: string; label: string },
  ): Promise<boolean> {
    if (busy.value) return false
    busy.value = one.id
    const { version } = one
    const body = verb === 'approve' ? { version, ...said } : { version }
    try {
      counts.value = await ask<Record<ExampleTab, number>>(
        'POST',
        `learning/examples/${one.id}/${verb}`,
        body,
      )
      rows.value = (rows.value ?? []).filter(row => row.id !== one.id)
      tellDone(t(verb === 'approve' ? 'learning.examples.approved1' : 'learning.examples.discarded'))
      if (rows.value.length === 0 && more.value) await fetchThem()
      return true
    } catch (error) {
      tellTrouble(saying(error))
      await fetchThem()
      return false
    } finally {
      busy.value = ''
    }
  }
  return { tab, rows, more, counts, trouble, busy, fetchThem, show, decide }
}
