/** Colours a canvas is drawn with: those of the page, read from its tokens. */
export interface Palette {
  text: string
  text2: string
  text3: string
  line: string
  surface: string
  accent: string
  accentLine: string
  late: string
  near: string
  font: string
}

const TOKENS: Readonly<Record<keyof Palette, string>> = {
  text: '--text',
  text2: '--text-2',
  text3: '--text-3',
  line: '--line',
  surface: '--surface',
  accent: '--accent',
  accentLine: '--accent-line',
  late: '--late',
  near: '--near',
  font: '--font',
}

/** Paper is light, whatever the screen is. */
const PAPER: Palette = {
  ...{ text: '#1c1f20', text2: '#4f5457', text3: '#666c6f', line: '#dcdcd8', surface: '#fff' },
  ...{ accent: '#0d6274', accentLine: '#9cc5cd', late: '#ab2219', near: '#855000' },
  font: 'sans-serif',
}

/** The colours to draw with now. */
export function paletteOf(element: Element, paper: boolean): Palette {
  if (paper) return PAPER
  const style = getComputedStyle(element)
  const read = Object.entries(TOKENS).map(([name, token]) => [name, style.getPropertyValue(token).trim()])
  return Object.fromEntries(read) as Palette
}
