/** Finds where in a JSON text something stands, so that a fault can be told with its line. */

/** 1-based line of the value at a path (object keys and array indexes); of its nearest ancestor when it is not there. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  return lineAt(text, walk(text, path))
}

/** 1-based line of the place where JSON.parse gave up. */
export function lineOfSyntaxError(text: string, error: Error): number {
  const position = /position (\d+)/.exec(error.message)?.[1]
  return lineAt(text, position === undefined ? text.trimEnd().length : Number(position))
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
