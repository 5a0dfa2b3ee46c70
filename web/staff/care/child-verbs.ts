import type { ChildView } from '../../../wire/care.ts'

/** What is done with a child through one window each. */
export type ChildVerb =
  | 'open'
  | 'unpair'
  | 'consent'
  | 'withdraw'
  | 'correct'
  | 'move'
  | 'rename'
  | 'worry'
  | 'end'
  | 'erase'

/** What may be done with a child beside pairing, visits and letters: by whom, and as it stands. The service decides again. */
export function verbsFor(
  child: Pick<ChildView, 'ended' | 'consent' | 'pairing'>,
  coordinates: boolean,
): { first: ChildVerb[]; more: ChildVerb[] } {
  if (child.ended) return { first: [], more: coordinates ? ['erase'] : [] }
  const first: ChildVerb[] = ['worry']
  if (!coordinates) return { first, more: [] }
  const { consent, pairing } = child
  if (consent !== 'given') first.unshift('consent')
  return {
    first,
    more: [
      ...(consent === 'withdrawn' ? [] : (['correct', 'move', 'rename'] as const)),
      ...(pairing ? (['unpair'] as const) : []),
      ...(consent === 'given' ? (['withdraw'] as const) : []),
      'end',
    ],
  }
}
