import type { Line } from '../store/talks.ts'
import type { Bubble, Message } from './schemas.ts'

/** Between an identity's id and the id the client made. */
const MARK = ':'

/** Unique per person and device: two clients may make the same id. */
export const externalIdOf = (identityId: string, clientId: string): string =>
  `${identityId}${MARK}${clientId}`

/** A stored line as the fronts get it. */
export function messageOf(line: Line): Message {
  const { seq, id, sender, at, body, channel, externalId, veil } = line
  const own = sender === 'me' && channel === 'web' && externalId
  const echo = own ? externalId.slice(externalId.indexOf(MARK) + 1) : undefined
  return {
    seq,
    id,
    from: sender,
    at,
    body: bubbleOf(body),
    ...(echo ? { echo } : {}),
    ...(veil ? { quiet: true as const } : {}),
  }
}

function bubbleOf(body: string): Bubble {
  try {
    return JSON.parse(body) as Bubble
  } catch {
    return { text: body }
  }
}
