// Which rows the shipped weights have learnt from: 32 bits of each row's key, so that no figure is taken on them by mistake.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { keyOf, type Row, type Sets } from './data.ts'

const FILE = 'models/seen.bin'
const shortOf = (row: Row): number => Number.parseInt(keyOf(row).slice(0, 8), 16)

/** Writes the keys of the rows learnt from, sorted. */
export function keepSeen(sets: Sets, takes: (row: Row) => boolean): void {
  const keys = new Set(Object.values(sets).flatMap(rows => rows.filter(takes).map(shortOf)))
  const bytes = Buffer.alloc(4 * keys.size)
  ;[...keys]
    .sort((a, b) => a - b)
    .forEach((key, at) => {
      bytes.writeUInt32BE(key, 4 * at)
    })
  writeFileSync(FILE, bytes)
}

/** Whether the shipped weights have learnt from a row. */
export function seenBefore(): (row: Row) => boolean {
  const bytes = existsSync(FILE) ? readFileSync(FILE) : Buffer.alloc(0)
  const keys = new Set(Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(4 * at)))
  return row => keys.has(shortOf(row))
}
