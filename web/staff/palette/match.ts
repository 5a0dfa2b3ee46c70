/** How well typed letters fit a name: pure, for the command palette and lists that are searched by pinyin. */

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-·、，,/]/g, '')

/**
 * How well something fits, by any of its names; less is better, null is not at all. A name may be Chinese, English, or pinyin and initials
 * as the service spells them (`paidan pd`). The start of a name comes before its middle, that before letters in order with gaps.
 */
export function fitness(typed: string, names: readonly string[]): number | null {
  const wanted = plain(typed)
  if (!wanted) return 0
  const fits = names.flatMap(name => fitOne(wanted, name) ?? [])
  return fits.length ? Math.min(...fits) : null
}

function fitOne(wanted: string, name: string): number | null {
  const parts = [name, ...name.split(/[\s\-·]+/)].map(plain).filter(Boolean)
  if (parts.some(part => part === wanted)) return 0
  if (parts.some(part => part.startsWith(wanted))) return 1
  if (parts.some(part => part.includes(wanted))) return 2
  const gaps = wanted.length > 1 ? parts.flatMap(part => gapsIn(wanted, part) ?? []) : []
  const least = Math.min(...gaps)
  return gaps.length === 0 || least > wanted.length * 3 ? null : 3 + least / 100
}

/** Letters passed over while the wanted ones are met in order; null when one is missing. */
function gapsIn(wanted: string, name: string): number | null {
  let at = -1
  let gaps = 0
  for (const letter of wanted) {
    const next = name.indexOf(letter, at + 1)
    if (next < 0) return null
    if (at >= 0) gaps += next - at - 1
    at = next
  }
  return gaps
}

/** Those that fit, best first; equals stay in their order. */
export function fitting<T>(typed: string, all: readonly T[], namesOf: (one: T) => readonly string[]): T[] {
  return all
    .map((one, index) => ({ one, index, fits: fitness(typed, namesOf(one)) }))
    .filter((line): line is typeof line & { fits: number } => line.fits !== null)
    .sort((a, b) => a.fits - b.fits || a.index - b.index)
    .map(({ one }) => one)
}

/** Whether something typed may be the number of a case, or the end of one. */
export const isCodeLike = (typed: string): boolean =>
  /^(?:[a-z]{2,4}-?\d{8}-?\d{1,6}|\d{8}-\d{1,6}|\d{4}-\d{1,6}|\d{3,6})$/i.test(typed.trim())
