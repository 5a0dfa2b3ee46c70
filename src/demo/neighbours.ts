import { followCase } from '../actions/follow.ts'
import type { House } from '../actions/house.ts'
import { apply, type Form } from '../actions/move-case.ts'
import { openCase } from '../actions/open-case.ts'
import { addHours } from '../rules/calendar/working-time.ts'
import { mayFollow } from '../rules/cases/alike.ts'
import type { Verb } from '../rules/cases/types.ts'
import { type CaseRow, caseByCode, caseById } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { addLineAlone } from '../store/talks.ts'

/** What a clerk tells neighbours, by what the matter is about. */
const SUMMARIES: Readonly<Record<string, string>> = {
  lift: '维保公司已经到场，主板要从厂家调，预计三天内恢复运行。',
  heating: '热力公司正在检修换热站，预计今晚恢复，期间请注意保暖。',
  light: '路灯线路已经查清，抢修队明天上午更换。',
}
const ANY_SUMMARY = '已经到现场看过，正在安排处理，有进展写在这里。'

/** Neighbours of the demonstration, each with what they pass on, if anything. */
const WORDS = ['我家也是这样，晚上更严重，麻烦一起看看。', null, null]

/** One trouble of many: three open cases with followers, two with words for neighbours, and one pair linked. By the real actions. */
export async function addNeighbours(
  house: House,
  persons: readonly string[],
  staff: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = await house.store.read.sql.all<{ id: string }>(
    `SELECT "id" FROM "Case" WHERE "state" = 'working' AND "communityId" IS NOT NULL ORDER BY "createdAt" DESC LIMIT 60`,
  )
  const found: CaseRow[] = []
  for (const { id } of rows) {
    const row = await caseById(house.store.read, id)
    if (row && mayFollow(row) && clerkOf(house, staff, row.holderUnitId)) found.push(row)
  }
  const [first, second, third] = found
  if (first) await gather(house, first, persons, staff, 3)
  if (second) await gather(house, second, persons, staff, 2)
  if (third) await linked(house, third, persons, staff)
}

const clerkOf = (house: House, staff: ReadonlyMap<string, string>, unit: string) => {
  const known = house.district.staff.find(one => one.unit === unit && one.role === 'townClerk')
  return known && { id: staff.get(known.login) ?? null, unit }
}

/** The busiest resident, whose recovery code is published, is the first to follow. */
const others = (persons: readonly string[], row: CaseRow) => persons.filter(id => id !== row.personId)

async function gather(
  house: House,
  { code }: CaseRow,
  persons: readonly string[],
  staff: ReadonlyMap<string, string>,
  most: number,
) {
  await house.store.write(async tx => {
    const row = (await caseByCode(tx, code))!
    for (const [index, personId] of others(persons, row).slice(0, most).entries())
      await followCase(house, tx, personId, { code, words: WORDS[index] ?? null }, house.now())
    const fresh = (await caseByCode(tx, code))!
    await byClerk(house, tx, fresh, staff, 'publish', { summary: SUMMARIES[row.category] ?? ANY_SUMMARY })
  }, code)
}

/** A neighbour tells the same in other words; the office makes both one matter. */
async function linked(
  house: House,
  { code }: CaseRow,
  persons: readonly string[],
  staff: ReadonlyMap<string, string>,
) {
  await house.store.write(async tx => {
    const main = (await caseByCode(tx, code))!
    const [personId] = others(persons, main).slice(-1)
    if (!personId) return
    const at = addHours(house.now(), -2)
    const what = '我们楼下也是这个情况，好几天了，老人孩子进出都不方便，什么时候能弄好？'
    const told = { text: what }
    await addLineAlone(tx, personId, { sender: 'me', channel: 'web', body: JSON.stringify(told) }, at)
    const { category, route, communityId, townId, gridId } = main
    const place = {
      words: house.district.units.get(communityId!)?.short ?? '',
      ...{ townCode: townId!, communityCode: communityId! },
      ...(gridId ? { gridCode: gridId } : {}),
    }
    const { row } = await openCase(
      { ...house, now: () => at },
      tx,
      personId,
      {
        ...{ kind: 'grievance', what, title: '我们楼下也是这个情况', category, route, class: 'general' },
        ...{ points: ['什么时候能弄好'], place, name: null, phone: null, files: [] },
        ...{ hidden: false, noReply: false },
      },
      at,
    )
    if (row.state === 'received') await byClerk(house, tx, row, staff, 'grab', {})
    await byClerk(house, tx, row, staff, 'link', { same: code })
  }, code)
}

async function byClerk(
  house: House,
  tx: Tx,
  row: CaseRow,
  staff: ReadonlyMap<string, string>,
  verb: Verb,
  form: Form,
) {
  const clerk = clerkOf(house, staff, row.townId ?? row.holderUnitId)
  if (!clerk) return
  const done = await apply(house, tx, row, verb, 'townClerk', { kind: 'staff', ...clerk }, form)
  if (!done.ok) throw new Error(`demonstration: ${verb} on a ${row.state} case: ${done.why}`)
}
