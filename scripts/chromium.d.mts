/** The path of a Chromium, or null. */
export function findChromium(): string | null
/** Finds or installs one; throws with what to do by hand. */
export function needChromium(): string
