import type { Pickable } from '../parts/pickable.ts'
import type { Unit } from '../types.ts'

/** The units below one (itself left out; all where none is named) as lines: the name, and the units above it up to the district. */
export function unitLines(units: readonly Unit[], top?: string): Pickable[] {
  const byId = new Map(units.map(unit => [unit.id, unit]))
  const above = (id: string): Unit[] => {
    const parentId = byId.get(id)?.parentId
    const parent = parentId && parentId !== id ? byId.get(parentId) : undefined
    return parent ? [...above(parent.id), parent] : []
  }
  return units.flatMap(({ id, name, closed }) => {
    // What it has it keeps, and who dispatches looks elsewhere.
    if (closed) return []
    const way = above(id)
    if (top && !way.some(unit => unit.id === top)) return []
    // The district stands above all of them and says nothing.
    const group = way
      .slice(1)
      .map(unit => unit.name)
      .join(' · ')
    return [{ value: id, label: name, ...(group ? { group } : {}) }]
  })
}
