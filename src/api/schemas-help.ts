import Type from 'typebox'
import { list, object } from './schemas.ts'

/** What staff see of a call for help beside its words. */
export const helpShown = object({
  rows: list(object({ label: Type.String(), value: Type.String() })),
  minds: list(Type.String()),
  /** The office as the person reads it. */
  office: Type.String(),
})
