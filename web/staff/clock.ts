import { onScopeDispose, ref } from 'vue'

/** The moment as the service has it, for a desk whose own clock is wrong and for demonstrations with a moved clock. */

let ahead = 0

/** Learns the service's clock from an answer that carries it. */
export function setClock(serverNow: string): void {
  const at = Date.parse(serverNow)
  if (!Number.isNaN(at)) ahead = at - Date.now()
}

/** Now, as an ISO instant. */
export const nowISO = (): string => new Date(Date.now() + ahead).toISOString()

const TICK = 15_000

/** Now, renewed every quarter of a minute while the component lives: time left must not stand still on an open page. */
export function useNow() {
  const now = ref(nowISO())
  const timer = setInterval(() => {
    now.value = nowISO()
  }, TICK)
  onScopeDispose(() => clearInterval(timer))
  return now
}
