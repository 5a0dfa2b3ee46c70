import { bad, good, picked } from './answers.ts'
import type { Answer, Option, Scene } from './flow.ts'
import { maskedPhone, phoneOf, phonesIn } from './phone.ts'
import { looksLikePlace, officialName, placeAt, placeIn, placeOfUnit } from './place.ts'
import { detailsIn, squeezed } from './place-details.ts'
import type { PlaceAnswer } from './talk.ts'
import { lettersOf } from './text.ts'
import { codesIn, introducedName } from './understand/entities.ts'
import { timesIn } from './understand/times.ts'
import { MATTER } from './understand/words-categories.ts'
import { UNKNOWN } from './words-replies.ts'

/** A telephone number; one given before is offered, not asked again. */
export const phone: Answer<string> = {
  kind: 'phone',
  wants: 'profile',
  choices: scene => knownPhone(scene),
  read(said, scene) {
    const number = phoneOf(said.plain, scene.book.areaCode)
    if (number) return good(number)
    const known = picked(said, knownPhone(scene))
    if (known) return good(known.option.value)
    return bad(/\d{5,}/.test(said.plain.replace(/[\s-]/g, '')) ? 'notAPhone' : 'noPhone')
  },
  spot: said => phonesIn(said.plain)[0]?.number,
  shown: number => ({ value: maskedPhone(number), noteLabel: 'value.onlyHandlers' }),
}

const knownPhone = ({ facts }: Scene): readonly Option[] => {
  const number = facts.profile?.phone
  return number
    ? [
        {
          value: number,
          label: 'phone.known',
          with: { phone: maskedPhone(number) },
          says: /^(?:就?用?这个|还是这个|原来的|之前的|same|this one|yes|是|对|好)$/,
        },
      ]
    : []
}

const LONGEST_PLACE = 200

/** A place: found in the district's list where possible, always kept in the person's words. */
export const place: Answer<PlaceAnswer> = {
  kind: 'place',
  read(said, scene) {
    const { gazetteer } = scene.book
    const building = squeezed(
      detailsIn(typeof scene.soFar.what === 'string' ? scene.soFar.what : '').building,
    )
    if (said.text.length > LONGEST_PLACE) return bad('placeTooLong')
    const picked = said.unit === undefined ? undefined : placeOfUnit(said.unit, said.text, gazetteer)
    if (picked) return good(withBuilding(picked, building))
    if (said.position && !said.text) {
      const near = placeAt(said.position, scene.book.shapes, gazetteer)
      return near ? good(near) : bad('outside', { with: { district: scene.book.district } })
    }
    const found = placeIn(said.plain, gazetteer)
    if (found.is === 'several') {
      const choices = found.choices.map(({ name, town }) => ({
        value: `${town}${name}`,
        words: `${town} ${name}`,
      }))
      return bad('whichPlace', { choices })
    }
    const answer = found.is === 'one' ? { ...found.place, words: said.text } : { words: said.text }
    if (found.is === 'one') return good(withBuilding(answer, building))
    if (UNKNOWN.test(said.plain)) return good(answer)
    if (lettersOf(said.plain).length < 2 || /^[\d\s-]+$/.test(said.plain)) return bad('placeTooShort')
    if (isTold(said.plain)) return bad('told')
    return said.plain.length > 24 && !looksLikePlace(said.plain) ? bad('placeUnclear') : good(answer)
  },
  spot(said, scene) {
    const picked = said.unit && placeOfUnit(said.unit, said.text, scene.book.gazetteer)
    if (picked) return picked
    if (said.position) return placeAt(said.position, scene.book.shapes, scene.book.gazetteer)
    const found = placeIn(said.plain, scene.book.gazetteer)
    return found.is === 'one' && (found.place.townCode !== undefined || found.place.words.length >= 3)
      ? found.place
      : undefined
  },
  shown(value, scene) {
    const note = officialName(value, scene.book.gazetteer)
    return { value: value.words, ...(note && !repeats(value, note) ? { note } : {}) }
  },
}

/** What goes on telling instead of naming a place: long enough, with the words of a complaint, and no "beside" at its end. */
const isTold = (plain: string): boolean =>
  lettersOf(plain).length >= 9 &&
  MATTER.test(plain) &&
  !/(?:附近|旁边|对面|门口|路口|后面|前面|楼下|楼上|里面|边上|那儿|那里|处)$/.test(plain)

/** Words that came from the list or the map begin with the official names already. */
const repeats = ({ words, gridCode }: PlaceAnswer, note: string): boolean =>
  words === note || (gridCode !== undefined && words.startsWith(`${note} `))

/** The building said earlier belongs to the place said now, unless the reply names its own. */
const withBuilding = (answer: PlaceAnswer, building: string | undefined): PlaceAnswer =>
  building && !detailsIn(answer.words.normalize('NFKC').toLowerCase()).building
    ? { ...answer, words: `${answer.words} ${building}` }
    : answer

/** How the person wishes to be called; two to twenty letters. */
export const personName: Answer<string> = {
  kind: 'words',
  read(said) {
    const name =
      introducedName(said.plain) ??
      said.text.replace(/^(?:我叫|我是|叫我?|姓名[是:：]?|my name is|i am|i'm)\s*/i, '')
    const length = lettersOf(name).length
    return length >= 1 && name.length <= 20 && !/\d{3,}/.test(name) ? good(name.trim()) : bad('notAName')
  },
  spot: said => introducedName(said.plain),
  shown: value => ({ value }),
}

/** A day, said in any usual way; kept as `YYYY-MM-DD`. */
export const date: Answer<string> = {
  kind: 'date',
  read(said, scene) {
    const day = timesIn(said.plain, scene.facts.now).find(time => time.day)?.day
    return day ? good(day) : bad('notADate')
  },
  spot: (said, scene) => timesIn(said.plain, scene.facts.now).find(time => time.day)?.day,
  shown: (value, scene) => withYear(value, scene.facts.now),
}

/** A day of another year says its year; one of this year is written out as every date is. */
function withYear(day: string, now: string): { value: string; english?: string } {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date || day.slice(0, 4) === now.slice(0, 4)) return { value: day }
  return { value: `${year}年${month}月${date}日`, english: `${date} ${MONTHS[month - 1]} ${year}` }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A case code such as HS-20261103-0042, in any case and spacing. */
export const caseCode: Answer<string> = {
  kind: 'caseCode',
  read(said) {
    const code = codesIn(said.plain)[0]?.code
    return code ? good(code) : bad('notACode')
  },
  spot: said => codesIn(said.plain)[0]?.code,
  shown: value => ({ value }),
}

/** The six digits that let another device see a case. */
export const queryCode: Answer<string> = {
  kind: 'queryCode',
  read(said) {
    const code =
      sixDigits(said.plain) ?? (/^[\d\s-]{6,9}$/.test(said.plain) ? said.plain.replace(/\D/g, '') : undefined)
    return code?.length === 6 ? good(code) : bad('notAQueryCode')
  },
  spot: said => sixDigits(said.plain),
  shown: value => ({ value }),
}

/** Six digits standing alone once case codes are taken out: `395 014` counts. */
function sixDigits(plain: string): string | undefined {
  const rest = codesIn(plain).reduce((text, code) => text.replace(code.words, ' '), plain)
  return /(?<!\d)(\d{3})[\s-]?(\d{3})(?!\d)/.exec(rest)?.slice(1, 3).join('')
}
