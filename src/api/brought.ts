import Value from 'typebox/value'
import type { HeardMessage } from '../bot/channel.ts'
import { readyFiles } from '../store/files.ts'
import { Refused } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { type Brought, broughtShape } from './schemas-files.ts'

/** Files, a position and a unit that came with a message over the socket, read; refused with `badRequest` where they have another shape. */
export function readBrought(given: { files?: unknown; position?: unknown; unit?: unknown }): Brought {
  const { files, position, unit } = given
  if (files === undefined && position === undefined && unit === undefined) return {}
  const told = {
    ...(files === undefined ? {} : { files }),
    ...(position === undefined ? {} : { position }),
    ...(unit === undefined ? {} : { unit }),
  }
  if (Value.Check(broughtShape, told)) return told
  const wrong = Object.entries(told).filter(
    ([field, value]) => !Value.Check(broughtShape, { [field]: value }),
  )
  throw new Refused('badRequest', { details: wrong.map(([field]) => ({ field, why: 'wrong' })) })
}

/**
 * What a message brings besides words, as it is heard: only files that are the person's own and ready, else `incomplete`. Words
 * alone cost the ledger no question.
 */
export async function heardWith(
  { house }: Pick<ApiParts, 'house'>,
  personId: string,
  { files = [], position, unit }: Brought,
): Promise<Pick<HeardMessage, 'files' | 'position' | 'unit'>> {
  const ids = [...new Set(files)]
  const ready = ids.length > 0 ? await readyFiles(house.store.read, personId, ids) : []
  if (ready.length < ids.length)
    throw new Refused('incomplete', {
      sentence: 'filesNotReady',
      details: [{ field: 'files', why: 'notReady' }],
    })
  return {
    ...(ready.length > 0 ? { files: ready } : {}),
    ...(position ? { position } : {}),
    ...(unit === undefined ? {} : { unit }),
  }
}
