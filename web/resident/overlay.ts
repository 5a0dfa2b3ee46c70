import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * Something laid over the page that the phone's back button closes: open while `?over=name` is in the address. `close` takes the
 * entry of the history away again; an address opened with it already there has none, and is only changed.
 */
export function useOverlay(name: string): {
  isOpen: Ref<boolean>
  open: () => void
  close: () => Promise<void>
} {
  const route = useRoute()
  const router = useRouter()
  let pushed = false
  const isOpen = computed(() => route.query.over === name)

  function open(): void {
    pushed = true
    void router.push({ query: { ...route.query, over: name } })
  }

  async function close(): Promise<void> {
    if (!isOpen.value) return
    const gone = new Promise<void>(done => {
      const stop = router.afterEach(() => {
        stop()
        done()
      })
    })
    if (pushed) router.back()
    else {
      const { over: _, ...query } = route.query
      void router.replace({ query })
    }
    pushed = false
    await gone
  }

  return { isOpen, open, close }
}
