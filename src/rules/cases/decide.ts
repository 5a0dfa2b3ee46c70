import type { Actor } from '../people/roles.ts'
import type { DeadlineKind, Need } from './types.ts'

/** One row of a case table: who may do what, from where to where, who hears of it, which clocks it starts and stops. */
export interface Step<S extends string> {
  from: readonly S[]
  /** `same` leaves the state as it is. */
  to: S | 'same'
  by: readonly Actor[]
  /** Keys of `notices/table.ts`. */
  tell: readonly string[]
  starts: readonly DeadlineKind[]
  /** Clocks this keeps: met when in time, broken when late. */
  meets: readonly DeadlineKind[]
  /** Clocks that no longer matter; neither met nor broken by this. */
  drops: readonly DeadlineKind[]
  needs: readonly Need[]
  /** False: the line of the timeline is internal. */
  shown: boolean
}

export type CaseTable<S extends string, V extends string> = Readonly<Record<V, Step<S>>>

export type Outcome<S extends string> =
  | ({ ok: true; state: S } & Pick<Step<S>, 'tell' | 'starts' | 'meets' | 'drops' | 'needs' | 'shown'>)
  | { ok: false; why: 'notFromHere' | 'notYours' }

/** Decides what a verb does to a case. Pure: it reads no clock and no table but its own. */
export function decide<S extends string, V extends string>(
  table: CaseTable<S, V>,
  state: S,
  verb: V,
  role: Actor,
): Outcome<S> {
  const step = table[verb]
  if (!step.from.includes(state)) return { ok: false, why: 'notFromHere' }
  if (!step.by.includes(role)) return { ok: false, why: 'notYours' }
  const { tell, starts, meets, drops, needs, shown } = step
  return { ok: true, state: step.to === 'same' ? state : step.to, tell, starts, meets, drops, needs, shown }
}

/** The verbs open to a role now, with what each form must ask: the buttons of the inbox. */
export function openSteps<S extends string, V extends string>(
  table: CaseTable<S, V>,
  state: S,
  role: Actor,
): { verb: V; needs: readonly Need[] }[] {
  return (Object.keys(table) as V[]).flatMap(verb => {
    const outcome = decide(table, state, verb, role)
    return outcome.ok ? [{ verb, needs: outcome.needs }] : []
  })
}
