import type { Places } from '../shapes.ts'

export type SpotKind = 'town' | 'community' | 'estate' | 'grid'

/** One place of the list. */
export interface Spot {
  kind: SpotKind
  name: string
  /** Full pinyin and initials: `hongshanjun hsj`. */
  py: string
  /** Names of the town and community it lies in, from the outside in. */
  within: readonly string[]
  /** Code of the unit a picked place belongs to; an estate belongs to its community. */
  unit: string
  town: string
  community?: string
}

/** Where the person stands while going through the list step by step. */
export interface Level {
  /** What has been picked so far, outermost first. */
  path: readonly Spot[]
  /** What to pick next. */
  choices: readonly Spot[]
}

/** Every place of the district, estates first: that is what people call home. */
export function spotsOf({ towns, communities, estates, grids }: Places): Spot[] {
  const townName = new Map(towns.map(town => [town.code, town.name]))
  const home = new Map(communities.map(one => [one.code, one]))
  const inside = (code: string): Pick<Spot, 'within' | 'town' | 'community'> => {
    const community = home.get(code)
    const town = community?.town ?? ''
    const within = [townName.get(town), community?.name].filter(name => name !== undefined)
    return { within, town, community: code }
  }
  return [
    ...estates.map(({ name, py, community }) => {
      return { kind: 'estate' as const, name, py, unit: community, ...inside(community) }
    }),
    ...communities.map(({ code, name, py, town }) => {
      const within = [townName.get(town)].filter(found => found !== undefined)
      return { kind: 'community' as const, name, py, within, unit: code, town, community: code }
    }),
    ...towns.map(({ code, name, py }) => {
      return { kind: 'town' as const, name, py, within: [], unit: code, town: code }
    }),
    ...grids.map(({ code, name, py, community }) => {
      return { kind: 'grid' as const, name, py, unit: code, ...inside(community) }
    }),
  ]
}

/** `西城街道 红山郡社区 红山郡`: from the outside in, without saying a name again that the next one holds. */
export function placeWords({ within, name }: Pick<Spot, 'within' | 'name'>): string {
  const all = [...within, name]
  return all.filter((one, at) => !all.slice(at + 1).some(later => later.startsWith(one))).join(' ')
}

/** The towns, then the communities of a town, then the estates and grids of a community. */
export function levelOf(spots: readonly Spot[], town?: string, community?: string): Level {
  const townSpot = spots.find(spot => spot.kind === 'town' && spot.unit === town)
  const home = spots.find(spot => spot.kind === 'community' && spot.unit === community)
  if (townSpot && home)
    return {
      path: [townSpot, home],
      choices: spots.filter(
        spot => (spot.kind === 'estate' || spot.kind === 'grid') && spot.community === community,
      ),
    }
  if (townSpot)
    return {
      path: [townSpot],
      choices: spots.filter(spot => spot.kind === 'community' && spot.town === town),
    }
  return { path: [], choices: spots.filter(spot => spot.kind === 'town') }
}
