import type { Spot, SpotKind } from './spots.ts'

/** A place found, with what was typed behind its name (`3号楼`), which belongs to the answer. */
export interface Found {
  spot: Spot
  rest: string
}

/** Endings people leave out or add as they please. */
const ENDING = /(?:社区居委会|居委会|村委会|住宅小区|小区|社区|街道办事处|街道|镇|乡|村)$/
/** A building, entrance or room at the end of what was typed. */
const BUILDING =
  /^(.*?[^\d\s])[\s,，]*((?:\d|[a-z](?=\d|座|栋|区))+\s*(?:号楼|号院|楼|栋|座|幢|单元|号|室|层|区|#).*)$/iu

/** Among equally good names: where people live before how they are governed. */
const ORDER: Readonly<Record<SpotKind, number>> = { estate: 0, community: 1, town: 2, grid: 3 }

/** The places that fit what was typed, best first: by name, by parts of it, by pinyin, by initials; several words all count. */
export function search(spots: readonly Spot[], typed: string, most = 20): Found[] {
  const plain = typed.normalize('NFKC').trim().toLowerCase()
  if (!plain) return []
  const cut = BUILDING.exec(plain)
  const whole = ranked(spots, plain, '')
  const found = cut && whole.every(({ rank }) => rank > 0) ? ranked(spots, cut[1] ?? '', cut[2] ?? '') : whole
  return found.slice(0, most).map(({ spot, rest }) => ({ spot, rest }))
}

function ranked(spots: readonly Spot[], words: string, rest: string) {
  const tokens = words.split(/[\s,，、·]+/).filter(Boolean)
  if (tokens.length === 0) return []
  const joined = tokens.length > 1 && tokens.every(token => /^[a-z]+$/.test(token)) ? tokens.join('') : ''
  return spots
    .map(spot => {
      const apart = sum(tokens.map(token => nearness(token, spot)))
      return { spot, rest, rank: joined ? Math.min(apart, nearness(joined, spot)) : apart }
    })
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        ORDER[a.spot.kind] - ORDER[b.spot.kind] ||
        a.spot.name.length - b.spot.name.length ||
        (a.spot.unit < b.spot.unit ? -1 : a.spot.unit > b.spot.unit ? 1 : 0),
    )
}

const sum = (ranks: readonly number[]): number => ranks.reduce((all, rank) => all + rank, 0)

/** How well one word fits: 0 is the name itself, more is worse, infinity is not at all. */
function nearness(token: string, spot: Spot): number {
  return Math.min(byName(token, spot), /^[a-z\d]+$/.test(token) ? byPinyin(token, spot.py) : Infinity)
}

function byName(token: string, { name: written, within }: Spot): number {
  const name = written.toLowerCase()
  const bare = name.replace(ENDING, '')
  const asked = token.replace(ENDING, '') || token
  if (name === token) return 0
  if (bare === asked) return 0.5
  if (name.startsWith(token)) return 1
  if (name.includes(token)) return 3
  if (bare.length > 1 && token.includes(bare)) return 4 + (token.length - bare.length) / 100
  if (within.some(outer => outer.includes(asked) && asked.length > 1)) return 6
  return token.length > 1 && inOrder(token, name) ? 7 : Infinity
}

function byPinyin(token: string, py: string): number {
  const [full = '', initials = ''] = py.toLowerCase().split(' ')
  if (initials === token || full === token) return 1
  if (full.startsWith(token)) return token.length > 1 ? 2 : 2.5
  if (initials.startsWith(token)) return 2
  if (token.length > 1 && initials.includes(token)) return 5
  return token.length > 2 && full.includes(token) ? 5 : Infinity
}

/** Every letter of `token` in `name`, in this order: 红郡 in 红山郡. */
function inOrder(token: string, name: string): boolean {
  let at = -1
  return [...token].every(letter => {
    at = name.indexOf(letter, at + 1)
    return at >= 0
  })
}
