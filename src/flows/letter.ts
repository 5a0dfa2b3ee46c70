import { bad, good, picked, words } from './answers.ts'
import { type Answer, conversation, type Option, type Scene } from './flow.ts'
import { LETTER_WISH } from './understand/visits.ts'
import { childrenIn, namedIn } from './visit.ts'

const optionsOf = (scene: Scene): readonly Option[] =>
  childrenIn(scene)
    .slice(0, 9)
    .map(({ pairingId, name }) => ({ value: pairingId, words: name }))

/** Whose parent is written to: one of the volunteer's own children, by pseudonym. */
const who: Answer<string> = {
  kind: 'oneOf',
  wants: 'care',
  choices: optionsOf,
  read(said, scene) {
    const pick = picked(said, optionsOf(scene))
    const [child] = namedIn(said.text, childrenIn(scene))
    const found = pick?.option.value ?? child?.pairingId
    return found ? good(found) : bad('notMyChild')
  },
  spot(said, scene) {
    const all = childrenIn(scene)
    const named = namedIn(said.text, all)
    return (named.length === 1 ? named[0] : all.length === 1 ? all[0] : undefined)?.pairingId
  },
  shown: (value, scene) => ({
    value: childrenIn(scene).find(child => child.pairingId === value)?.name ?? '',
  }),
}

const LETTER = { atLeast: 10, atMost: 2_000 }

/** The letter itself, with what stands behind the colon of the first sentence. */
const letter: Answer<string> = {
  ...words(LETTER),
  spot({ text }) {
    const [, chinese, english] = LETTER_WISH.exec(text) ?? []
    const told = (chinese ?? english ?? '').trim()
    return told.length >= LETTER.atLeast ? told : undefined
  },
}

/** A volunteer writes to a parent working away; the coordinator reads it before it goes out. */
export default conversation('letter')
  .ask('who', who)
  .ask('letter', letter)
  .checkFirst()
  .finish(({ who: pairingId, letter: text }, scene) => [
    {
      do: 'writeLetter',
      with: {
        pairingId,
        name: childrenIn(scene).find(child => child.pairingId === pairingId)?.name ?? '',
        text,
      },
    },
  ])
