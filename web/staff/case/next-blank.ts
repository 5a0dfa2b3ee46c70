import { BLANK } from '../../../src/rules/cases/templates.ts'

/**
 * Selects the next `____` of a form behind the cursor, in this field or a later one; false when there is none, so that Tab goes on as
 * always.
 */
function nextBlank(form: HTMLElement, from: EventTarget | null): boolean {
  const areas = [...form.querySelectorAll('textarea')]
  const start = from instanceof HTMLTextAreaElement ? areas.indexOf(from) : -1
  if (start < 0) return false
  for (const area of areas.slice(start)) {
    const at = area.value.indexOf(BLANK, area === from ? area.selectionEnd : 0)
    if (at < 0) continue
    selectAt(area, at)
    return true
  }
  return false
}

/** Puts the cursor on the first blank of a form; false when nothing is blank. */
export function firstBlank(form: HTMLElement | null): boolean {
  for (const area of form?.querySelectorAll('textarea') ?? []) {
    const at = area.value.indexOf(BLANK)
    if (at < 0) continue
    selectAt(area, at)
    return true
  }
  return false
}

function selectAt(area: HTMLTextAreaElement, at: number): void {
  area.focus()
  area.setSelectionRange(at, at + BLANK.length)
}

/** Tab in a form with blanks goes from one to the next. */
export function tabToBlank(event: KeyboardEvent, form: HTMLElement | null): void {
  if (event.shiftKey || event.isComposing || !form) return
  if (nextBlank(form, event.target)) event.preventDefault()
}
