import type { FastifyInstance } from 'fastify'
import { dayOf } from '../actions/house.ts'
import { endOfDay } from '../rules/calendar/day.ts'
import { sentOn, stopped } from '../store/channels.ts'
import { countNotices, noticeDays } from '../store/notice-days.ts'
import type { ApiParts } from './parts.ts'
import { routes } from './schemas-wechat.ts'

/** Days shown. */
const SHOWN = 14

/** How prompt notices were, day by day, what each channel took today, and which stand still. Counts alone. */
export function promptnessRoute(app: FastifyInstance, { house }: ApiParts): void {
  const { store, now, district } = house
  app.get('/notices/promptness', { schema: routes.promptness }, async () => {
    const at = now()
    const day = dayOf(house, at)
    const from = endOfDay(at, district.zone, -1)
    const { day: _, ...today } = await countNotices(store.read, { day, from, to: '9999' })
    return {
      today,
      days: await noticeDays(store.read, SHOWN),
      stops: (await stopped(store.read, at)).map(({ channel, why, until }) => ({ channel, why, until })),
      sent: [...(await sentOn(store.read, day))].map(([channel, sent]) => ({ channel, sent })),
    }
  })
}
