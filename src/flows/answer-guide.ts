import { putAgain } from './ask.ts'
import type { Option } from './flow.ts'
import { type Errand, errandsAsked } from './guide.ts'
import { inHand, type Moment, put, say } from './moment.ts'
import type { Card, CardRow } from './talk.ts'
import { intentOf } from './understand/understand.ts'

/** How many errands are offered to pick from. */
const FEW = 3

const PERSON: Option = { value: '!person', label: 'menu.person' }
const ASK: Option = { value: '!matter', label: 'unsure.ask' }

/** A question that names an errand is answered from the guide; several are put to choose from. True when this was one. */
export function answerFromGuide(m: Moment): boolean {
  const { plain } = m.said
  const open = inHand(m)
  // "我要申请调解" is the wish itself; only a plain question about it is answered.
  const openly = open !== undefined || intentOf(plain, [], 1) === 'mediation'
  const found = errandsAsked(plain, m.book.guide, openly).slice(0, FEW)
  const [only] = found
  if (!only) return false
  if (open) {
    for (const errand of found) say(m, 'errand.found', valuesOf(m, errand), cardOf(m, errand))
    putAgain(m)
    return true
  }
  m.talk = { ...m.talk, kept: m.said.text }
  if (found.length === 1) putErrand(m, only)
  else put(m, { say: 'errand.which', options: [...found.map(errand => optionOf(m, errand)), ASK] })
  return true
}

/** One errand picked from several. */
export function showErrand(m: Moment, key: string): boolean {
  const errand = m.book.guide.find(each => each.key === key)
  if (!errand) return false
  putErrand(m, errand)
  return true
}

/** What to bring, where, how long, how much; and who to ask when that is not enough. */
function putErrand(m: Moment, errand: Errand): void {
  put(m, {
    say: 'errand.found',
    with: valuesOf(m, errand),
    card: cardOf(m, errand),
    options: [ASK, PERSON],
  })
}

const wordsOf = (m: Moment, errand: Errand) => (m.talk.language === 'en' ? errand.english : errand.words)

const valuesOf = (m: Moment, errand: Errand) => ({
  name: wordsOf(m, errand).name,
  url: `${m.book.guideUrl}/${errand.key}`,
})

const optionOf = (m: Moment, errand: Errand): Option => ({
  value: `!guide.${errand.key}`,
  words: wordsOf(m, errand).name,
})

function cardOf(m: Moment, errand: Errand): Card {
  const { bring, where, hours, days, fee, steps } = wordsOf(m, errand)
  const comma = m.talk.language === 'en' ? '; ' : '；'
  const rows: CardRow[] = [
    { key: 'errandBring', value: bring.join(comma) },
    { key: 'errandWhere', value: where, note: hours },
    { key: 'errandSteps', value: steps.join(' → ') },
    { key: 'errandDays', value: days },
    { key: 'errandFee', value: fee },
    ...(errand.doorstep || errand.online ? [{ key: 'errandWays', label: `value.${waysOf(errand)}` }] : []),
    ...(errand.phone ? [{ key: 'errandPhone', value: errand.phone }] : []),
    ...(errand.checked ? [] : [{ key: 'errandNote', label: 'value.errandExample' }]),
  ]
  return { kind: 'service', rows }
}

const waysOf = ({ doorstep, online }: Errand): string =>
  doorstep && online ? 'errandBoth' : doorstep ? 'errandDoorstep' : 'errandOnline'
