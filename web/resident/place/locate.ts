/** WGS84 degrees. */
export interface Position {
  lat: number
  lng: number
}

/** `none`: this device or page cannot tell; `denied`: the person or the phone said no. */
export type Located =
  | { ok: true; position: Position }
  | { ok: false; why: 'none' | 'denied' | 'failed' | 'late' }

/** The part of the browser's `Geolocation` used here. */
export interface Finder {
  getCurrentPosition(
    found: (at: { coords: { latitude: number; longitude: number } }) => void,
    failed: (why: { code: number }) => void,
    options: { enableHighAccuracy: boolean; timeout: number; maximumAge: number },
  ): void
}

/** Milliseconds a phone may take to find itself, and how old a position may be. */
const WITHIN = 15_000
const NO_OLDER = 60_000

const WHY: Readonly<Record<number, 'denied' | 'failed' | 'late'>> = { 1: 'denied', 2: 'failed', 3: 'late' }

/** Asks the phone where it is. Only ever called by a tap. */
export const locate = (geolocation: Finder | undefined): Promise<Located> =>
  new Promise(done => {
    if (!geolocation) {
      done({ ok: false, why: 'none' })
      return
    }
    geolocation.getCurrentPosition(
      ({ coords }) => done({ ok: true, position: { lat: coords.latitude, lng: coords.longitude } }),
      ({ code }) => done({ ok: false, why: WHY[code] ?? 'failed' }),
      { enableHighAccuracy: true, timeout: WITHIN, maximumAge: NO_OLDER },
    )
  })
