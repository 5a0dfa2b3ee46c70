// The entity finder against the project's own table.
import type { Entities } from '../../src/flows/understand/entities.ts'
import { type Resources, understand } from '../../src/flows/understand/understand.ts'
import { ENTITY_ROWS } from '../../test/flows/understand/entities-table.ts'

/** Micro-averaged F1 over every kind a row of the table names. The places of the table are those of its own small district. */
export function entityLine(resources: Resources): string {
  let right = 0
  let wanted = 0
  let found = 0
  for (const [text, kinds] of ENTITY_ROWS) {
    const { entities } = understand(text, resources, '2026-11-03T02:21:00.000Z')
    for (const [kind, words] of Object.entries(kinds)) {
      if (kind === 'place') continue
      const seen = entities[kind as keyof Entities]
      wanted += words.length
      found += seen.length
      right += words.filter(each => seen.includes(each)).length
    }
  }
  return `entities (own table, without places): F1 ${((2 * right) / Math.max(1, wanted + found)).toFixed(3)}`
}
