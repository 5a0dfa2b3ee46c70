import { onMounted, onScopeDispose, ref } from 'vue'
import type { Holding, Side, Slot } from '../../../wire/mediation.ts'
import type { Letter, Mediation } from '../../../wire/mediation-desk.ts'
import { Refusal } from '../../shared/api.ts'
import { showViewing, useHints } from '../hints.ts'
import { ask, saying } from '../session.ts'

/** One mediation on screen: fetched, kept fresh, and moved only by what the service answers. */
export function useMediation(code: string) {
  const shown = ref<Mediation | null>(null)
  const trouble = ref('')
  /** It is no longer this person's to see: they stepped back from it. */
  const gone = ref(false)
  const viewers = ref<readonly string[]>([])
  const path = `mediations/${encodeURIComponent(code)}`
  let turn = 0

  async function refresh(): Promise<void> {
    const own = ++turn
    try {
      const told = await ask<Mediation>('GET', path)
      if (own !== turn) return
      shown.value = told
      trouble.value = ''
    } catch (error) {
      if (own === turn) trouble.value = saying(error)
    }
  }

  async function told(answer: Promise<Mediation | { code: string; recused: true }>): Promise<void> {
    try {
      const now = await answer
      turn++
      if ('recused' in now) gone.value = true
      else shown.value = now
    } catch (error) {
      // Somebody was faster: what stands now is shown behind the sentence that says so.
      if (error instanceof Refusal && (error.code === 'conflict' || error.code === 'notNow')) void refresh()
      throw error
    }
  }

  /** Does a step. Throws `Refusal` for the form to show. */
  const move = (verb: string, body: Record<string, unknown>): Promise<void> =>
    told(ask('POST', `${path}/steps/${verb}`, { ...body, version: shown.value?.version }))

  /** A private word to one side. Throws `Refusal`. */
  const whisper = (side: Side, text: string): Promise<void> =>
    told(ask('POST', `${path}/words`, { side, text }))

  /** What the sides brought is on screen before somebody who may hear it. A failure costs nothing: the mark stays. */
  const read = (): Promise<void> => ask<void>('POST', `${path}/read`).catch(() => undefined)

  /** The invitation to print; the earlier ones die with it. Throws `Refusal`. */
  async function letter(): Promise<Letter> {
    const made = await ask<Letter>('POST', `${path}/letter`)
    await refresh()
    return made
  }

  /** The letter's code as a text message to the other side. Throws `Refusal`. */
  const letterText = ({ letterCode }: Letter): Promise<void> =>
    ask<void>('POST', `${path}/letter/text`, { letterCode })

  /** Throws `Refusal`; after `conflict` its details name the next three free moments. */
  const hold = (wish: { startsAt: string; mediator?: string; room?: string }): Promise<Holding> =>
    ask<Holding>('POST', `${path}/hold`, wish)

  /** The panel's hold is given back: a window closed without booking keeps nobody waiting. */
  const holdBack = (): Promise<void> => ask<void>('POST', `${path}/hold/back`).catch(() => undefined)

  const slots = async (from: string, to: string): Promise<Slot[]> =>
    (await ask<{ slots: Slot[] }>('GET', `${path}/slots?from=${from}&to=${to}`)).slots

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
  return {
    shown,
    trouble,
    gone,
    viewers,
    refresh,
    move,
    whisper,
    read,
    letter,
    letterText,
    hold,
    holdBack,
    slots,
  }
}
export type MediationDesk = ReturnType<typeof useMediation>
