import type { Pushed } from './xml.ts'

/** What a push means to us. Names of messages and events are WeChat's (facts of its 消息推送). */
export type Meant =
  /** A line of the talk. `id` makes it unique with its user and account. */
  | {
      is: 'said'
      id: string
      text: string
      tap?: string
      position?: { lat: number; lng: number }
      opens: 'long' | 'brief'
    }
  /** A picture: to be fetched, then a line of the talk. */
  | { is: 'picture'; id: string; mediaId: string }
  /** Voice, video and what nobody can read: that it came stands in the talk, and a sentence says so. */
  | { is: 'unread'; id: string; what: 'voice' | 'other' }
  | { is: 'follow'; id: string }
  | { is: 'leave'; id: string; openid: string }
  | { is: 'result'; id: string; receipt: string; arrived: boolean; why: string }
  | { is: 'agreements'; id: string; rows: { template: string; agreed: boolean }[] }
  | { is: 'results'; id: string; rows: { receipt: string; arrived: boolean; why: string }[] }
  | { is: 'nothing' }

const NOTHING: Meant = { is: 'nothing' }

/** Events carry no MsgId; two kinds in one second are told apart by name and key. */
const eventId = ({ CreateTime = '', Event = '', EventKey = '', MsgID = '', OpenID = '' }: Pushed) =>
  `e${CreateTime}.${Event}.${EventKey || MsgID || OpenID}`

/** Reads one push. Pure. */
export function meaningOf(pushed: Pushed): Meant {
  if (pushed.MsgType === 'event') return EVENTS[pushed.Event ?? '']?.(pushed) ?? NOTHING
  const { MsgId } = pushed
  return MsgId ? messageOf(pushed, MsgId) : NOTHING
}

function messageOf(pushed: Pushed, id: string): Meant {
  const { MsgType } = pushed
  if (MsgType === 'text') return textOf(pushed, id)
  if (MsgType === 'voice')
    return pushed.Recognition
      ? { is: 'said', id, text: pushed.Recognition, opens: 'long' }
      : { is: 'unread', id, what: 'voice' }
  if (MsgType === 'video' || MsgType === 'shortvideo') return { is: 'unread', id, what: 'voice' }
  if (MsgType === 'image' && pushed.MediaId) return { is: 'picture', id, mediaId: pushed.MediaId }
  if (MsgType === 'location') return locationOf(pushed, id)
  if (MsgType === 'link') {
    const text = [pushed.Title, pushed.Description, pushed.Url].filter(Boolean).join('\n')
    return text ? { is: 'said', id, text, opens: 'long' } : { is: 'unread', id, what: 'other' }
  }
  return { is: 'unread', id, what: 'other' }
}

/** A tapped line of a menu comes back as its label, with the id we gave it: a step of the talk, or a bare number. */
function textOf({ Content = '', bizmsgmenuid }: Pushed, id: string): Meant {
  if (!Content.trim()) return { is: 'unread', id, what: 'other' }
  const said = { is: 'said', id, opens: 'long' } as const
  if (bizmsgmenuid?.includes('.')) return { ...said, text: Content, tap: bizmsgmenuid }
  return { ...said, text: bizmsgmenuid || Content }
}

function locationOf({ Location_X, Location_Y, Label }: Pushed, id: string): Meant {
  const at = { lat: Number(Location_X), lng: Number(Location_Y) }
  const text = Label || '我的位置'
  if (!Number.isFinite(at.lat) || !Number.isFinite(at.lng)) return { is: 'said', id, text, opens: 'long' }
  return { is: 'said', id, text, position: fromChina(at), opens: 'long' }
}

const listOf = ({ List = [] }: Pushed) => List.filter(one => typeof one === 'object' && one !== null)

/** Answers of the person to a question about subscriptions; `ban` and `filter` are refusals. */
const agreementsOf = (pushed: Pushed): Meant => ({
  is: 'agreements',
  id: eventId(pushed),
  rows: listOf(pushed).flatMap(({ TemplateId, SubscribeStatusString }) =>
    TemplateId ? [{ template: TemplateId, agreed: /^accept/.test(SubscribeStatusString ?? '') }] : [],
  ),
})

const leaving = (pushed: Pushed): Meant => ({
  is: 'leave',
  id: eventId(pushed),
  openid: pushed.OpenID || pushed.FromUserName,
})

/** Every event we know; the others are received and say nothing. A place sent unasked (LOCATION) is not kept. */
const EVENTS: Readonly<Record<string, (pushed: Pushed) => Meant>> = {
  subscribe: pushed => ({ is: 'follow', id: eventId(pushed) }),
  SCAN: pushed => ({ is: 'follow', id: eventId(pushed) }),
  unsubscribe: leaving,
  user_authorization_revoke: leaving,
  user_authorization_cancellation: leaving,
  CLICK: pushed =>
    pushed.EventKey ? { is: 'said', id: eventId(pushed), text: pushed.EventKey, opens: 'brief' } : NOTHING,
  TEMPLATESENDJOBFINISH: pushed => ({
    is: 'result',
    id: eventId(pushed),
    receipt: pushed.MsgID ?? '',
    arrived: pushed.Status === 'success',
    why: (pushed.Status ?? '').replace(/^failed:\s*/, ''),
  }),
  subscribe_msg_popup_event: agreementsOf,
  subscribe_msg_change_event: agreementsOf,
  subscribe_msg_sent_event: pushed => ({
    is: 'results',
    id: `${eventId(pushed)}.${listOf(pushed)
      .map(one => one.MsgID)
      .join()}`,
    rows: listOf(pushed).flatMap(({ MsgID, ErrorCode = '0' }) =>
      MsgID ? [{ receipt: MsgID, arrived: ErrorCode === '0', why: ErrorCode }] : [],
    ),
  }),
}

/** Axis and eccentricity of the ellipsoid the shift is counted on. */
const AXIS = 6_378_245
const ECC = 0.006693421622965943

/**
 * WeChat gives places in China's own shifted grid (GCJ-02); ours are WGS84. The shift is public knowledge, good to about a metre; two rounds
 * undo it. Degrees.
 */
function fromChina(at: { lat: number; lng: number }): { lat: number; lng: number } {
  let guess = at
  for (let round = 0; round < 2; round++) {
    const shift = shiftAt(guess)
    guess = { lat: at.lat - shift.lat, lng: at.lng - shift.lng }
  }
  return guess
}

function shiftAt({ lat, lng }: { lat: number; lng: number }) {
  const [x, y] = [lng - 105, lat - 35]
  const wave = (value: number, by: number) => Math.sin((value / by) * Math.PI)
  const fine = (20 * wave(x, 1 / 6) + 20 * wave(x, 1 / 2)) * (2 / 3)
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    fine +
    (20 * wave(y, 1) + 40 * wave(y, 3)) * (2 / 3) +
    (160 * wave(y, 12) + 320 * wave(y, 30)) * (2 / 3)
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    fine +
    (20 * wave(x, 1) + 40 * wave(x, 3)) * (2 / 3) +
    (150 * wave(x, 12) + 300 * wave(x, 30)) * (2 / 3)
  const angle = (lat * Math.PI) / 180
  const magic = 1 - ECC * Math.sin(angle) ** 2
  return {
    lat: (north * 180) / (((AXIS * (1 - ECC)) / (magic * Math.sqrt(magic))) * Math.PI),
    lng: (east * 180) / ((AXIS / Math.sqrt(magic)) * Math.cos(angle) * Math.PI),
  }
}
