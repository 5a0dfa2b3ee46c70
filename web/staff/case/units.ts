import { ref } from 'vue'
import { ask, saying } from '../session.ts'
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

const units = ref<Unit[]>([])
const trouble = ref('')
let fetching: Promise<void> | null = null

/** The units of the district, fetched once for the whole page. */
export function useUnits() {
  const fetchUnits = () => {
    fetching ??= ask<{ units: Unit[] }>('GET', 'units').then(
      told => {
        units.value = told.units
        trouble.value = ''
      },
      error => {
        fetching = null
        trouble.value = saying(error)
      },
    )
    return fetching
  }
  return { units, trouble, fetchUnits }
}
