/** One tag with words in it, in clear or in one section. */
const TAG = /\s*<([A-Za-z]\w*)>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<&]*))<\/\1>/y
const BEGIN = /^\s*<xml>/
const END = /\s*<\/xml>\s*$/y

/** WeChat's pushes have some twenty tags. */
const MOST_TAGS = 60

/**
 * Reads the one shape nearly every push has: `<xml>` around tags with words, none nested, none twice. Null at anything else, which is the
 * parser's: this way is ten times as quick, and it runs twice for every sealed message.
 */
export function flatFields(xml: string): Record<string, string> | null {
  const begin = BEGIN.exec(xml)
  if (!begin) return null
  const fields: Record<string, string> = {}
  let at = begin[0].length
  for (let count = 0; count < MOST_TAGS; count++) {
    TAG.lastIndex = at
    const found = TAG.exec(xml)
    if (!found) {
      END.lastIndex = at
      return END.test(xml) ? fields : null
    }
    const [whole, name = '', section, clear] = found
    // A section that was split, or a tag said twice.
    if (section?.includes(']]>') || name in fields) return null
    fields[name] = section ?? clear ?? ''
    at += whole.length
  }
  return null
}
