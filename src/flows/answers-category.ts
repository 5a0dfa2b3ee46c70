import { bad, good, picked } from './answers.ts'
import type { Answer, Option, Scene } from './flow.ts'
import { aboutMatter } from './matter.ts'
import { routeOfPanel } from './panel.ts'
import { categoriesIn } from './understand/lexicon.ts'

/** Offered when words gave no clue: what people ask about most. */
const COMMON = ['property', 'sanitation', 'road'] as const

/** What a matter is about, asked only when understanding is unsure: the best three, and "none of these". */
export const category: Answer<string> = {
  kind: 'oneOf',
  choices: scene => bestThree(scene),
  read(said, scene) {
    const pick = picked(said, bestThree(scene))
    if (pick) return good(pick.option.value)
    const named = categoriesIn(said.plain)[0]
    return named ? good(named.row.key) : bad('notAChoice')
  },
  guess(scene) {
    const asked = routeOfPanel(scene.soFar.panel as string | undefined, scene)
    const key = aboutMatter(textOf(scene), scene).filedUnder(undefined, asked).category
    return key === 'other' ? undefined : { label: `category.${key}` }
  },
  shown: value => ({ label: `category.${value}` }),
}

function bestThree(scene: Scene): readonly Option[] {
  const likely = aboutMatter(textOf(scene), scene).likely
  const keys = [...new Set([...likely, ...COMMON])].slice(0, 3)
  return [...keys, 'other'].map(key => ({
    value: key,
    ...(key === 'other' ? { label: 'category.none', says: OTHER } : { label: `category.${key}` }),
  }))
}

const textOf = ({ soFar }: Scene): string => (typeof soFar.what === 'string' ? soFar.what : '')

const OTHER = /^(?:其他|别的|都不是|other|something else|none of these)[的,，。!！~\s]*$/
