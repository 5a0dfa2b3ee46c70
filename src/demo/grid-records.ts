import { writeRecord } from '../actions/grid-records.ts'
import type { House } from '../actions/house.ts'
import type { Duty } from '../rules/grid/duties.ts'

/** What the demonstration's grid worker and head noted in the last two weeks: duty, where, in their words. */
// biome-ignore format: a table
const NOTED: readonly (readonly [Duty, string, string])[] = [
  ['visit',    '1号楼2单元',   '走访独居老人两户，身体都好，提醒夜里关好燃气。'],
  ['hazard',   '3号楼',        '查了三个单元的消防栓和楼道，没有堵的。'],
  ['policy',   '小区南门',     '讲今年的医保缴费办法，十来位居民听，发了明白纸。'],
  ['collect',  '5号楼1单元',   '新租户一户三口，登记了，告诉他们网格微信群。'],
  ['opinion',  '小区广场',     '几位居民想把健身器材旁的灯修亮些。'],
  ['conflict', '2号楼',        '楼上楼下因为漏水有口角，两边都去劝了，说好周末一起找物业看。'],
  ['visit',    '4号楼3单元',   '看望残疾人家庭一户，帮着约了上门理发。'],
  ['hazard',   '地下车库',     '车库充电处有一处飞线，当面说了，业主收走了。'],
  ['policy',   '线上群',       '在网格群里发了冬季用电用气提醒。'],
  ['visit',    '6号楼',        '走访新入住的两户，介绍了办事在哪里办。'],
  ['collect',  '沿街商铺',     '核对了四家商铺的联系人。'],
  ['opinion',  '1号楼',        '有居民说快递柜挡了轮椅过路。'],
]

/** Days back from now on which something was noted, newest last; the last two a few hours ago. */
const DAYS_BACK = [13, 12, 12, 11, 10, 9, 7, 6, 5, 4, 0, 0]

/** Writes down what the worker and the head of their grid noted, over the real action; ids of staff by log-in. */
export async function addDemoRecords(house: House, staff: ReadonlyMap<string, string>): Promise<void> {
  const grid = house.district.staff.find(({ login }) => login === 'gridworker')?.unit
  const hands = ['gridworker', 'gridworker', 'gridhead'].flatMap(login => staff.get(login) ?? [])
  if (!grid || hands.length === 0) return
  await house.store.write(async tx => {
    for (const [index, [duty, where, what]] of NOTED.entries()) {
      const hours = (DAYS_BACK[index] ?? 1) * 24 + NOTED.length - index
      const at = new Date(Date.parse(house.now()) - hours * 3_600_000).toISOString()
      const staffId = hands[index % hands.length]!
      const told = { duty, grid, what, where, files: [], personId: '', staffId }
      await writeRecord({ ...house, now: () => at }, tx, told)
    }
  })
}
