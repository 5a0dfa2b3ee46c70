import { bad, good, picked } from './answers.ts'
import type { Answer, Option } from './flow.ts'
import { forMatching } from './text.ts'
import { FRAIL } from './understand/words-class.ts'

/** Whether someone is in need now, and what the person added in his own words. */
export interface Urgent {
  pick: 'trapped' | 'frail' | 'none'
  note?: string
}

const SAYS: Record<Urgent['pick'], RegExp> = {
  trapped: /^有(?:人)?(?:被)?困|困着|困住|里面有人|trapped|stuck inside/,
  frail: FRAIL,
  none: /^(?:都?没有?|没有?的|都不是|无|没事|不影响|none|no|neither|nobody|no one)[的了人啊,，。!！~\s]*$|没人被?困$/,
}

const PICKS: Record<'trapped' | 'affected', readonly Urgent['pick'][]> = {
  trapped: ['trapped', 'frail', 'none'],
  affected: ['frail', 'none'],
}

const TRAPPED = { kinds: ['fire_or_life'], because: ['有人困在电梯里'], first: '119' } as const

/** One short question before a filing: `trapped` for a lift that stands, `affected` for heating, water or power that is out. */
export const urgency = (matter: 'trapped' | 'affected'): Answer<Urgent> => {
  const options: readonly Option[] = PICKS[matter].map(value => ({
    value,
    label: `${matter}.${value}`,
    says: SAYS[value],
  }))
  return {
    kind: 'oneOf',
    choices: () => options,
    read(said) {
      const pick = picked(said, options)
      if (!pick) return bad('notAChoice')
      const note =
        pick.rest || (forMatching(said.text).length > 4 && pick.option.value === 'frail' ? said.text : '')
      const own = note === pick.option.value ? '' : note
      return good({ pick: pick.option.value as Urgent['pick'], ...(own ? { note: own } : {}) })
    },
    alarm: value => (value.pick === 'trapped' ? TRAPPED : undefined),
    thanks: value => (value.pick === 'frail' ? 'heard.frail' : undefined),
    spot: said => (FRAIL.test(said.plain) ? { pick: 'frail' } : undefined),
    shown: value =>
      value.pick === 'none'
        ? undefined
        : value.note
          ? { value: value.note }
          : { label: `choice.${matter}.${value.pick}` },
  }
}
