import { Temporal } from 'temporal-polyfill'
import type { House } from '../../actions/house.ts'
import { dayOf } from '../../actions/house.ts'
import { countNotices, keepNoticeDay, noticeDays } from '../../store/notice-days.ts'
import { dropOldPushed } from '../../store/pushed.ts'

/** Days a push that was done is remembered; WeChat repeats within seconds. */
const REMEMBERED = 3
/** Days counted anew, for what was tried again and arrived since. */
const ANEW = 7

/** Counts how prompt the last days' notices were: yesterday and the six days before it. Returns how many days are new. */
export async function countPromptness(house: House): Promise<number> {
  const { zone } = house.district
  const today = Temporal.PlainDate.from(dayOf(house, house.now()))
  const known = new Set((await noticeDays(house.store.read, 30)).map(row => row.day))
  let fresh = 0
  for (let back = ANEW; back >= 1; back--) {
    const day = today.subtract({ days: back })
    const begins = (date: Temporal.PlainDate) =>
      date.toZonedDateTime(zone).toInstant().toString({ fractionalSecondDigits: 3 })
    const span = { day: day.toString(), from: begins(day), to: begins(day.add({ days: 1 })) }
    const count = await countNotices(house.store.read, span)
    if (!known.has(span.day)) fresh++
    await house.store.write(tx => keepNoticeDay(tx, count))
  }
  return fresh
}

/** What a channel pushed and was done days ago need not be remembered. */
export function dropPushes(house: House): Promise<number> {
  const before = new Date(Date.parse(house.now()) - REMEMBERED * 86_400_000).toISOString()
  return house.store.write(tx => dropOldPushed(tx, before))
}
