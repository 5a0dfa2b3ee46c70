import { type Component, defineAsyncComponent } from 'vue'
import { needWords } from './words.ts'

/** Milliseconds between tries to fetch a part of the page. */
const AGAIN = 2_000

/** Fetches until it comes: on a bad line a part of the page must not be missing for good. */
export async function insist<T>(fetchIt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await fetchIt()
    } catch {
      await new Promise(done => setTimeout(done, AGAIN))
    }
  }
}

/** A part fetched when it is first shown, together with the words it needs. */
export const late = <T extends Component>(
  part: () => Promise<{ default: T }>,
  words: Parameters<typeof needWords>[0],
): T =>
  defineAsyncComponent<T>(() =>
    insist(() => Promise.all([part(), needWords(words)]).then(([is]) => is.default)),
  )
