import type { Service } from '../shapes.ts'

/**
 * The errands that fit what was typed, best first: by name, by other words for it, by pinyin (`juzhuzheng`) and initials
 * (`jzz`), and by a whole question that names one (居住证要带什么). Nothing typed finds them all, in their order.
 */
export function findServices(services: readonly Service[], typed: string): Service[] {
  const plain = plainOf(typed)
  if (!plain) return [...services]
  return services
    .map((service, at) => ({ service, at, rank: rankOf(service, plain) }))
    .filter(({ rank }) => rank < NOT_AT_ALL)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ service }) => service)
}

const NOT_AT_ALL = 99

const plainOf = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，。、.?？!！'’-]+/g, '')

/** 0 is the name itself, more is worse. Signs and blanks do not count: `ju zhu zheng` is `juzhuzheng`. */
function rankOf({ name, also, py }: Service, typed: string): number {
  const own = plainOf(name)
  const others = also.map(plainOf)
  if (own === typed || others.includes(typed)) return 0
  if (own.startsWith(typed)) return 1
  if (own.includes(typed)) return 2
  if (others.some(word => word.includes(typed))) return 3
  // A word of the guide inside a whole question: the longer the word, the surer.
  const named = [own, ...others].filter(word => word.length > 1 && typed.includes(word))
  if (named.length > 0) return 4 + 1 / Math.max(...named.map(word => word.length))
  return /^[a-z0-9]+$/.test(typed) ? rankOfPinyin(py, typed) : NOT_AT_ALL
}

function rankOfPinyin(py: readonly string[], typed: string): number {
  const words = py.map(each => each.split(' '))
  if (words.some(([full = '', initials = '']) => full.startsWith(typed) || initials.startsWith(typed)))
    return 5
  const inside = typed.length > 2 && words.some(([full = '']) => full.includes(typed))
  return inside ? 6 : NOT_AT_ALL
}
