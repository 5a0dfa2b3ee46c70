import { caseById, changeCase } from '../store/cases.ts'
import { addEntry } from '../store/entries.ts'
import type { House } from './house.ts'

/** Nobody could be told by any channel: a line among staff asks the holder of the case to call. The notice itself stands in their list. */
export function noteUnreached(house: House, caseId: string): Promise<void> {
  return house.store.write(async tx => {
    const row = await caseById(tx, caseId)
    if (!row) return
    const now = house.now()
    const { state, holderUnitId } = row
    const line = { verb: 'unreached', public: 0, byKind: 'clock', byId: null, unitId: holderUnitId } as const
    await addEntry(tx, row, { ...line, fromState: state, toState: state, body: {} }, now)
    await changeCase(tx, row, { entryCount: row.entryCount }, now)
    tx.changes.cases.add(row.code)
    tx.changes.notices = true
    tx.changes.lists = true
  }, caseId)
}
