/** A line that can be chosen; `group` is where it belongs, `note` what choosing it means. */
export interface Pickable {
  value: string
  label: string
  group?: string
  note?: string
  /** As it is typed on a Latin keyboard: `hongshanjun hsj`. */
  py?: string
}

/**
 * What is looked for once somebody writes. In a closed list the field shows what is chosen: the first letter takes its place; where
 * nothing is chosen the letters are all the person's own.
 */
export const typedOn = (
  { open, chosen }: { open: boolean; chosen: boolean },
  field: string,
  inserted: string | null,
): string => (!open && chosen && inserted !== null ? inserted : field)

/** Lines drawn at once: who sees more does not find more. */
const MOST = 60

/** The lines that hold every piece of what was typed, in their name or their group, and how many are left out. */
export function shownOf(options: readonly Pickable[], typed: string): { shown: Pickable[]; more: number } {
  const pieces = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found = options.filter(({ label, group = '', py = '' }) => {
    const words = `${label} ${group} ${py}`.toLowerCase()
    return pieces.every(piece => words.includes(piece))
  })
  // Whose own name holds it stands before those it is only the group of.
  const own = (option: Pickable) =>
    pieces.every(piece => `${option.label} ${option.py ?? ''}`.toLowerCase().includes(piece))
  const sorted = pieces.length ? [...found.filter(own), ...found.filter(option => !own(option))] : found
  return { shown: sorted.slice(0, MOST), more: Math.max(0, found.length - MOST) }
}
