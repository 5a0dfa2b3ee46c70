import { nextTick } from 'vue'
import type { Filled } from '../form.ts'
import type { Need } from '../types.ts'
import { type Cursor, inserted } from './insert.ts'

/** The cursor of a form's field that was written in last: browsers keep it when the focus goes. */
function cursorIn(form: HTMLFormElement, needs: readonly Need[]): Cursor | null {
  for (const { field } of needs) {
    const area = form.querySelector<HTMLTextAreaElement>(`textarea[id$="-${field}"]`)
    if (area && area.selectionEnd > 0 && area.selectionEnd < area.value.length)
      return { field, from: area.selectionStart, to: area.selectionEnd }
  }
  return null
}

/** Puts a template into a form on screen and the cursor on the first blank. */
export async function insertInto(
  form: HTMLFormElement | null,
  needs: readonly Need[],
  filled: Filled,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  if (!form) return
  const { changed, blank } = inserted(needs, filled, fields, cursorIn(form, needs))
  Object.assign(filled, changed)
  await nextTick()
  const field = blank?.field ?? Object.keys(changed)[0]
  const area = form.querySelector<HTMLTextAreaElement>(`textarea[id$="-${field}"]`)
  area?.focus()
  if (blank) area?.setSelectionRange(blank.from, blank.to)
}
