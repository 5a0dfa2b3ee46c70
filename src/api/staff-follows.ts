import { forRights, rightsOf, type Who } from '../actions/rights.ts'
import { alikeSince, isPublic } from '../rules/cases/alike.ts'
import type { Language } from '../rules/people/language.ts'
import { maskText } from '../rules/people/mask.ts'
import { type CaseForRights, mayLink, maySee } from '../rules/people/may.ts'
import { type CaseRow, textsOf } from '../store/cases.ts'
import { entriesOf } from '../store/entries.ts'
import { alikeCounts, followerCounts, likelySame, linkedTo, linkOf, titlesOf } from '../store/follows.ts'
import type { InboxRow } from '../store/inbox-pages.ts'
import { ordersOfAll } from '../store/orders.ts'
import { type ApiParts, say } from './parts.ts'
import type { Row, StaffCase } from './schemas-staff.ts'

/** Which cases are one trouble of many: counted on the list, named on the case. */

/** Days and category count only where neighbours may hear of it and it is not over. */
const counts = (row: InboxRow, since: string) =>
  row.closedAt === null && row.createdAt > since && row.communityId !== null && isPublic(row)

/** Marks rows with how many follow them, and how many more are likely the same. Two questions for a whole page. */
export async function withAlike(
  { house }: ApiParts,
  rows: readonly InboxRow[],
  shown: readonly Row[],
): Promise<Row[]> {
  const { read } = house.store
  const since = alikeSince(house.now())
  const alike = rows.flatMap(row =>
    counts(row, since) ? [{ category: row.category, communityId: row.communityId! }] : [],
  )
  const [followers, same] = await Promise.all([
    followerCounts(
      read,
      rows.map(row => row.id),
    ),
    alikeCounts(read, alike, since),
  ])
  return shown.map((one, index) => {
    const row = rows[index]!
    const n = followers.get(row.id)
    const others = counts(row, since) ? (same.get(`${row.category}@${row.communityId}`) ?? 1) - 1 : 0
    return { ...one, ...(n ? { followers: n } : {}), ...(others > 0 ? { alike: others } : {}) }
  })
}

/** Followers, links and likely doubles of one case; null where neighbours may not hear of it. */
export async function followOf(
  parts: ApiParts,
  { row, rights }: { row: InboxRow; rights: CaseForRights },
  who: Who,
  language: Language,
): Promise<StaffCase['follow'] | null> {
  const { house } = parts
  const { read } = house.store
  if (!isPublic({ ...row, class: 'general' })) return null
  const [followers, main, linked, likely] = await Promise.all([
    followerCounts(read, [row.id]),
    linkOf(read, row.id),
    linkedTo(read, row.id),
    likelySame(read, row, alikeSince(house.now())),
  ])
  return {
    followers: followers.get(row.id) ?? 0,
    summary: row.publicSummary,
    main: main && (await mainOf(parts, main, who, language)),
    linked,
    likely: main
      ? []
      : await likelyOf(
          parts,
          likely.filter(one => !linked.includes(one.code)),
          rights,
          who,
          language,
        ),
  }
}

/** The main case, and for whoever may see it its answer, to begin with when this one is answered. */
async function mainOf(parts: ApiParts, main: CaseRow, who: Who, language: Language) {
  const { house } = parts
  const { read } = house.store
  const rights = await forRights(read, house.district, main)
  const shown = { code: main.code, stateWords: say(parts, language, `state.${main.state}`) }
  if (!who.members.some(member => maySee(member, rights))) return shown
  const answer = (await entriesOf(read, main.id)).findLast(entry => entry.verb === 'answer')?.body
  const { name } = await textsOf(read, main.id)
  const clean = (text: string) => maskText(text, name ? [name] : [])
  return {
    ...shown,
    ...(answer
      ? {
          answer: {
            result: clean(answer.result ?? ''),
            facts: clean(answer.facts ?? ''),
            basis: clean(answer.basis ?? ''),
          },
        }
      : {}),
  }
}

/** Of likely doubles those this person might link, by title without numbers. */
async function likelyOf(
  parts: ApiParts,
  rows: readonly CaseRow[],
  own: CaseForRights,
  who: Who,
  language: Language,
) {
  const { house } = parts
  const { read } = house.store
  const orders = await ordersOfAll(
    read,
    rows.map(row => row.id),
  )
  const open = rows.filter(row => {
    const rights = rightsOf(house.district, row, orders.get(row.id) ?? [])
    return who.members.some(member => mayLink(member, own, rights))
  })
  const titles = await titlesOf(
    read,
    open.map(row => row.id),
  )
  return open.map(row => {
    const { title = '', name = null } = titles.get(row.id) ?? {}
    return {
      code: row.code,
      title: maskText(title, name ? [name] : []),
      stateWords: say(parts, language, `state.${row.state}`),
      createdAt: row.createdAt,
    }
  })
}
