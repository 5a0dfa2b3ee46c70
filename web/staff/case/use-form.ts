import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { Refusal } from '../../shared/api.ts'
import { nowISO } from '../clock.ts'
import { draftOf, keepDraft } from '../drafts.ts'
import { blank, bodyOf, type Filled, type Gap, gaps, worthKeeping } from '../form.ts'
import { showWriting } from '../hints.ts'
import { saying, session } from '../session.ts'
import { dateOf } from '../time.ts'
import type { Point, Step } from '../types.ts'
import { t } from '../words.ts'

/** The form of one step of one case: its draft, its faults, and sending it through `send`, which throws `Refusal`. */
export function useForm(
  code: string,
  step: Step,
  points: () => readonly Point[],
  send: (verb: string, body: Filled) => Promise<void>,
  /** What goes along besides the fields; null while it cannot go yet. */
  along: () => Filled | null = () => ({}),
) {
  const who = session.me?.id ?? ''
  const place = `${code}.${step.verb}`
  const filled = reactive<Filled>({ ...blank(step.needs, points()), ...draftOf(who, place) })
  const faults = ref<Record<string, string>>({})
  const trouble = ref('')
  const busy = ref(false)
  const missing = computed(() => gaps(step.needs, filled, points(), dateOf(nowISO())))

  watch(
    () => ({ ...filled }),
    (now, was) => {
      keepDraft(who, place, worthKeeping(now) ? now : null)
      // What has just been changed is no longer known to be wrong.
      const left = Object.entries(faults.value).filter(([field]) => now[field] === was[field])
      faults.value = Object.fromEntries(left)
      trouble.value = ''
      showWriting(code)
    },
  )
  onScopeDispose(() => showWriting(null))

  /** True when the step was done; the draft is then forgotten. Faults stand beside their fields. */
  async function submit(): Promise<boolean> {
    faults.value = Object.fromEntries(missing.value.map(gap => [gap.field, wordsOf(gap)]))
    trouble.value = ''
    if (missing.value.length > 0 || busy.value) return false
    const more = along()
    if (!more) return false
    busy.value = true
    try {
      await send(step.verb, { ...bodyOf(step.needs, filled), ...more })
      keepDraft(who, place, null)
      Object.assign(filled, blank(step.needs, points()))
      return true
    } catch (error) {
      refused(error)
      return false
    } finally {
      busy.value = false
    }
  }

  function refused(error: unknown): void {
    const fields = step.needs.map(need => need.field)
    const told = error instanceof Refusal ? error.details : []
    const own = told.filter(({ field, why }) => field && why && fields.includes(field))
    faults.value = Object.fromEntries(own.map(({ field, why }) => [String(field), String(why)]))
    trouble.value = saying(error)
  }

  return { filled, faults, trouble, busy, missing, submit }
}

const wordsOf = (gap: Gap) => t(`form.${gap.why}`, { n: gap.n })
