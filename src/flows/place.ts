import { type GridShape, gridAt } from '../rules/place.ts'
import { detailsIn, squeezed } from './place-details.ts'
import { soundAt } from './syllables.ts'
import type { PlaceAnswer } from './talk.ts'
import { lettersOf } from './text.ts'

/** The places of a district by name, as its configuration gives them. */
export interface GazetteerData {
  towns: readonly { code: string; name: string }[]
  communities: readonly { code: string; name: string; town: string }[]
  estates: readonly { name: string; community: string }[]
  /** `第3网格`; the code begins with that of its community. */
  grids?: readonly { code: string; name: string }[]
}

/** A named place and where it lies; `community` and `town` are codes. */
export interface Known {
  name: string
  kind: 'district' | 'town' | 'community' | 'estate'
  town?: string
  community?: string
}

/** The same places, ready to be found in text: by their first two characters, longest name first. */
export interface Gazetteer {
  byStart: ReadonlyMap<string, readonly { alias: string; known: Known }[]>
  /** Names of three characters and more by the sound of their first two: misheard and mistyped ones are found by it. */
  bySound: ReadonlyMap<string, ReadonlyMap<string, readonly Sounding[]>>
  names: ReadonlyMap<string, string>
  /** 1 for every UTF-16 unit a name can begin with, by its letter or by its sound: most of a text is passed over by it. */
  begins: Uint8Array
}

const COMMUNITY_END = /(?:社区居委会|社区居民委员会|村委会|村民委员会|居委会|社区|嘎查|村)$/
const TOWN_END = /(?:街道办事处|街道|镇|乡|苏木)$/
const ESTATE_END = /(?:住宅小区|小区|家园)$/

interface Sounding {
  alias: string
  sounds: readonly string[]
  known: Known
}

/** Builds the index once, at start. */
export function makeGazetteer(data: GazetteerData, district: string): Gazetteer {
  const byStart = new Map<string, { alias: string; known: Known }[]>()
  const add = (alias: string, known: Known) => {
    if (alias.length < 2) return
    const start = alias.slice(0, 2).toLowerCase()
    const list = byStart.get(start) ?? []
    if (
      list.some(
        other =>
          other.alias === alias.toLowerCase() &&
          other.known.name === known.name &&
          other.known.community === known.community,
      )
    )
      return
    byStart.set(
      start,
      [...list, { alias: alias.toLowerCase(), known }].sort((a, b) => b.alias.length - a.alias.length),
    )
  }
  if (district) add(district, { name: district, kind: 'district' })
  for (const town of data.towns) {
    const known: Known = { name: town.name, kind: 'town', town: town.code }
    for (const alias of aliases(town.name, TOWN_END, 2)) add(alias, known)
  }
  const townOf = new Map(data.communities.map(community => [community.code, community.town]))
  for (const community of data.communities) {
    const known: Known = {
      name: community.name,
      kind: 'community',
      town: community.town,
      community: community.code,
    }
    for (const alias of communityAliases(community.name)) add(alias, known)
  }
  for (const estate of data.estates) {
    const town = townOf.get(estate.community)
    const known: Known = {
      name: estate.name,
      kind: 'estate',
      community: estate.community,
      ...(town ? { town } : {}),
    }
    for (const alias of aliases(estate.name, ESTATE_END, 3)) add(alias, known)
  }
  const bySound = soundsOf(byStart)
  return { byStart, bySound, names: namesOf(data), begins: beginnings(byStart, bySound) }
}

function beginnings(byStart: Gazetteer['byStart'], bySound: Gazetteer['bySound']): Uint8Array {
  const begins = new Uint8Array(0x1_0000)
  for (const start of byStart.keys()) begins[start.charCodeAt(0)] = 1
  for (let unit = 0x4e00; unit <= 0x9fff; unit++)
    if (bySound.has(soundAt(String.fromCharCode(unit), 0))) begins[unit] = 1
  return begins
}

function soundsOf(byStart: Gazetteer['byStart']): Gazetteer['bySound'] {
  const bySound = new Map<string, Map<string, Sounding[]>>()
  for (const { alias, known } of [...byStart.values()].flat()) {
    if (alias.length < 3 || known.kind === 'district' || !/^[\u4e00-\u9fff]+$/.test(alias)) continue
    const sounds = Array.from(alias, (_, each) => soundAt(alias, each))
    const first = bySound.get(sounds[0]!) ?? new Map<string, Sounding[]>()
    bySound.set(sounds[0]!, first)
    const list = [...(first.get(sounds[1]!) ?? []), { alias, sounds, known }]
    first.set(
      sounds[1]!,
      list.sort((a, b) => b.alias.length - a.alias.length),
    )
  }
  return bySound
}

const namesOf = ({ towns, communities, grids = [] }: GazetteerData): ReadonlyMap<string, string> =>
  new Map([...towns, ...communities, ...grids].map(unit => [unit.code, unit.name]))

const aliases = (name: string, end: RegExp, atLeast: number): string[] => {
  const bare = name.replace(end, '')
  return bare !== name && bare.length >= atLeast ? [name, bare] : [name]
}

/** A community is called by its full name, as `…社区` or `…村`, or bare when three characters make that safe. */
function communityAliases(name: string): string[] {
  const bare = name.replace(COMMUNITY_END, '')
  const short = /村|嘎查/.test(name) ? `${bare}村` : `${bare}社区`
  return bare.length >= 3 ? [name, short, bare] : [name, short]
}

/** A name found at a position of the text. */
export interface FoundName {
  at: number
  words: string
  candidates: readonly Known[]
}

/** Names of the gazetteer in the text, longest first at each position, not overlapping; misspelt ones that sound the same are found too. */
export function namesIn(plain: string, gazetteer: Gazetteer): FoundName[] {
  const found: FoundName[] = []
  for (let at = 0; at < plain.length - 1; at++) {
    if (gazetteer.begins[plain.charCodeAt(at)] === 0) continue
    const name = spelt(plain, at, gazetteer) ?? sounding(plain, at, gazetteer)
    if (!name) continue
    found.push(name)
    at += name.words.length - 1
  }
  return found
}

function spelt(plain: string, at: number, { byStart }: Gazetteer): FoundName | undefined {
  const list = byStart.get(plain.slice(at, at + 2))
  const first = list?.find(entry => plain.startsWith(entry.alias, at))
  if (!list || !first) return undefined
  const candidates = list.filter(entry => entry.alias === first.alias).map(entry => entry.known)
  return { at, words: first.alias, candidates }
}

/** A name that sounds the same and shares a character of its own (not only 社区 or 小区). */
function sounding(plain: string, at: number, { bySound }: Gazetteer): FoundName | undefined {
  const list = bySound.get(soundAt(plain, at))?.get(soundAt(plain, at + 1))
  const first = list?.find(
    ({ alias, sounds }) =>
      at + alias.length <= plain.length &&
      sounds.every((sound, each) => soundAt(plain, at + each) === sound) &&
      Array.from(alias.replace(COMMON_END, '')).some((letter, each) => plain[at + each] === letter),
  )
  if (!list || !first) return undefined
  const candidates = list.filter(entry => entry.alias === first.alias).map(entry => entry.known)
  return { at, words: plain.slice(at, at + first.alias.length), candidates }
}

const COMMON_END = /(?:社区|小区|花园|家园|街道|[村镇乡])$/

/** What a text says about a place: one place, several it might be, or nothing. */
export type PlaceFound =
  | { is: 'one'; place: PlaceAnswer }
  | { is: 'several'; choices: readonly { name: string; town: string }[] }
  | { is: 'none' }

/** Finds the place in running text. `words` is made of the person's own pieces, larger to smaller. */
export function placeIn(plain: string, gazetteer: Gazetteer): PlaceFound {
  const names = namesIn(plain, gazetteer).filter(name =>
    name.candidates.some(known => known.kind !== 'district'),
  )
  const towns = new Set(
    names.flatMap(name => name.candidates.flatMap(known => (known.kind === 'town' ? [known.town] : []))),
  )
  const best = names
    .map(name => ({ ...name, candidates: agreeing(name.candidates, towns) }))
    .sort((a, b) => rank(b.candidates[0]!) - rank(a.candidates[0]!))[0]
  const { street, building } = detailsIn(plain)
  if (!best)
    return street ? { is: 'one', place: { words: joined([street, squeezed(building)]) } } : { is: 'none' }
  if (best.candidates.length > 1)
    return { is: 'several', choices: best.candidates.map(known => choiceOf(known, gazetteer)) }
  const words = joined([...names.map(name => name.words), streetBeside(street, names), squeezed(building)])
  return { is: 'one', place: placeOf(best.candidates[0]!, words) }
}

const choiceOf = (known: Known, gazetteer: Gazetteer) => ({
  name: known.name,
  town: gazetteer.names.get(known.town ?? '') ?? '',
})

const agreeing = (candidates: readonly Known[], towns: ReadonlySet<string | undefined>): readonly Known[] => {
  const real = candidates.filter(known => known.kind !== 'district')
  const same = real.filter(known => towns.has(known.town))
  const kept = [...(same.length > 0 ? same : real)].sort((a, b) => rank(b) - rank(a))
  return kept.every(known => known.community === kept[0]?.community && known.town === kept[0]?.town)
    ? kept.slice(0, 1)
    : kept
}

const RANK = { district: 0, town: 1, community: 2, estate: 3 } as const
const rank = (known: Known): number => RANK[known.kind]

/** A street name that only repeats a gazetteer name (`红山郡小区`) is not said twice. */
const streetBeside = (street: string | undefined, names: readonly FoundName[]): string | undefined =>
  street && names.some(name => street.includes(name.words) || name.words.includes(street))
    ? undefined
    : street

const joined = (parts: readonly (string | undefined)[]): string =>
  [...new Set(parts.filter(part => part !== undefined))].join(' ')

const placeOf = (known: Known, words: string): PlaceAnswer => ({
  words,
  ...(known.town ? { townCode: known.town } : {}),
  ...(known.community ? { communityCode: known.community } : {}),
  ...(known.kind === 'estate' ? { estate: known.name } : {}),
})

/** Codes of a unit and of what it lies in: nine digits are a town, twelve a community, fifteen a grid. */
const codesOf = (unit: string): Pick<PlaceAnswer, 'townCode' | 'communityCode' | 'gridCode'> => ({
  townCode: unit.slice(0, 9),
  ...(unit.length >= 12 ? { communityCode: unit.slice(0, 12) } : {}),
  ...(unit.length >= 15 ? { gridCode: unit } : {}),
})

const nameOf = (unit: string, gazetteer: Gazetteer): string =>
  [...new Set([9, 12, 15].map(length => unit.slice(0, length)))]
    .flatMap(code => shortName(gazetteer.names.get(code)) ?? [])
    .join(' ')

/** A unit picked from a list, in the person's words where there are any; an estate of it that they name is kept. Undefined for an unknown code. */
export function placeOfUnit(unit: string, text: string, gazetteer: Gazetteer): PlaceAnswer | undefined {
  if (!gazetteer.names.has(unit)) return undefined
  const estate = namesIn(text.normalize('NFKC').toLowerCase(), gazetteer)
    .flatMap(name => name.candidates)
    .find(
      ({ kind, community = '' }) =>
        kind === 'estate' && (community.startsWith(unit) || unit.startsWith(community)),
    )
  const nearest = estate?.community && estate.community.length > unit.length ? estate.community : unit
  return {
    words: text || nameOf(unit, gazetteer),
    ...codesOf(nearest),
    ...(estate ? { estate: estate.name } : {}),
  }
}

/** The grid a position lies in, as a place; undefined outside the district. */
export function placeAt(
  position: { lat: number; lng: number },
  shapes: readonly GridShape[],
  gazetteer: Gazetteer,
): PlaceAnswer | undefined {
  const grid = gridAt(shapes, position.lat, position.lng)
  return grid === undefined
    ? undefined
    : { words: `${nameOf(grid, gazetteer)}附近`, ...codesOf(grid), position }
}

/** `西城街道 红山郡社区`: the official names of a place, for the line under the person's own words. */
export const officialName = (place: PlaceAnswer, gazetteer: Gazetteer): string =>
  [place.townCode, place.communityCode]
    .flatMap(code => (code && shortName(gazetteer.names.get(code))) || [])
    .join(' ')

const shortName = (name: string | undefined): string | undefined =>
  name?.replace(/社区居委会$/, '社区').replace(/村委会$/, '村')

/** Words that look like a place to a person even when the district's list does not know them. */
export const looksLikePlace = (plain: string): boolean =>
  /[号楼路街村园区院里苑巷桥口旁边门屯营镇乡组店厂场站家]|附近|对面|后面|前面|road|street|building|village|near|gate|estate/.test(
    plain,
  ) && lettersOf(plain).length >= 2
