import { computed, type Ref, ref, watch } from 'vue'

/** Rows chosen to be dispatched together; what leaves the list is chosen no more. */
export function usePicks(order: Ref<readonly string[]>) {
  const picked = ref<readonly string[]>([])
  const has = (code: string) => picked.value.includes(code)
  const add = (code: string) => {
    if (!has(code)) picked.value = [...picked.value, code]
  }
  const toggle = (code: string) => {
    picked.value = has(code) ? picked.value.filter(one => one !== code) : [...picked.value, code]
  }
  const all = computed(() => order.value.length > 0 && order.value.every(has))

  watch(order, codes => {
    const left = picked.value.filter(code => codes.includes(code))
    if (left.length < picked.value.length) picked.value = left
  })
  return {
    picked,
    toggle,
    add,
    all,
    none: () => {
      picked.value = []
    },
    /** All that is shown; when all are chosen already, none. */
    toggleAll: () => {
      picked.value = all.value ? [] : [...order.value]
    },
  }
}
