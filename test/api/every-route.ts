import { inflateRawSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

/** One way into the service, as the router itself knows it: a new route cannot be forgotten by a list. */
export interface Way {
  method: 'GET' | 'POST' | 'PUT'
  /** With its parameters, such as `/api/staff/cases/:code`. */
  path: string
}

/** Every route of a server, read from the router's own tree. */
export function everyRoute(app: FastifyInstance): Way[] {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const [, indent = '', part = '', methods = ''] =
        /^((?:│ {3}| {4})*)(?:├── |└── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
      if (!part) return []
      const depth = indent.length / 4
      above.length = depth
      above.push(part)
      const path = above.join('')
      const known = methods.split(', ').filter(one => ['GET', 'POST', 'PUT'].includes(one))
      return known.map(method => ({ method: method as Way['method'], path }))
    })
}

interface Shape {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  items?: Shape
  properties?: Record<string, Shape>
  required?: string[]
  pattern?: string
  format?: string
  minLength?: number
}

/** The least that a shape of the API description lets through; ids are those given. */
export function leastOf(shape: Shape | undefined, ids: Readonly<Record<string, string>>, name = ''): unknown {
  if (!shape) return {}
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.anyOf) return leastOf(shape.anyOf[0], ids, name)
  if (name in ids) return ids[name]
  if (shape.type === 'boolean') return false
  if (shape.type === 'integer' || shape.type === 'number') return 1
  if (shape.type === 'array') return []
  if (shape.type === 'string') {
    if (shape.format === 'date') return '2026-11-02'
    if (shape.pattern?.startsWith('^1')) return '13911119999'
    if (shape.pattern?.startsWith('^20')) return '2026-11'
    return '核对情况'.padEnd(shape.minLength ?? 0, '。')
  }
  return Object.fromEntries(
    (shape.required ?? []).map(key => [key, leastOf(shape.properties?.[key], ids, key)]),
  )
}

/** What an answer says, with the parts of a Word or Excel file unpacked. */
export function textOf(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString('utf8')
  const parts: string[] = []
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const [size, from] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)]
    const data = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28)
    const packed = bytes.subarray(data, data + size)
    parts.push((bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8'))
  }
  return parts.join('\n')
}
