import Type, { type Static } from 'typebox'
import { answers, list, object, oneOf, text } from './schemas.ts'
import { careId, careRoutes } from './schemas-care.ts'
import { carer } from './schemas-care-record.ts'

/** Shapes of what changes of a child beside its record, of worries reported at the desk, and of letters as a parent reads them. */

const byId = object({ id: careId })
const byCarer = object({ id: careId, carer: careId })
export type CarerId = Static<typeof byCarer>

const bodies = {
  carer,
  move: object({ unit: Type.String(), reason: text(2, 200), handOver: Type.String({ maxLength: 2000 }) }),
  rename: object({ pseudonym: text(2, 12), reason: text(2, 200) }),
  worry: object({ words: text(4, 2000) }),
  reporter: object({ reason: text(4, 200) }),
}
export type ChangeBody<K extends keyof typeof bodies> = Static<(typeof bodies)[K]>

const change = object({
  kind: oneOf(['consentGiven', 'consentWithdrawn', 'moved', 'renamed'] as const),
  at: Type.String(),
  staff: Type.String(),
  /** `by relation purpose how reason` of a consent, `from to reason handOver` of the others; each only where it was told. */
  words: Type.Record(Type.String(), Type.String()),
})
export type ChangeLine = Static<typeof change>

const letterHead = { id: careId, sentOn: Type.String(), volunteer: Type.String() }

const tags = ['care']
const one = <T extends Type.TSchema>(response: T) => ({ tags, params: byId, response: answers(response) })
const ofCarer = <T extends Type.TSchema>(response: T) => ({
  tags,
  params: byCarer,
  response: answers(response),
})
const changed = object({ changed: Type.Boolean() })

export const careChanges = {
  addCarer: { ...one(object({ id: careId })), body: bodies.carer },
  correctCarer: { ...ofCarer(changed), body: bodies.carer },
  removeCarer: ofCarer(changed),
  carerCode: ofCarer(object({ code: Type.String(), until: Type.String() })),
  move: { ...one(object({ moved: Type.Boolean() })), body: bodies.move },
  rename: { ...careRoutes.child, body: bodies.rename },
  history: one(object({ changes: list(change) })),
  worry: { ...one(object({ report: careId })), body: bodies.worry },
  reporter: {
    ...one(object({ kind: oneOf(['volunteer', 'staff'] as const), name: Type.String() })),
    body: bodies.reporter,
  },
  letters: { tags, response: answers(object({ letters: list(object(letterHead)) })) },
  letter: one(object({ ...letterHead, text: Type.String() })),
}
