/** What one message may hold: WeChat takes 2,048 bytes; some room is left. */
const MOST_BYTES = 2000
/** Words of one turn go out in at most this many messages: the quota of a window. */
export const MOST_PARTS = 5
const MORE = '…'

/**
 * Words in parts of at most 2,000 bytes: at the end of a line where that leaves a part at least half full, else between characters. What does
 * not fit into `most` parts ends with `…`: the page has the whole of it.
 */
export function partsOf(words: string, most = MOST_PARTS): string[] {
  const parts: string[] = []
  let rest = words
  while (rest) {
    if (bytesOf(rest) <= MOST_BYTES) return [...parts, rest]
    const last = parts.length === most - 1
    const head = fitting(rest, last ? MOST_BYTES - bytesOf(MORE) : MOST_BYTES)
    if (last) return [...parts, head + MORE]
    const line = head.lastIndexOf('\n')
    const cut = line > head.length / 2 ? line : head.length
    parts.push(rest.slice(0, cut))
    rest = rest.slice(cut).replace(/^\n/, '')
  }
  return parts
}

const bytesOf = (words: string) => Buffer.byteLength(words)

/** As many whole characters from the beginning as fit into the bytes; a joined sign (emoji) is one. */
function fitting(words: string, bytes: number): string {
  let kept = ''
  let used = 0
  for (const { segment } of signs.segment(words.slice(0, bytes))) {
    used += bytesOf(segment)
    if (used > bytes) break
    kept += segment
  }
  return kept || [...words][0] || ''
}
const signs = new Intl.Segmenter('zh', { granularity: 'grapheme' })
