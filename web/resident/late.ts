import { type Component, defineAsyncComponent } from 'vue'
import { type LaterWords, needWords } from './words.ts'

/** Milliseconds between tries to fetch a part of the page. */
const AGAIN = 2_000

/** Fetches until it comes: on a bad line a part of the page must not be missing for good. The server has it or never will. */
export async function insist<T>(fetchIt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await fetchIt()
    } catch (error) {
      if (import.meta.env.SSR) throw error
      await new Promise(done => setTimeout(done, AGAIN))
    }
  }
}

/** A part fetched when it is first shown, together with the words it needs besides those of its page. */
export const late = <T extends Component>(part: () => Promise<{ default: T }>, words?: LaterWords): T =>
  defineAsyncComponent<T>(() =>
    insist(() => Promise.all([part(), words && needWords(words)]).then(([is]) => is.default)),
  )

/** Fetches a late part ahead of being shown: then it stands at once. */
export const ready = (part: Component): Promise<unknown> =>
  (part as unknown as { __asyncLoader: () => Promise<unknown> }).__asyncLoader()

/** Parts the service may have drawn, by what shows that it did. */
const drawable: { mark: string; part: Component }[] = []

/**
 * A late part the service may draw: `mark` selects it on the drawn page. To be called once, beside the page's own code and not
 * in a component.
 */
export function drawnLate<T extends Component>(mark: string, ...from: Parameters<typeof late<T>>): T {
  const part = late(...from)
  drawable.push({ mark, part })
  return part
}

/** Fetches the late parts the service has drawn under `root`: they must not be missing when the script's page takes its place. */
export const drawnParts = (root: Element): Promise<unknown> =>
  Promise.all(drawable.filter(({ mark }) => root.querySelector(mark)).map(({ part }) => ready(part)))

/** Milliseconds after which what may be wanted next is fetched ahead: the first look comes first. */
const AHEAD = 2_000

/** Fetches what may be wanted next once there is time, so that a line cut later does no harm. */
export function fetchAhead(...next: readonly (() => Promise<unknown>)[]): void {
  setTimeout(() => {
    for (const fetchIt of next) fetchIt().catch(() => undefined)
  }, AHEAD)
}
