import { reactive } from 'vue'
import { ask } from './session.ts'

/** Words as they are typed on a Latin keyboard, spelt by the service and remembered while the page stands. */
const spelt = reactive(new Map<string, string>())
/** Words asked for at once. */
const MOST = 400

/** `待分派` → `daifenpai dfp`; empty until it is known, or where there is nothing Chinese in it. */
export const pinyinOf = (words: string): string => spelt.get(words) ?? ''

/** Learns the spelling of words. Without it they are found by themselves: no fault is told. */
export async function learnPinyin(all: readonly string[]): Promise<void> {
  const missing = [...new Set(all)].filter(words => !spelt.has(words) && /\p{Script=Han}/u.test(words))
  for (let from = 0; from < missing.length; from += MOST) {
    const words = missing.slice(from, from + MOST).map(one => one.slice(0, 60))
    const told = await ask<{ py: string[] }>('POST', 'pinyin', { words }).catch(() => null)
    told?.py.forEach((py, at) => {
      spelt.set(missing[from + at]!, py)
    })
  }
}
