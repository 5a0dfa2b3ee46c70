import type { FoundName } from './place.ts'

const BUILDING =
  /(?:[a-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?(?:号楼|栋|幢|号院)(?:\s?(?:\d{1,2}|[一二三四五六七八九])\s?单元)?(?:\s?\d{3,4}\s?(?:室|号)?(?!\d))?|\d{1,2}\s?单元(?:\s?\d{3,4}\s?室?(?!\d))?|(?:building|block|bldg\.?)\s?\d{1,3}/
const STREET =
  /(?!马|道|公路|门口|走|修|大街|小区|路|个|边|片|本|全|整个|各|某|附近|隔壁|旁边|对面|老旧)[^\s的在是到从和与及跟去里我你他她它们咱俺把被有没这那了门口塌坏堵，。、；：！？,.;:!?\d"“”()（）]{1,6}(?:大街|大道|公路|胡同|广场(?!舞)|公园|市场|医院|小学|中学|学校|幼儿园|车站|客运站|小区|花园|家园|路(?![面灯过障况人基费由])|街(?![灯上面])|巷|桥)(?:\s?\d{1,4}\s?号(?!楼))?|(?!the |this |my |our |that |a |main )\b[a-z]{3,} (?:street|road|avenue|estate|garden)\b(?! light| lamp)/

/** Building and street words of a text, as they stand there. */
export const detailsIn = (plain: string): { street?: string; building?: string } => {
  const street = STREET.exec(plain)?.[0]
  const building = BUILDING.exec(plain)?.[0]
  return { ...(street ? { street } : {}), ...(building ? { building } : {}) }
}

/** `3 号楼` as `3号楼`. */
export const squeezed = (words: string | undefined): string | undefined => words?.replace(/\s+/g, '')

const ALL_BUILDINGS = new RegExp(BUILDING.source, 'g')

/** A text in matching form without the names of this district and without numbers of houses: what is left says what the matter is. */
export function withoutPlaces(plain: string, names: readonly FoundName[]): string {
  const parts = names.map(({ at }, each) => {
    const before = names[each - 1]
    return plain.slice(before ? before.at + before.words.length : 0, at)
  })
  const last = names.at(-1)
  const rest = [...parts, plain.slice(last ? last.at + last.words.length : 0)].join('')
  return rest.replace(ALL_BUILDINGS, '')
}
