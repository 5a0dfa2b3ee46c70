import { onMounted, type Ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { language } from '../words.ts'

/**
 * What a page change is to a person within one page: the window is named after the step, and a new step takes the focus to its
 * heading. `stage` names what is shown, empty while nothing is; `hold` keeps the focus where it is.
 */
export function useArriving(stage: Ref<string>, title: Ref<string>, hold: () => boolean): void {
  const route = useRoute()
  const nameWindow = (): void => {
    if (stage.value) document.title = title.value
  }
  onMounted(nameWindow)
  watch([title, () => route.fullPath, language], nameWindow, { flush: 'post' })
  watch(
    stage,
    (_, before) => {
      if (!before || hold()) return
      document.scrollingElement?.scrollTo(0, 0)
      document.getElementById('q-h')?.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
