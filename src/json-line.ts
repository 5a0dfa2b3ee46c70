/** Finds where in a JSON text something stands, so that a fault can be told with its line. */

/** 1-based line of the value at a path (object keys and array indexes); of its nearest ancestor when it is not there. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  return lineAt(text, walk(text, path))
}

/** 1-based line of the first thing in a text that is not JSON; the parser's own message does not always say where. */
export function lineOfSyntaxError(text: string): number {
  const end = scan(text, 0)
  return lineAt(text, end < 0 ? ~end : skipSpace(text, end))
}

/** A JSON pointer (`/towns/3/code`) as a path. */
export const pathOfPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length

/** Offset of the value at a path; the text is known to be valid JSON. */
function walk(text: string, path: readonly (string | number)[]): number {
  let at = skipSpace(text, 0)
  for (const step of path) {
    const next = child(text, at, step)
    if (next === null) return at
    at = next
  }
  return at
}

/** Offset of a member of the object or array that begins at `at`, or null. */
function child(text: string, at: number, step: string | number): number | null {
  const isObject = text[at] === '{'
  if (!isObject && text[at] !== '[') return null
  let index = 0
  for (let i = skipSpace(text, at + 1); text[i] !== '}' && text[i] !== ']'; index++) {
    let key = String(index)
    if (isObject) {
      const end = endOfValue(text, i)
      key = JSON.parse(text.slice(i, end)) as string
      i = skipSpace(text, skipSpace(text, end) + 1)
    }
    if (key === String(step)) return i
    i = skipSpace(text, endOfValue(text, i))
    if (text[i] === ',') i = skipSpace(text, i + 1)
  }
  return null
}

const SPACE = /\s*/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SCALAR = /[^\s,\]}]+/y

const matched = (pattern: RegExp, text: string, at: number) => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Offset behind the value at `from`, or the complement (`~`) of the offset where it stops being JSON. */
function scan(text: string, from: number): number {
  const at = skipSpace(text, from)
  if (text[at] === '{') return scanMembers(text, at, '}')
  if (text[at] === '[') return scanMembers(text, at, ']')
  const end = matched(text[at] === '"' ? STRING : LITERAL, text, at)
  return end > at ? end : ~at
}

function scanMembers(text: string, open: number, close: string): number {
  let at = skipSpace(text, open + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    const value = close === '}' ? scanKey(text, at) : at
    const end = value < 0 ? value : scan(text, value)
    if (end < 0) return end
    at = skipSpace(text, end)
    if (text[at] === close) return at + 1
    if (text[at] !== ',') return ~at
    at = skipSpace(text, at + 1)
  }
}

/** Offset behind `"key":`, or the complement of where it fails. */
function scanKey(text: string, at: number): number {
  const end = matched(STRING, text, at)
  if (end === at) return ~at
  const colon = skipSpace(text, end)
  return text[colon] === ':' ? colon + 1 : ~colon
}

const skipSpace = (text: string, at: number) => matched(SPACE, text, at)

/** Offset just behind the value that begins at `at`. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return matched(STRING, text, at)
  if (text[at] !== '{' && text[at] !== '[') return matched(SCALAR, text, at)
  let depth = 0
  for (let i = at; i < text.length; i++) {
    const letter = text[i]
    if (letter === '"') i = matched(STRING, text, i) - 1
    else if (letter === '{' || letter === '[') depth++
    else if ((letter === '}' || letter === ']') && --depth === 0) return i + 1
  }
  return text.length
}
