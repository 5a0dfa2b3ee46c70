import { bad, good, picked } from './answers.ts'
import type { Answer, Option, Scene } from './flow.ts'
import { forMatching, lettersOf } from './text.ts'

/** The specialist panels as the talk knows them: who asks for one by name gets that one. */

export interface PanelName {
  /** `P01` */
  code: string
  /** `物业纠纷`; routes are `panel:<name>`. */
  name: string
  english: string
  /** False where one person is helped and no two sides are brought together. */
  mediates: boolean
  /** What a mediation of this panel asks for, and the papers that may be photographed. */
  questions?: readonly PanelQuestion[]
  photographs?: readonly { words: string; english: string }[]
}

export interface PanelQuestion {
  key: string
  kind: 'words' | 'date' | 'oneOf'
  ask: { words: string; english: string }
  choices?: readonly { value: string; words: string; english: string }[]
  optional?: boolean
}

/** A panel asked for by name; `bare` when the message tells nothing else. */
export interface PanelWish {
  panel: PanelName
  bare: boolean
}

const WISH = /专项组织|调解|mediat|panel/i
const BESIDE =
  /我们?|想要?|要|请|申请|找|预约|的|(?:专项|调解)?组织|来|帮忙?|一下|调解|(?<![a-z])(?:i|we|would|like|want|to|ask|for|help|from|by|the|panel|on|mediation|mediate|please|a)(?![a-z])/g

/** 劳动争议调解 asks for 劳动争议纠纷; its first word alone may be about anything. */
const namesOf = ({ name, english }: PanelName): string[] => [
  forMatching(name),
  forMatching(english),
  ...['调解', '的调解'].map(asked => forMatching(`${name.replace(/纠纷$/, '')}${asked}`)),
]

/** The panel a message asks for, if it names one. */
export function panelWished(plain: string, panels: readonly PanelName[]): PanelWish | undefined {
  if (!WISH.test(plain)) return undefined
  for (const panel of panels) {
    const name = namesOf(panel).find(each => plain.includes(each))
    if (name === undefined) continue
    const rest = lettersOf(plain.replace(name, ' ').replace(BESIDE, ' '))
    return { panel, bare: rest.length === 0 }
  }
  return undefined
}

/** Whether a text, as it was written, asks for a panel. Looked at often: what has no sign of it is not prepared first. */
export const namesPanel = (text: string | undefined, panels: readonly PanelName[]): boolean =>
  text !== undefined && WISH.test(text) && panelWished(forMatching(text.slice(0, 400)), panels) !== undefined

/** Which panel is asked to help; never asked for, only heard, and it can be changed on the summary. */
export const panel: Answer<string> = {
  kind: 'oneOf',
  choices: scene => options(scene),
  read(said, scene) {
    const pick = picked(said, options(scene))
    const wished = pick?.option.value ?? panelWished(said.plain, scene.book.panels)?.panel.code
    return wished === undefined ? bad('notAChoice') : good(wished)
  },
  spot: (said, { book }) => panelWished(said.plain, book.panels)?.panel.code,
  shown: value => ({ label: `panel.${value}` }),
}

const options = ({ book }: Scene): readonly Option[] =>
  book.panels.map(({ code }) => ({ value: code, label: `panel.${code}` }))

/** The route of a panel by its code; undefined for none. */
export const routeOfPanel = (code: string | undefined, { book }: Scene): string | undefined => {
  const named = book.panels.find(each => each.code === code)
  return named && `panel:${named.name}`
}
