/**
 * The page the server drew is in use before the script is there. When the script's own page takes its place, what was
 * written, chosen and focused meanwhile goes over with it.
 */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

interface Touched {
  selector: string
  value?: string
  checked?: boolean
  focused?: readonly [start: number | null, end: number | null]
}

/** Everything under `root` a person has touched, by id or name. */
export function touchedIn(root: Element): Touched[] {
  const active = document.activeElement
  const found: Touched[] = []
  for (const one of root.querySelectorAll<HTMLElement>('input, textarea, select, button, a[href]')) {
    const selector = selectorOf(one)
    if (!selector) continue
    const touched: Touched = { selector, ...changeOf(one as Field) }
    if (one === active) touched.focused = selectionOf(one as Field)
    if (Object.keys(touched).length > 1) found.push(touched)
  }
  return found
}

/** Puts it into the page that now stands under `root`; what has no place there any more is left out. */
export function handOver(root: Element, all: readonly Touched[]): void {
  for (const { selector, value, checked, focused } of all) {
    const field = root.querySelector<HTMLInputElement>(selector)
    if (!field) continue
    if (value !== undefined && field.value !== value) {
      field.value = value
      tell(field)
    }
    if (checked !== undefined && field.checked !== checked) {
      field.checked = checked
      tell(field)
    }
    if (!focused) continue
    field.focus({ preventScroll: true })
    const [start, end] = focused
    if (start !== null && field.setSelectionRange) field.setSelectionRange(start, end ?? start)
  }
}

/** `v-model` hears of a change by its event. */
function tell(field: Element): void {
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

function selectorOf(one: HTMLElement): string | undefined {
  const name = one.getAttribute('name')
  const { value, type } = one as HTMLInputElement
  if (name && type === 'hidden') return undefined
  if (name && (type === 'radio' || type === 'checkbox'))
    return `[name=${JSON.stringify(name)}][value=${JSON.stringify(value)}]`
  if (one.id) return `#${CSS.escape(one.id)}`
  if (name) return `[name=${JSON.stringify(name)}]`
  const href = one.getAttribute('href')
  return href ? `a[href=${JSON.stringify(href)}]` : undefined
}

function changeOf(field: Field): Pick<Touched, 'value' | 'checked'> {
  if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox'))
    return field.checked === field.defaultChecked ? {} : { checked: field.checked }
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    return field.value === field.defaultValue ? {} : { value: field.value }
  if (field instanceof HTMLSelectElement && field.value) return { value: field.value }
  return {}
}

function selectionOf(field: Field): readonly [number | null, number | null] {
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)
    return [field.selectionStart, field.selectionEnd]
  return [null, null]
}
