import { type AlikeBy, alikeBy, alikeKey, looksAlike } from '../flows/alike.ts'
import type { Book } from '../flows/book.ts'
import type { Facts, Talk } from '../flows/talk.ts'
import { alikeSince } from '../rules/cases/alike.ts'
import { grievance } from '../rules/cases/grievance.ts'
import type { Reads } from '../store/db.ts'
import { openAlike, ownAlike } from '../store/follows.ts'
import { keyedHash } from '../store/seal.ts'

type AlikeFacts = Pick<Facts, 'lookalikes' | 'repeat'>

const byOf = (book: Book, talk: Talk): AlikeBy | null => {
  const [top] = talk.stack
  return top?.flow === 'grievance' ? alikeBy(book, top.answers) : null
}

/** Who else has told the matter at the top of this talk, and whether the person has. Nothing where it always stands by itself. */
export async function alikeFacts(
  book: Book,
  from: Reads,
  personId: string,
  talk: Talk,
  now: string,
): Promise<AlikeFacts> {
  const by = byOf(book, talk)
  if (!by) return { lookalikes: [] }
  const { category, communityCode: communityId, called } = by
  const estate = by.estate ? keyedHash(from.keys, 'estate', by.estate) : null
  const alike = { category, communityId, estate }
  const near = await openAlike(from, alike, alikeSince(now), personId)
  const own = await ownAlike(from, alike, personId)
  return {
    lookalikes: near ? [{ category, estate: called, ...near }] : [],
    ...(own
      ? {
          repeat: {
            ...{ category, estate: called, code: own.code },
            hurries: grievance.hurry.from.includes(own.state),
          },
        }
      : {}),
  }
}

/**
 * The facts to take a turn with once more, where the turn itself came to the summary, or changed what the matter is alike by, and somebody
 * has told it before; null when the turn stands. A turn is pure, so taking it twice changes nothing else.
 */
export async function secondLook(
  book: Book,
  from: Reads,
  personId: string,
  { before, after, facts }: { before: Talk; after: Talk; facts: Facts },
): Promise<Facts | null> {
  if (!looksAlike(after)) return null
  const key = alikeKey(byOf(book, after))
  if (!key || (looksAlike(before) && key === alikeKey(byOf(book, before)))) return null
  const found = await alikeFacts(book, from, personId, after, facts.now)
  return found.lookalikes?.length || found.repeat ? { ...facts, ...found } : null
}
