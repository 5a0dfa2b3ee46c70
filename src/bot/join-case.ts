import { followCase, follow as followed, follows, unfollow } from '../actions/follow.ts'
import type { House } from '../actions/house.ts'
import { addToCase, hurryCase } from '../actions/own-cases.ts'
import type { CardRow, Command, Say } from '../flows/talk.ts'
import type { Tx } from '../store/db.ts'

type Join = Extract<Command, { do: 'joinCase' }>['with']

/**
 * A matter told before is joined to what is there. What ended meanwhile cannot be: the person is told so, and their own is filed, so that
 * nothing they said is lost.
 */
export async function joinCase(
  house: House,
  tx: Tx,
  who: { personId: string; now: string },
  join: Join,
  file: () => Promise<Say[]>,
): Promise<Say[]> {
  const { code } = join
  const done = code !== null && (await joined(house, tx, who, { ...join, code }))
  // `number` and not `code`: a neighbour's case has no page of its own to lead to.
  if (done) return [{ say: `done.join.${join.how}`, with: { number: code } }]
  return [{ say: 'done.join.gone' }, ...(await file())]
}

async function joined(
  house: House,
  tx: Tx,
  { personId, now }: { personId: string; now: string },
  { how, code, otherwise }: Join & { code: string },
): Promise<boolean> {
  const { what, files, place } = otherwise
  if (how === 'add') return (await addToCase(house, tx, personId, { code, text: what, files })).ok
  if (how === 'hurry') return (await hurryCase(house, tx, personId, code)).ok
  // The office wants to know where as well; the place was told in its own words.
  const told = what.includes(place.words) ? what : `${what}\n${place.words}`
  const words = how === 'followTell' ? told : null
  return (await followCase(house, tx, personId, { code, words }, now)).ok
}

/** The cases a person follows as rows of the list of their own. */
export async function followedRows(house: House, tx: Tx, personId: string): Promise<CardRow[]> {
  const lines = await follows(house, tx, personId)
  return lines.slice(0, 5).map(({ state, paused, code, place, category }) => ({
    key: `state.${paused ? 'paused' : state}`,
    label: 'value.followed',
    value: [code, place].filter(Boolean).join(' '),
    noteLabel: `category.${category}`,
  }))
}

/** One followed case as its follower may see it; null when it is not followed. */
export async function followedCase(
  house: House,
  tx: Tx,
  personId: string,
  code: string,
): Promise<Say[] | null> {
  const line = await followed(house, tx, personId, code)
  if (!line) return null
  const rows: CardRow[] = [
    { key: 'number', value: line.code },
    { key: 'kind', label: `category.${line.category}` },
    ...(line.place ? [{ key: 'where', value: line.place }] : []),
    { key: 'state', label: `done:state.${line.paused ? 'paused' : line.state}` },
    { key: 'office', value: line.office },
    { key: 'received', value: line.createdAt },
    ...(line.due ? [{ key: 'due', value: line.due }] : []),
    ...(line.summary ? [{ key: 'summary', value: line.summary }] : []),
  ]
  return [{ say: 'alike.followed', card: { kind: 'case', rows } }]
}

/** Follows no longer. What a clerk linked is theirs to part. */
export async function unfollowed(tx: Tx, personId: string, code: string): Promise<Say[]> {
  const done = await unfollow(tx, personId, code)
  return [{ say: done ? 'done.unfollowed' : 'done.notUnfollowed', with: { number: code } }]
}
