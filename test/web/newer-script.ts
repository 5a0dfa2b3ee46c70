import { type AnyNode, parse } from 'acorn'

/** What a script says that Chromium 86 does not know. */

/** Methods and static functions newer than Chromium 86, and the version that brought them. A call of any of these names counts. */
// biome-ignore format: a table
const CALLS: Readonly<Record<string, number>> = {
  at: 92, findLast: 97, findLastIndex: 97, toSorted: 110, toReversed: 110, toSpliced: 110, with: 110, hasOwn: 93,
  groupBy: 117, fromAsync: 121, withResolvers: 119, try: 128, isWellFormed: 111, toWellFormed: 111, structuredClone: 98,
  randomUUID: 92, canParse: 120, throwIfAborted: 100, waitAsync: 87, supportedValuesOf: 99, formatRangeToParts: 106,
  reportError: 95, startViewTransition: 111, showPopover: 114, hidePopover: 114, togglePopover: 114, checkVisibility: 105,
  setHTMLUnsafe: 124, getHTML: 125, isSubsetOf: 122, union: 122, intersection: 122, difference: 122, moveBefore: 133,
  showPicker: 99, requestClose: 134, getSetCookie: 113,
}
/** Newer only on these objects: the name alone would be found everywhere. */
const STATICS: Readonly<Record<string, number>> = {
  'AbortSignal.timeout': 103,
  'AbortSignal.any': 116,
  'AbortSignal.abort': 93,
  'Intl.Segmenter': 87,
  'Intl.DurationFormat': 129,
  'Response.json': 105,
  'navigator.userAgentData': 90,
  'navigator.windowControlsOverlay': 105,
  'Iterator.from': 122,
  'Object.groupBy': 117,
}
/** Functions called by their bare name; any other bare name is somebody's own, above all in minified code. */
const BARE = /^(?:structuredClone|reportError)$/
/** Constructors and globals, wherever they are named. */
const GLOBALS: Readonly<Record<string, number>> = {
  URLPattern: 95,
  scheduler: 94,
  Temporal: 144,
  CloseWatcher: 126,
  EyeDropper: 95,
  Iterator: 122,
}

type Node = AnyNode & { [key: string]: unknown }

/**
 * Everything newer in a script, as `name (version)`. `x.name?.(…)`, `typeof x.name` and `'name' in x && …` are guards; what a
 * longer one protects is allowed by the caller, who says why. A script that does not parse as ES2022 throws.
 */
export function newerInScript(code: string): string[] {
  const found = new Set<string>()
  const note = (name: string, version: number) => found.add(`${name} (${version})`)
  const tree = parse(code, { ecmaVersion: 2022, sourceType: 'module' }) as unknown as Node
  walk(tree, undefined, 0, [], (node, parent, depth, asked) => {
    if (node.type === 'StaticBlock') note('static block', 94)
    if (node.type === 'AwaitExpression' && depth === 0) note('await at the top', 89)
    if (node.type === 'ForOfStatement' && node.await && depth === 0) note('await at the top', 89)
    if (node.type === 'BinaryExpression' && node.left.type === 'PrivateIdentifier') note('#x in', 91)
    if (node.type === 'Literal' && 'regex' in node && /[dv]/.test(node.regex?.flags ?? ''))
      note('regex flag', 90)
    if (node.type === 'CallExpression') noteCall(node as never, asked, note)
    if (node.type === 'MemberExpression') noteStatic(node as never, parent, note)
    if (node.type === 'Identifier' && GLOBALS[node.name] && isValue(node, parent))
      note(node.name, GLOBALS[node.name]!)
  })
  return [...found].sort()
}

function noteCall(
  node: { callee: Node; optional: boolean },
  asked: readonly string[],
  note: (name: string, version: number) => void,
) {
  const { callee, optional } = node
  const name = callee.type === 'MemberExpression' ? nameOf(callee.property as Node) : bareName(callee)
  if (name && CALLS[name] && Object.hasOwn(CALLS, name) && !optional && !asked.includes(name))
    note(name, CALLS[name])
}

function noteStatic(
  node: { object: Node; property: Node; optional: boolean },
  parent: Node | undefined,
  note: (name: string, version: number) => void,
) {
  const name = `${nameOf(node.object)}.${nameOf(node.property)}`
  const isAsked = parent?.type === 'UnaryExpression' && parent.operator === 'typeof'
  const isOptionalCall = parent?.type === 'CallExpression' && parent.optional
  if (STATICS[name] && !isAsked && !isOptionalCall) note(name, STATICS[name])
}

/** Is the name a thing meant, and not the name of a property or of something declared here? */
function isValue(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression') return parent.object === node
  if (parent.type === 'UnaryExpression') return parent.operator !== 'typeof'
  return parent.type === 'NewExpression' || parent.type === 'CallExpression'
}

const bareName = (node: Node) => (node.type === 'Identifier' && BARE.test(node.name) ? node.name : undefined)

const nameOf = (node: Node): string | undefined => {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'TemplateLiteral') return node.quasis[0]?.value.raw
  return node.type === 'Literal' ? String(node.value) : undefined
}

/** `asked`: names that are known to be there, or that whoever calls this must have had. */
function walk(
  node: Node,
  parent: Node | undefined,
  depth: number,
  asked: readonly string[],
  visit: (node: Node, parent: Node | undefined, depth: number, asked: readonly string[]) => void,
) {
  visit(node, parent, depth, asked)
  const inner = /Function/.test(node.type) ? depth + 1 : depth
  const known = [...asked, ...askedBy(node)]
  for (const value of Object.values(node))
    for (const one of Array.isArray(value) ? value : [value])
      if (one && typeof one === 'object' && typeof (one as Node).type === 'string')
        walk(one as Node, node, inner, known, visit)
}

/** `'name' in x && …`, and a method that only passes a call of its own name on. */
function askedBy(node: Node): string[] {
  if (node.type === 'Property' || node.type === 'MethodDefinition') return [nameOf(node.key as Node) ?? '']
  if (node.type !== 'LogicalExpression' || node.operator !== '&&') return []
  return [node.left, node.left.type === 'LogicalExpression' ? node.left.right : node.left].flatMap(left =>
    left.type === 'BinaryExpression' && left.operator === 'in' ? [nameOf(left.left as Node) ?? ''] : [],
  )
}
