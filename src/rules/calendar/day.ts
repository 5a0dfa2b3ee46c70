import { Temporal } from 'temporal-polyfill'

/** The instant (ISO) at which a calendar day `YYYY-MM-DD` begins, or the day `later` days after it. Throws where there is no such day. */
export function beginOfDay(day: string, zone: string, later = 0): string {
  return Temporal.PlainDate.from(day, { overflow: 'reject' })
    .add({ days: later })
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
}

/** The instant (ISO) at which the local day an instant lies in is over, or the day `later` days after it. */
export function endOfDay(atISO: string, zone: string, later = 0): string {
  return Temporal.Instant.from(atISO)
    .toZonedDateTimeISO(zone)
    .startOfDay()
    .add({ days: later + 1 })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
}
