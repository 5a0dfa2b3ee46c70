import { computed, onMounted, type Ref, ref, shallowRef, watch } from 'vue'
import { Refusal, type RefusalDetail } from '../../shared/api.ts'
import { newId } from '../chat/new-id.ts'
import { initial } from '../initial.ts'
import { kept, remember } from '../keeping.ts'
import { load } from '../load.ts'
import { ask } from '../session.ts'
import type { Form, FormAnswer, Message } from '../shapes.ts'
import { language } from '../words.ts'
import type { Entry } from './entry.ts'
import {
  isSameStep,
  type KeptForm,
  keptForm,
  type Move,
  type Step,
  withDraft,
  withKept,
  withMove,
} from './kept.ts'
import { type Problem, problemsOf } from './problems.ts'

/** One form in hand: fetched, moved on step by step, each step under an id of its own so that a cut line doubles nothing. */
export interface FormInHand {
  /** Null: it has ended; what came of it is in `ending`. */
  form: Readonly<Ref<Form | null | undefined>>
  ending: Readonly<Ref<readonly Message[]>>
  /** Emergency cards of this form, and whether the last of them is new. */
  alarms: Readonly<Ref<readonly Message[]>>
  alarmIsNew: Readonly<Ref<boolean>>
  problems: Ref<readonly Problem[]>
  /** Why the form could not be fetched, or the step not taken. */
  missing: Readonly<Ref<Refusal | undefined>>
  trouble: Ref<Refusal | undefined>
  busy: Readonly<Ref<boolean>>
  again: () => Promise<void>
  move: (step: Step, shown: string) => Promise<boolean>
  /** What was written into the field before a step without a script was refused. */
  sentEntry: Entry | undefined
  draft: (key: string) => Entry | undefined
  keepDraft: (key: string, entry: Entry | undefined) => void
}

/** Refusals that may pass by themselves: the same step may be tried again. Everything else is final. */
const PASSING = /^(?:offline|broken|notReady|tooMany|notSignedIn)$/

/** What a step without a script led to, sent with the page as `formStep:<flow>`: what is wrong with it, or what came of it. */
export interface StepSent {
  details?: RefusalDetail[]
  message?: string
  shown?: string
  entry?: Entry
  messages?: Message[]
  ended?: boolean
}

/** Takes the form of `flow` in hand: fetches it and finishes a step left behind. What came of a step is shown after `showable`. */
export function useForm(flow: string, showable: () => Promise<unknown>): FormInHand {
  const given = shallowRef<Form | null>()
  const ending = shallowRef<readonly Message[]>([])
  const alarms = shallowRef<readonly Message[]>([])
  const alarmIsNew = ref(false)
  const problems = shallowRef<readonly Problem[]>([])
  const trouble = shallowRef<Refusal>()
  const busy = ref(false)
  const path = `forms/${encodeURIComponent(flow)}`

  const held = (): KeptForm => keptForm(kept('form'), flow)
  const hold = (now: KeptForm) => remember('form', withKept(kept('form'), flow, now))

  const loaded = load(async () => {
    const left = held().move
    const ended = left ? await settle(left) : false
    return ended ? null : ask<Form>('GET', path)
  }, `form:${flow}`)
  onMounted(() => {
    // A step left behind is finished; what could not be had with the page is asked for.
    if ((held().move || loaded.trouble.value) && !loaded.busy.value) void loaded.again()
  })
  // The questions are in the language they were asked for in.
  watch(language, () => {
    if (form.value) void fresh()
  })
  const form = computed(() => (given.value === undefined ? loaded.value.value : given.value))

  /** Sends one move; true when the form has ended by it. A refusal that is final lets the move go and is thrown. */
  async function settle(mine: Move): Promise<boolean> {
    const canShow = showable()
    try {
      const answer = await ask<FormAnswer>('POST', path, { id: mine.id, ...mine.step })
      const now = withMove(held(), undefined)
      hold(mine.step.do === 'answer' ? withDraft(now, mine.step.key, undefined) : now)
      await canShow
      take(answer)
      return answer.form === null
    } catch (error) {
      const isFinal = error instanceof Refusal && !PASSING.test(error.code)
      if (isFinal) hold(withMove(held(), undefined))
      throw error
    }
  }

  function take(answer: FormAnswer): void {
    const fresh = answer.messages.filter(({ body }) => body.card?.kind === 'emergency')
    alarms.value = [...alarms.value, ...fresh]
    alarmIsNew.value = fresh.length > 0
    if (answer.form === null) ending.value = answer.messages.filter(({ from }) => from !== 'me')
    given.value = answer.form
  }

  /** Takes a step; what may still be under way goes first, under its own id. True when it was taken. */
  async function move(step: Step, shown: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problems.value = []
    trouble.value = undefined
    try {
      const left = held().move
      const isAgain = left !== undefined && isSameStep(left.step, step)
      if (left && !isAgain && (await settle(left).catch(letGo))) return true
      const mine = isAgain ? left : { id: newId(), step }
      // Going to the chat or away changes no answer: not worth doing later.
      if (/^(?:answer|send|join)$/.test(step.do)) hold(withMove(held(), mine))
      await settle(mine)
      return true
    } catch (error) {
      refuse(error instanceof Refusal ? error : new Refusal('broken', ''), shown)
      return false
    } finally {
      busy.value = false
    }
  }

  function refuse(refusal: Refusal, shown: string): void {
    if (refusal.code === 'incomplete') problems.value = problemsOf(refusal.details, refusal.message, shown)
    else trouble.value = refusal
    // What stands here is no longer what the talk has.
    if (refusal.code === 'notNow') void fresh()
  }

  async function fresh(): Promise<void> {
    await loaded.again()
    if (!loaded.trouble.value) given.value = undefined
  }

  const sent = initial<StepSent>(`formStep:${flow}`)
  if (sent?.details) problems.value = problemsOf(sent.details, sent.message ?? '', sent.shown ?? '')
  if (sent?.messages) take({ form: sent.ended ? null : (form.value ?? null), messages: sent.messages })

  return {
    form,
    sentEntry: sent?.entry,
    ending,
    alarms,
    alarmIsNew,
    problems,
    missing: computed(() => (given.value === undefined ? loaded.trouble.value : undefined)),
    trouble,
    busy,
    again: loaded.again,
    move,
    draft: key => held().drafts[key],
    keepDraft: (key, entry) => hold(withDraft(held(), key, entry)),
  }
}

/** An old step that was refused for good does not stand in the way of a new one; a line that is down does. */
function letGo(error: unknown): false {
  if (error instanceof Refusal && !PASSING.test(error.code)) return false
  throw error
}

/** Waits until `flag` is false. */
export const untilFalse = (flag: Readonly<Ref<boolean>>): Promise<void> =>
  new Promise(done => {
    if (!flag.value) return done()
    const stop = watch(flag, isTrue => {
      if (isTrue) return
      stop()
      done()
    })
  })
