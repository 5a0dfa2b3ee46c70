import { computed, ref } from 'vue'
import { Refusal } from '../shared/api.ts'
import { kept } from './keeping.ts'
import { ask, saying } from './session.ts'
import type { Alert } from './types.ts'

/** Danger alerts, fetched once for the bar on every page and for the page of their own. */

export const alerts = ref<Alert[]>([])
export const alertTrouble = ref('')
/** False for people whose role has nothing to do with alerts. */
export const alertsOpen = ref(true)

/** Somebody must still say that they have seen it. */
export const waiting = computed(() =>
  alerts.value.filter(alert => !alert.acknowledgedBy && alert.state !== 'closed'),
)

export async function fetchAlerts(): Promise<void> {
  const known = new Set(alerts.value.map(alert => alert.id))
  try {
    alerts.value = (await ask<{ alerts: Alert[] }>('GET', 'alerts')).alerts
    alertTrouble.value = ''
    alertsOpen.value = true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'notAllowed') alertsOpen.value = false
    else alertTrouble.value = saying(error)
    return
  }
  if (waiting.value.some(alert => !known.has(alert.id)) && kept('sound') === 'on') beep()
}

/** Says "I have seen it, I am on it". Throws `Refusal` when somebody was faster or the line is down. */
export async function acknowledge(id: string): Promise<void> {
  try {
    const told = await ask<Alert>('POST', `alerts/${id}/acknowledge`)
    alerts.value = alerts.value.map(alert => (alert.id === id ? told : alert))
  } finally {
    void fetchAlerts()
  }
}

/** Two short tones; made here so that no sound file is needed. */
export function beep(): void {
  try {
    const audio = new AudioContext()
    for (const [at, pitch] of [
      [0, 880],
      [0.25, 660],
    ] as const) {
      const tone = audio.createOscillator()
      const loud = audio.createGain()
      loud.gain.value = 0.15
      tone.frequency.value = pitch
      tone.connect(loud).connect(audio.destination)
      tone.start(audio.currentTime + at)
      tone.stop(audio.currentTime + at + 0.18)
    }
    setTimeout(() => void audio.close(), 1_000)
  } catch {
    // A browser without sound still shows the bar and flashes the title.
  }
}
