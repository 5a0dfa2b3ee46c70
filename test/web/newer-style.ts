/** What a style sheet says that Chromium 86 does not know. */

/** Selectors: one unknown word makes the browser drop the whole rule, so nothing can stand in for it but `@supports`. */
const SELECTORS: readonly (readonly [RegExp, string])[] = [
  [/:has\(/, ':has()'],
  [/:is\(/, ':is()'],
  [/:where\(/, ':where()'],
  [/:not\([^()]*,/, ':not() with a list'],
  [/:dir\(/, ':dir()'],
  [/:user-(?:in)?valid/, ':user-valid'],
  [/:(?:modal|popover-open|open|state)\b/, 'newer state'],
  [/(?:^|[\s,>+~])&|&(?=[\s.:[#>+~]|$)/, 'nesting'],
]
/** At-rules that are unknown, or whose condition is. */
const AT_RULES: readonly (readonly [RegExp, string])[] = [
  [/^@container/, '@container'],
  [/^@layer/, '@layer'],
  [/^@scope/, '@scope'],
  [/^@starting-style/, '@starting-style'],
  [/^@media.*[<>]=?/, 'a range in @media'],
]
/** Declarations; what merely decorates (how far below a line is drawn) is not counted. A prefixed one in the same rule stands in. */
const PROPERTIES =
  /^(?:inset(?:-block|-inline)?(?:-start|-end)?|aspect-ratio|accent-color|text-wrap|text-wrap-style|translate|rotate|scale|scrollbar-gutter|container(?:-type|-name)?|mask|mask-image|hyphenate-character|overflow-clip-margin|field-sizing|interpolate-size|view-transition-name|font-palette|offset-position)$/
/** Values; a plain one of the same property before it in the same rule stands in. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/\b\d*\.?\d+[dsl]v(?:h|w|i|b|min|max)\b/, 'dynamic viewport unit'],
  [/\bcolor-mix\(/, 'color-mix()'],
  [/\b(?:oklch|oklab|lch|lab|hwb|color|light-dark)\(/, 'newer colour'],
  [/\b(?:round|sin|cos|mod|rem|sign|abs)\(/, 'newer maths'],
  [/^(?:subgrid)\b/, 'subgrid'],
]

interface Block {
  head: string
  body: string
}

/** Everything newer in a style sheet, as `what: where`. */
export function newerInStyle(css: string): string[] {
  return inBlocks(css.replace(/\/\*[\s\S]*?\*\//g, ''))
}

function inBlocks(css: string): string[] {
  return blocksOf(css).flatMap(({ head, body }) => {
    if (/^@supports/.test(head)) return []
    if (head.startsWith('@')) {
      const wrong = AT_RULES.filter(([word]) => word.test(head)).map(([, what]) => `${what}: ${head}`)
      const plain = /^@(?:font-face|page|property|counter-style)/.test(head)
      return [...wrong, ...(plain ? inDeclarations(head, body) : inBlocks(body))]
    }
    const wrong = SELECTORS.filter(([word]) => word.test(head)).map(([, what]) => `${what}: ${head}`)
    const nested = blocksOf(body).length > 0 ? [`nesting: ${head}`] : []
    return [...wrong, ...nested, ...inDeclarations(head, body)]
  })
}

function inDeclarations(head: string, body: string): string[] {
  const plain = new Set<string>()
  return body.split(';').flatMap(line => {
    const at = line.indexOf(':')
    const property = line.slice(0, at).trim()
    const value = line.slice(at + 1).trim()
    if (at < 0 || property.startsWith('--')) return []
    if (PROPERTIES.test(property))
      return body.includes(`-webkit-${property}:`) ? [] : [`${property}: ${head}`]
    const wrong = VALUES.filter(([word]) => word.test(value)).map(([, what]) => `${what}: ${head}`)
    if (wrong.length === 0) plain.add(property)
    return plain.has(property) ? [] : wrong
  })
}

/** The blocks of one level: what stands before the brace, and what is in it. */
function blocksOf(css: string): Block[] {
  const found: Block[] = []
  let depth = 0
  let from = 0
  let open = 0
  for (let i = 0; i < css.length; i++) {
    const sign = css[i]
    if (sign === '"' || sign === "'") i = css.indexOf(sign, i + 1)
    else if (sign === '{' && depth++ === 0) open = i
    else if (sign === '}' && --depth === 0) {
      found.push({ head: headOf(css.slice(from, open)), body: css.slice(open + 1, i) })
      from = i + 1
    } else if (sign === ';' && depth === 0) from = i + 1
    if (i < 0) break
  }
  return found
}

const headOf = (text: string) => text.slice(text.lastIndexOf(';') + 1).trim()
