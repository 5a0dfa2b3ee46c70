import { computed, type InjectionKey, inject, provide, type Ref, ref, shallowRef } from 'vue'
import type { MediationView } from '../../../wire/mediation.ts'
import { Refusal } from '../../shared/api.ts'
import { load, sentence } from '../load.ts'
import { ask } from '../session.ts'
import { t } from '../words.ts'

/** The mediation a page shows; whatever is done in one of its parts is seen in all of them at once. */

interface Shown {
  at: (path: string) => string
  take: (view: MediationView) => void
}
const SHOWN: InjectionKey<Shown> = Symbol('mediation')

/** Fetches the mediation and hands it to the parts of the page. To be called while the page is set up. */
export function useMediation(code: () => string) {
  const at = (path: string) => `mediations/${encodeURIComponent(code())}${path}`
  const { value, trouble, again } = load(() => ask<MediationView>('GET', at('')), `mediation:${code()}`)
  /** What an own step answered, until the page is fetched anew. */
  const done = shallowRef<{ over: MediationView | undefined; view: MediationView }>()
  const view = computed(() => (done.value && done.value.over === value.value ? done.value.view : value.value))
  provide(SHOWN, {
    at,
    take: answered => {
      done.value = { over: value.value, view: answered }
    },
  })
  return { view, trouble, again }
}

/** A step of a part: one at a time, its refusal as a sentence beside what was pressed. */
export interface Doing {
  busy: Readonly<Ref<boolean>>
  wrong: Ref<string>
  /** Does it and shows what came of it; null when it was done, else why not. */
  act: (path: string, body?: object) => Promise<Refusal | null>
  fetch: <T>(path: string) => Promise<T>
  /** The address of a paper of this mediation. */
  paper: (name: string) => string
}

/** The way to do something in the mediation of this page. */
export function useDoing(): Doing {
  const { at, take } = inject(SHOWN)!
  const busy = ref(false)
  const wrong = ref('')
  async function act(path: string, body: object = {}): Promise<Refusal | null> {
    if (busy.value) return new Refusal('busy', '')
    busy.value = true
    wrong.value = ''
    try {
      const answer = await ask<MediationView | { view: MediationView }>('POST', at(path), body)
      take('view' in answer ? answer.view : answer)
      return null
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('broken', '')
      wrong.value =
        refusal.code === 'incomplete' && !refusal.message ? t('sides.incomplete') : sentence(refusal)
      return refusal
    } finally {
      busy.value = false
    }
  }
  return {
    busy,
    wrong,
    act,
    fetch: path => ask('GET', at(path)),
    paper: name => `/api/resident/${at(`/${name}`)}`,
  }
}
