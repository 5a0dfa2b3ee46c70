import { BLANK } from '../../../src/rules/cases/templates.ts'
import type { Filled } from '../form.ts'
import type { Need } from '../types.ts'

/** Where the cursor stands in a field. */
export interface Cursor {
  field: string
  from: number
  to: number
}

/**
 * Puts a template into a half-written form, field by field; nothing written is lost. At the cursor where it stands in the middle of one of
 * these fields, else into the empty field or on a new line below what is there. Returns the fields that change, and the first blank to
 * be filled, in the order of the form.
 */
export function inserted(
  needs: readonly Need[],
  filled: Filled,
  fields: Readonly<Record<string, string>>,
  cursor: Cursor | null = null,
): { changed: Record<string, string>; blank: Cursor | null } {
  const changed: Record<string, string> = {}
  let blank: Cursor | null = null
  for (const { field, kind } of needs) {
    const words = fields[field]
    if (kind !== 'text' || !words) continue
    const was = String(filled[field] ?? '')
    const at = cursor?.field === field ? cursor : { field, from: was.length, to: was.length }
    const end = was.slice(0, at.from)
    const gap = at.from === was.length && end.trim() !== '' && !end.endsWith('\n') ? '\n' : ''
    const start = was.trim() === '' ? '' : end + gap
    changed[field] = start + words + (was.trim() === '' ? '' : was.slice(at.to))
    const found = words.indexOf(BLANK)
    if (!blank && found >= 0)
      blank = { field, from: start.length + found, to: start.length + found + BLANK.length }
  }
  return { changed, blank }
}
