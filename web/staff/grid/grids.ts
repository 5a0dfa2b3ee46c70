import type { FileRef } from '../types.ts'

/** Shapes of `/api/staff/grids` and `/api/staff/chat`, as docs/protocol.md gives them. */

export interface DutyCount {
  key: string
  label: string
  n: number
}

export interface GridRow {
  id: string
  name: string
  isGrid: boolean
  open: number
  late: number
  workers: number
  duties: DutyCount[]
}

export interface Grids {
  from: string
  to: string
  unit: { id: string; name: string } | null
  up: { id: string; name: string } | null
  rows: GridRow[]
}

export interface GridRecord {
  id: string
  at: string
  on: string
  grid: string
  duty: string
  dutyWords: string
  text: string
  place: string | null
  by: string | null
  case: string | null
  files: (FileRef & { type: string; bytes: number; at: string })[]
}

export type Span = 'week' | 'month'

/** Records of all duties of a row together. */
export const totalOf = ({ duties }: GridRow): number => duties.reduce((sum, { n }) => sum + n, 0)

/** An address of the door with what is asked for; empty parts are left out. */
export function addressOf(path: string, asked: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(asked).flatMap(([key, value]) =>
    value ? [`${key}=${encodeURIComponent(value)}`] : [],
  )
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path
}
