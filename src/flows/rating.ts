import { oneOfThe, rating, skippable, words, yesOrNo } from './answers.ts'
import { conversation } from './flow.ts'
import { casesAsOptions, gently } from './own-cases.ts'

/**
 * The last word belongs to the person: contacted? solved? satisfied? (rules: the call-back). A plain "not solved" needs no
 * more than an optional word why; a plain "solved, satisfied" needs nothing.
 */
export default conversation('rating')
  .ask(
    'code',
    oneOfThe('ownCases', scene =>
      // Who says of a closed matter that it is not solved wants it again.
      casesAsOptions(own => own.awaitsRating || (scene.soFar.solved === false && own.reopens === true))(
        scene,
      ),
    ),
  )
  .ask(
    'contacted',
    gently(
      yesOrNo({ yes: 'rating.contacted', no: 'rating.notContacted' }),
      'rating',
      'contacted',
      'helpContacted',
    ),
  )
  .ask(
    'solved',
    gently(yesOrNo({ yes: 'rating.solved', no: 'rating.notSolved' }), 'rating', 'solved', 'helpSolved'),
  )
  .askIf(
    ({ solved }) => solved !== false,
    'satisfied',
    gently(rating, 'rating', 'satisfied', 'helpSatisfied'),
  )
  .askIf(
    ({ solved, satisfied }) => solved === false || satisfied === 1,
    'why',
    gently(skippable(words({ atLeast: 1, atMost: 2_000 })), 'rating', 'why', 'helpWhy'),
  )
  .finish(({ code, contacted, solved, satisfied, why }) => [
    {
      do: 'rateCase',
      with: { code, contacted, solved, satisfied: solved ? (satisfied ?? 2) : 1, why: why ?? '' },
    },
  ])
