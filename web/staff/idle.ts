import { onScopeDispose } from 'vue'
import { keep, kept } from './keeping.ts'
import { logOut, session } from './session.ts'

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const LOOK_EVERY = 15_000

/** Logs out after `Me.idleMinutes` without a key or a touch in any tab of this browser. */
export function watchIdle(): void {
  let noted = 0
  const sign = () => {
    const now = Date.now()
    if (now - noted < 5_000) return
    noted = now
    keep('active', String(now))
  }
  const look = () => {
    if (!session.me) return
    const still = Date.now() - Math.max(noted, Number(kept('active') ?? 0))
    if (session.me.idleMinutes > 0 && still > session.me.idleMinutes * 60_000) void logOut('idle')
  }
  sign()
  for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true })
  const timer = setInterval(look, LOOK_EVERY)
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    for (const name of SIGNS) removeEventListener(name, sign, { capture: true })
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
}
