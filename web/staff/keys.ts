import { onScopeDispose } from 'vue'
import { takesLetters } from './takes-letters.ts'

/** What a key does here (named keys with Shift are `Shift+ArrowDown`); false when it does nothing just now, so that another listener or the browser may have it. */
export type Keys = Record<string, () => unknown>

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || takesLetters(target))

/** Single keys, as long as the component lives; silent while somebody types, in a dialog, or with Ctrl, Alt or Meta. */
export function useKeys(keys: Keys): void {
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return
    if (
      typing(event.target) ||
      document.querySelector('dialog[open], [role="dialog"][aria-modal="true"]:not([hidden])')
    )
      return
    const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : ''
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : shift + event.key]
    if (act && act() !== false) event.preventDefault()
  }
  addEventListener('keydown', press)
  onScopeDispose(() => removeEventListener('keydown', press))
}
