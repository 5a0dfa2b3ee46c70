import { careFacts } from '../actions/care/visits.ts'
import { follows } from '../actions/follow.ts'
import { learningWish } from '../actions/learning/examples.ts'
import { ownCases } from '../actions/own-cases.ts'
import { staffFacts } from '../actions/unit-orders.ts'
import type { Facts, Talk, Want } from '../flows/talk.ts'
import type { Reads } from '../store/db.ts'
import { profileOf } from '../store/persons.ts'
import { alikeFacts } from './alike-facts.ts'
import { askedLast } from './asked-last.ts'
import type { Ears } from './receive.ts'

/** Looks up what a turn, or a form of this talk, wants to know. */
export async function factsFor(
  ears: Pick<Ears, 'house' | 'book'>,
  from: Reads,
  personId: string,
  { wants, talk }: { wants: readonly Want[]; talk: Talk },
  now: string,
): Promise<Facts> {
  const facts: Facts = { now }
  for (const want of wants) {
    if (want === 'ownCases') {
      facts.ownCases = await ownCases(ears.house, from, personId)
      facts.follows = (await follows(ears.house, from, personId)).map(({ place: estate, ...one }) => ({
        ...one,
        estate,
      }))
    }
    if (want === 'profile') {
      const { name, phone } = await profileOf(from, personId)
      facts.profile = { ...(name ? { name } : {}), ...(phone ? { phone } : {}) }
    }
    if (want === 'staff') {
      const staff = await staffFacts(ears.house, from, personId)
      if (staff) facts.staff = staff
    }
    if (want === 'asked') {
      const asked = await askedLast(from, personId, now)
      if (asked) facts.asked = asked
      if (asked?.about === 'mediation') facts.ownCases ??= await ownCases(ears.house, from, personId)
    }
    if (want === 'lookalikes') Object.assign(facts, await alikeFacts(ears.book, from, personId, talk, now))
    if (want === 'learning') facts.learning = { wish: await learningWish(from, personId) }
    if (want === 'care') {
      const care = await careFacts(ears.house, from, personId)
      if (care) facts.care = care
    }
  }
  return facts
}
