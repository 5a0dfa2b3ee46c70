import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { crossFaults, type Fault, type Files } from './district-checks.ts'
import { FILES, type FileName } from './district-schemas.ts'
import { lineOf, lineOfSyntaxError, pathOfPointer } from './json-line.ts'
import { type GridShape, gridShape, type Point } from './rules/place.ts'

/** The texts of a district's folder by file name, as they stand on disk or in the ledger. Never changed once they were read. */
export type Texts = ReadonlyMap<string, string>

export const GRIDS = 'grids.geojson'
/** The plan for WeChat (`wechat/plan.ts` reads it) goes along with the folder, unread here. */
export const WECHAT = 'wechat.json'
/** Files a folder may do without, and what then counts. */
const WITHOUT: Readonly<Partial<Record<FileName, string>>> = { 'notices.json': '{ "notices": [] }' }

export const FILE_NAMES = Object.keys(FILES) as FileName[]
/** Every file a folder may hold, in the order they are told of. */
export const FOLDER: readonly string[] = [...FILE_NAMES, GRIDS, WECHAT]

/** What reading gave: files of the right shape, and everything that is wrong with them. `files` is whole only without a fault of shape. */
export interface Reading {
  files: Files
  shapes: GridShape[]
  faults: Fault[]
  /** Whether the shapes of all files are right, so that `files` may be looked into. */
  shaped: boolean
}

// A whole folder is told of at once: eight faults a file, the library's own choice, would hide the rest.
Settings.Set({ maxErrors: 200 })

/** Reads the texts of a folder and checks them: each by its shape, then all together. */
export function readTexts(texts: Texts): Reading {
  const faults: Fault[] = []
  const files = Object.fromEntries(FILE_NAMES.map(file => [file, readOne(file, texts, faults)])) as Files
  const shapes = readShapes(texts, faults)
  const shaped = faults.length === 0
  return { files, shapes, faults: shaped ? crossFaults(files, shapes) : faults, shaped }
}

/** 1-based line a fault stands on. */
export const lineOfFault = (texts: Texts, { file, path, line }: Fault): number =>
  line ?? lineOf(texts.get(file) ?? '', path)

function readOne(file: FileName, texts: Texts, faults: Fault[]): unknown {
  const value = parse(file, texts.get(file) ?? WITHOUT[file], faults)
  if (value !== undefined) faults.push(...shapeFaults(file, value))
  return value
}

/** What is wrong with the shape of one file. Of a choice between shapes only what lies deeper is told, or that none fits. */
export function shapeFaults(file: FileName, value: unknown): Fault[] {
  const errors = Value.Errors(FILES[file], value)
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf').map(error => error.instancePath)
  return errors.flatMap((error): Fault[] => {
    const { keyword, instancePath } = error
    if (keyword === 'boolean') return []
    if (choices.includes(instancePath)) {
      const deeper = errors.some(other => other.instancePath.startsWith(`${instancePath}/`))
      return keyword === 'anyOf' && !deeper ? [faultOf(file, instancePath, 'noneFits', {})] : []
    }
    if (keyword === 'additionalProperties')
      return error.params.additionalProperties.map(name =>
        faultOf(file, `${instancePath}/${name}`, 'unknownField', {}),
      )
    if (keyword === 'required')
      return error.params.requiredProperties.map(name =>
        faultOf(file, `${instancePath}/${name}`, 'required', {}),
      )
    return [faultOf(file, instancePath, ...wrong(error))]
  })
}

function faultOf(file: FileName, pointer: string, says: string, values: NonNullable<Fault['with']>): Fault {
  const path = pathOfPointer(pointer).map(step => (/^\d+$/.test(step) ? Number(step) : step))
  return { file, path, says, with: { what: path.join('.') || '-', ...values } }
}

type Wrong = ReturnType<typeof Value.Errors>[number]

const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems']

function wrong(error: Wrong): [string, NonNullable<Fault['with']>] {
  const params = error.params as Record<string, unknown>
  if (LIMITS.includes(error.keyword)) {
    const limit = Number(params.limit)
    return error.keyword === 'minLength' && limit === 1 ? ['empty', {}] : [error.keyword, { limit }]
  }
  if (error.keyword === 'enum')
    return ['enum', { known: (params.allowedValues as unknown[]).map(String).join(', ') }]
  if (error.keyword === 'type') return [`type_${String(params.type)}`, {}]
  if (error.keyword === 'pattern') return ['pattern', { pattern: String(params.pattern) }]
  return ['noneFits', {}]
}

function parse(file: Fault['file'], text: string | undefined, faults: Fault[]): unknown {
  if (text === undefined) {
    faults.push({ file, path: [], says: 'noFile', line: 1 })
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    faults.push({ file, path: [], says: 'noJson', with: { message }, line: lineOfSyntaxError(text) })
    return undefined
  }
}

interface Feature {
  properties?: { code?: unknown }
  geometry?: { type?: unknown; coordinates?: unknown }
}

function readShapes(texts: Texts, faults: Fault[]): GridShape[] {
  const value = parse(GRIDS, texts.get(GRIDS), faults) as { features?: Feature[] } | undefined
  if (value === undefined) return []
  return (Array.isArray(value.features) ? value.features : []).flatMap((feature, index) => {
    const ring = ringOf(feature)
    const code = feature.properties?.code
    if (ring && typeof code === 'string') return [gridShape(code, ring)]
    faults.push({ file: GRIDS, path: ['features', index], says: 'noPolygon', with: { index } })
    return []
  })
}

function ringOf({ geometry }: Feature): Point[] | null {
  const ring = geometry?.type === 'Polygon' ? (geometry.coordinates as unknown[][])?.[0] : undefined
  const isPoint = (point: unknown): point is Point =>
    Array.isArray(point) && point.length === 2 && point.every(Number.isFinite)
  return Array.isArray(ring) && ring.length >= 4 && ring.every(isPoint) ? (ring as Point[]) : null
}
