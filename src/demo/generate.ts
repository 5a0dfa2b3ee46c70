import { Temporal } from 'temporal-polyfill'
import { type District, unitOfRoute } from '../district.ts'
import { addHours } from '../rules/calendar/working-time.ts'
import { townOf } from '../rules/cases/route.ts'
import type { CaseClass } from '../rules/cases/types.ts'
import { type DemoCase, type DemoPlace, type DemoResident, type Dice, dice } from './cast.ts'
import { DANGERS, type DemoMatter, MATTERS } from './matters.ts'
import { danger, type Plot } from './plots.ts'
import { ALL_PLOTS } from './plots-orders.ts'
import { seeded } from './seeded.ts'

const RESIDENTS = 30
const FAMILY = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏']
const GIVEN = ['木兰', '青山', '小满', '立春', '谷雨', '秋实', '听松', '望舒', '怀远', '知夏']
const STREETS = [
  '松州路',
  '昭乌达路',
  '钢铁街',
  '新华路',
  '站前街',
  '园林路',
  '解放街',
  '玉龙大街',
  '长青街',
  '桥北大街',
]

/**
 * The demonstration: invented residents and some three hundred cases of the last sixty days, in every state. The same
 * district, instant and seed give the same result. Cases come in the order they were opened, events never after `nowISO`.
 */
export function demoDistrict(
  district: District,
  nowISO: string,
  seed: number,
): { residents: DemoResident[]; cases: DemoCase[] } {
  const chances = dice(seeded(seed))
  const residents = FAMILY.slice(0, RESIDENTS).map((family, i) => ({
    name: family + GIVEN[i % GIVEN.length]!,
    phone: `1380000${2000 + i * 7}`,
  }))
  const world: World = { district, dice: chances, nowISO, residents }
  const told = ALL_PLOTS.flatMap(({ count, days, plot, lost }) =>
    Array.from({ length: count }, () => tell(world, days, plot, lost === true)),
  )
  const alerts = DANGERS.map((alert, i) => dangerCase(world, alert, i))
  const cases = [...told, ...alerts].sort((a, b) => (a.at < b.at ? -1 : 1))
  return { residents, cases }
}

interface World {
  district: District
  dice: Dice
  nowISO: string
  residents: DemoResident[]
}

/** One case from its opening to now. `lost`: the place is unknown, so the district dispatcher has to decide. */
function tell(world: World, days: [number, number], plot: Plot, lost: boolean): DemoCase {
  const { district } = world
  const matter = lost ? world.dice.pick(MATTERS.filter(isAnywhere)) : world.dice.pick(MATTERS)
  const at = openedAt(world, days)
  const { place, fill } = scene(world, matter, lost)
  const route = district.categories.find(category => category.key === matter.category)?.route ?? null
  const made: DemoCase = {
    ...{ at, kind: 'grievance', category: matter.category, route, place, events: [] },
    ...{ what: fill(matter.what), title: [...fill(matter.title)].slice(0, 30).join('') },
    ...{ class: classOf(world, matter), points: matter.points.map(fill) },
    ...whoWrites(world),
  }
  const unit = townOf(place) ?? unitOfRoute(district, route) ?? world.dice.pick(townCodes(district))
  const ending = { result: fill(matter.result), facts: fill(matter.facts) }
  return played(world, made, unit, ending, plot)
}

function played(
  world: World,
  made: DemoCase,
  unit: string,
  ending: { result: string; facts: string },
  plot: Plot,
): DemoCase {
  const { district, dice: chances } = world
  plot({ district, dice: chances, case: made, ending, at: made.at, unit, clerk: clerkOf(world, unit) })
  made.events = made.events.filter(event => event.at <= world.nowISO)
  return made
}

/** Every fifth danger alert or so is of today and still in hand; the others are over. */
function dangerCase(world: World, alert: (typeof DANGERS)[number], i: number): DemoCase {
  const at = addHours(world.nowISO, -(i === 0 ? 1.5 : i * 150 + world.dice.between(1, 90)))
  const secret = alert.kinds.some(
    kind => kind === 'self_harm' || kind === 'violence' || kind === 'minor_harmed',
  )
  const made: DemoCase = {
    ...{ at, kind: secret ? 'hotline' : 'grievance', category: 'danger', route: null, class: 'urgent' },
    ...{
      what: alert.what,
      title: alert.title,
      place: { words: '' },
      points: [],
      events: [],
      danger: alert.kinds,
    },
    ...{
      resident: world.dice.whole(0, RESIDENTS - 1),
      name: null,
      phone: null,
      hidden: true,
      noReply: false,
    },
  }
  return played(world, made, world.dice.pick(townCodes(world.district)), { result: '', facts: '' }, danger)
}

/** By day, between seven and ten at night; what is opened minutes ago stays as it is. */
function openedAt({ dice: chances, nowISO, district }: World, [least, most]: [number, number]): string {
  const plain = addHours(nowISO, -24 * chances.between(least, most))
  if (most < 1.5) return plain
  const day = Temporal.Instant.from(plain).toZonedDateTimeISO(district.zone)
  const at = day.with({
    hour: chances.whole(7, 21),
    minute: chances.whole(0, 59),
    second: chances.whole(0, 59),
  })
  const moved = at.toInstant().toString({ fractionalSecondDigits: 3 })
  return moved < nowISO ? moved : plain
}

const isAnywhere = ({ title, what }: DemoMatter) => !`${title}${what}`.includes('{p}')

const classOf = ({ dice: chances }: World, { category, class: usual }: DemoMatter): CaseClass =>
  usual === 'important' && (category === 'gas' || category === 'road') && chances.chance(0.6)
    ? 'urgent'
    : usual

function whoWrites({ dice: chances, residents }: World) {
  const resident = chances.whole(0, residents.length - 1)
  const anonymous = chances.chance(0.08)
  const { name, phone } = residents[resident]!
  return {
    resident,
    name: anonymous ? null : name,
    phone: anonymous ? null : phone,
    hidden: chances.chance(0.04),
    noReply: false,
  }
}

/** A place that suits the matter, and the words of the matter filled with it. */
function scene(
  world: World,
  matter: DemoMatter,
  lost: boolean,
): { place: DemoPlace; fill: (text: string) => string } {
  const { dice: chances, district } = world
  const street = chances.pick(STREETS)
  const building = chances.whole(1, 16)
  const found = spot(world, matter)
  const text = `${matter.title}${matter.what}`
  const values: Record<string, string | number> = {
    ...{ p: found.name, b: building, r: street },
    ...{ f: chances.whole(3, 17), d: chances.whole(3, 20), n: chances.whole(2, 9) },
  }
  const fill = (words: string) => words.replace(/\{(\w)\}/g, (_, key: string) => String(values[key] ?? ''))
  if (lost) return { place: { words: text.includes('{r}') ? street : '' }, fill }
  const door = text.includes('{b}') ? `${building}号楼` : ''
  const words = text.includes('{r}') ? `${found.community.short}${street}` : `${found.name}${door}`
  const grids = district.grids.filter(grid => grid.code.startsWith(found.community.code))
  const { code } = found.community
  const place = {
    ...{ words, townCode: code.slice(0, 9), communityCode: code },
    ...(grids.length > 0 ? { gridCode: chances.pick(grids).code } : {}),
    ...(found.estate ? { estate: found.estate } : {}),
  }
  return { place, fill }
}

/** A village for the matters of villages, a housing estate for those of buildings; 红山郡 more often than others. */
function spot({ district, dice: chances }: World, { title, what }: DemoMatter) {
  const text = `${title}${what}`
  const communities = [...district.units.values()].filter(unit => unit.kind === 'community')
  if (text.includes('村')) {
    const community = chances.pick(communities.filter(unit => unit.short.endsWith('村')))
    return { name: community.short, community, estate: null }
  }
  const estate = chances.chance(0.08) ? district.estates[0]! : chances.pick(district.estates)
  const community = district.units.get(estate.community)!
  const named = text.includes('{p}')
  return { name: named ? estate.name : community.short, community, estate: named ? estate.name : null }
}

const townCodes = (district: District) =>
  [...district.units.values()].filter(unit => unit.kind === 'town').map(unit => unit.code)

function clerkOf({ district, dice: chances }: World, unit: string): string {
  const clerks = district.staff.filter(who => who.unit === unit && who.role !== 'mediator')
  return chances.pick(clerks).login
}
