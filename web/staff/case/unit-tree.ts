import type { Unit } from '../types.ts'

export interface UnitNode {
  value: string
  label: string
  children: UnitNode[]
}

/** Units as a tree; a unit whose parent is not among them stands at the top. Order as the service gave it. */
export function unitTree(units: readonly Unit[]): UnitNode[] {
  const nodes = new Map(
    units.map(({ id, name }) => [id, { value: id, label: name, children: [] as UnitNode[] }]),
  )
  const top: UnitNode[] = []
  for (const { id, parentId } of units) {
    const node = nodes.get(id)!
    const parent = parentId === null || parentId === id ? undefined : nodes.get(parentId)
    if (parent) parent.children.push(node)
    else top.push(node)
  }
  return top
}

/** The units below one, itself left out; all where none is named. */
export function unitsBelow(units: readonly Unit[], top: string | undefined): readonly Unit[] {
  if (!top) return units
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]))
  const isBelow = (id: string): boolean => {
    const parent = parents.get(id)
    return parent !== null && parent !== undefined && parent !== id && (parent === top || isBelow(parent))
  }
  return units.filter(({ id }) => isBelow(id))
}
