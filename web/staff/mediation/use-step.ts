import { computed, reactive, ref, watch } from 'vue'
import type { Step } from '../../../wire/mediation.ts'
import type { Mediation } from '../../../wire/mediation-desk.ts'
import { Refusal } from '../../shared/api.ts'
import { draftOf, keepDraft } from '../drafts.ts'
import { saying, session } from '../session.ts'
import { t } from '../words.ts'
import { asked, bodyOf, emptyForm, type Faults, missing, type StepForm, worthKeeping } from './step-form.ts'
import type { MediationDesk } from './use-mediation.ts'

/** Faults the service names and this front has words for. */
const KNOWN = [
  'missing',
  'tooShort',
  'tooLong',
  'notAChoice',
  'notADate',
  'recused',
  'tooEarly',
  'tooLate',
  'tick',
  'choose',
  'slot',
]

/** The form of one step: its draft, its faults, and sending it. */
export function useStep(of: Mediation, step: Step, desk: MediationDesk) {
  const who = session.me?.id ?? ''
  const place = `${of.code}.${step.verb}`
  const form = reactive<StepForm>(started(of, step, draftOf(who, place)?.form))
  const needs = computed(() => asked(step, words(of), mayName()))
  const faults = ref<Faults>({})
  const trouble = ref('')
  const busy = ref(false)

  watch(form, () => {
    keepDraft(who, place, worthKeeping(form) ? { form: JSON.stringify(form) } : null)
    trouble.value = ''
  })

  const told = (found: Faults): Faults =>
    Object.fromEntries(
      Object.entries(found).map(([field, why]) => [
        field,
        KNOWN.includes(why) ? t(`mediate.why.${why}`) : why,
      ]),
    )

  /** True when the step was done; the draft is then forgotten. Faults stand beside their fields. */
  async function submit(): Promise<boolean> {
    faults.value = told(missing(needs.value, form))
    trouble.value = ''
    if (Object.keys(faults.value).length > 0 || busy.value) return false
    busy.value = true
    try {
      await desk.move(step.verb, bodyOf(needs.value, form))
      keepDraft(who, place, null)
      return true
    } catch (error) {
      const details = error instanceof Refusal ? error.details : []
      faults.value = told(
        Object.fromEntries(details.flatMap(({ field, why }) => (field && why ? [[field, why]] : []))),
      )
      trouble.value = saying(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { form, needs, faults, trouble, busy, submit }
}

const mayName = () => (session.me?.roles ?? []).some(role => role !== 'mediator')

const words = (of: Mediation) => ({
  side: t('mediate.whoStayedAway'),
  sides: of.parties.map(({ side, name }) => ({
    value: side,
    label: t('mediate.sideName', { side: t(`mediate.side.${side}`), name }),
  })),
  mediator: t('mediate.whoSteps'),
})

/** A draft, or a form that knows what the mediation knows already: the roads of its limits, the last record. */
function started(of: Mediation, step: Step, draft: unknown): StepForm {
  const blank = emptyForm()
  const roads = of.limits.flatMap(limit => limit.routes.map(route => route.key))
  const offered = step.needs.find(need => need.kind === 'choices')?.choices?.map(one => one.value) ?? []
  blank.many.routes = [...new Set(roads)].filter(key => offered.includes(key))
  const last = of.sessions.filter(one => one.record).at(-1)?.record
  if (last && step.needs.some(need => need.kind === 'record' && need.required)) blank.record = { ...last }
  if (typeof draft !== 'string') return blank
  try {
    const kept = JSON.parse(draft) as Partial<StepForm>
    // A hold is over by the time a draft is taken up again.
    return { ...blank, ...kept, texts: { ...kept.texts, session: '' } }
  } catch {
    return blank
  }
}
