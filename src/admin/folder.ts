import type { Files } from '../district-checks.ts'
import { FOLDER, GRIDS, type Reading, readTexts, type Texts, WECHAT } from '../district-read.ts'

/** One outline of `grids.geojson`. */
export interface Outline {
  type: 'Feature'
  properties: { code: string }
  geometry: { type: 'Polygon'; coordinates: (readonly (readonly [number, number])[])[] }
}

/** The parsed files of a district's folder, outlines and the plan for WeChat among them. */
export type Folder = Files & {
  [GRIDS]: { type: string; note?: string; features: Outline[] }
  [more: string]: unknown
}

const readings = new WeakMap<Texts, Reading>()

/** What reading texts gave; the same texts are read once. */
export function readingOf(texts: Texts): Reading {
  const reading = readings.get(texts) ?? readTexts(texts)
  readings.set(texts, reading)
  return reading
}

const folders = new WeakMap<Texts, Folder>()

/** The folder of texts that were read without a fault of shape. Throws on one that is no JSON. */
export function folderOf(texts: Texts): Folder {
  const beside = [GRIDS, WECHAT].flatMap(name => {
    const text = texts.get(name)
    return text === undefined ? [] : [[name, JSON.parse(text)]]
  })
  const folder =
    folders.get(texts) ?? ({ ...readingOf(texts).files, ...Object.fromEntries(beside) } as Folder)
  folders.set(texts, folder)
  return folder
}

/** Whether two values are the same when written. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The texts of a folder: a file that says the same as before keeps its text to the letter, the others are written anew. */
export function textsOf(folder: Folder, before: Texts): Map<string, string> {
  const texts = new Map<string, string>()
  for (const name of FOLDER) {
    const value = folder[name]
    const old = before.get(name)
    if (value === undefined) continue
    if (old !== undefined && same(JSON.parse(old), value)) texts.set(name, old)
    else if (old !== undefined || !isEmptyNotices(name, value)) texts.set(name, written(name, value))
  }
  return texts
}

/** A folder without own words of notices needs no file that says so. */
const isEmptyNotices = (name: string, value: unknown) =>
  name === 'notices.json' && same(value, { notices: [] })

const WIDTH = 110

/** JSON as the folder is kept: two spaces, short lists of plain values on one line, an outline a line. */
function written(name: string, value: unknown): string {
  if (name !== GRIDS) return `${lines(value, '', 0)}\n`
  const { features, ...head } = value as Folder[typeof GRIDS]
  const start = JSON.stringify({ ...head, features: [] }).slice(0, -2)
  return `${start}\n${features.map(one => JSON.stringify(one)).join(',\n')}\n]}\n`
}

/** `used`: letters before the value on its line. */
function lines(value: unknown, indent: string, used: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const flat = `[${value.map(one => JSON.stringify(one)).join(', ')}]`
    const plain = value.every(one => one === null || typeof one !== 'object')
    if (plain && widthOf(flat) + used < WIDTH) return flat
    if (value.every(one => typeof one === 'number')) return filled(value, indent)
    return `[\n${value.map(one => inner + lines(one, inner, inner.length)).join(',\n')}\n${indent}]`
  }
  const members = Object.entries(value).filter(([, one]) => one !== undefined)
  if (members.length === 0) return '{}'
  const told = members.map(([key, one]) => {
    const name = `${inner}${JSON.stringify(key)}: `
    return name + lines(one, inner, name.length)
  })
  return `{\n${told.join(',\n')}\n${indent}}`
}

/** Long rows of numbers, as many on a line as fit. */
function filled(value: readonly number[], indent: string): string {
  const rows: string[] = []
  for (const one of value) {
    const last = rows.at(-1)
    if (last === undefined || last.length + String(one).length + 2 > WIDTH) rows.push(`${indent}  ${one}`)
    else rows[rows.length - 1] = `${last}, ${one}`
  }
  return `[\n${rows.join(',\n')}\n${indent}]`
}

/** Chinese letters stand two columns wide. */
const widthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
