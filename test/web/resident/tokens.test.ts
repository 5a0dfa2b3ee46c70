import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The colours of every look: words can be read on whatever they stand on. */

const css = readFileSync('web/resident/style/tokens.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

/** The colours one rule sets. */
function rule(selector: string): Record<string, string> {
  const at = css.indexOf(`\n${selector} {`)
  expect(at, selector).toBeGreaterThan(-1)
  const body = css.slice(css.indexOf('{', at) + 1, css.indexOf('}', at))
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  )
}

const light = rule(':root')
const dark = { ...light, ...rule('[data-theme="dark"]') }
const more = rule(':root[data-contrast="more"]')
const LOOKS: [string, Record<string, string>, number][] = [
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['长辈版', { ...light, ...rule('[data-mode="care"]') }, 4.5],
  ['dark 长辈版', { ...dark, ...rule('[data-theme="dark"][data-mode="care"]') }, 4.5],
  ['high contrast', { ...light, ...more }, 7],
  ['high contrast dark', { ...dark, ...more, ...rule(':root[data-contrast="more"][data-theme="dark"]') }, 7],
]

/** Words on a ground. */
const PAIRS: [string, string[]][] = [
  ['--text', ['--bg', '--surface', '--surface-2']],
  ['--text-2', ['--bg', '--surface', '--surface-2']],
  ['--accent-ink', ['--bg', '--surface', '--surface-2', '--accent-soft']],
  ['--on-accent', ['--accent', '--accent-press']],
  ['--due-ink', ['--due-soft', '--surface']],
  ['--alert-ink', ['--alert-soft', '--surface', '--bg']],
  ['--on-alert', ['--alert']],
  ['--on-bubble-me', ['--bubble-me']],
  ['--text', ['--bubble-staff']],
]

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
/** WCAG 2: 1 for the same colour, 21 for black on white. */
function ratio(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

describe.each(LOOKS)('%s', (_look, colours, least) => {
  it.each(PAIRS.flatMap(([words, grounds]) => grounds.map(ground => [words, ground] as const)))(
    '%s on %s',
    (words, ground) => {
      expect(ratio(colours[words]!, colours[ground]!)).toBeGreaterThanOrEqual(least)
    },
  )
  it('controls have an edge that is seen', () => {
    expect(ratio(colours['--line-control']!, colours['--surface']!)).toBeGreaterThanOrEqual(3)
    expect(ratio(colours['--focus']!, colours['--bg']!)).toBeGreaterThanOrEqual(3)
  })
})
