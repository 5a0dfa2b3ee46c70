import type { Language } from '../rules/people/language.ts'
import type { Line } from '../store/talks.ts'

export type ChannelName = 'web' | 'wechat' | 'wechaty' | 'terminal'

/** What a channel heard. (channel, externalId) is unique: the same again is answered with what the first was answered. */
export interface HeardMessage {
  channel: ChannelName
  /** The account it came to; `-` where a channel has none. */
  appId: string
  /** Who wrote, as the channel knows them. */
  address: string
  externalId: string
  text: string
  /** `step.value` of a tapped choice. */
  tap?: string
  /** Ready files of the person's own; pixels of a picture, for whoever shows it. */
  files?: readonly {
    id: string
    kind: 'image' | 'voice' | 'video' | 'file'
    width?: number
    height?: number
  }[]
  /** Where the person stands, WGS84 degrees. */
  position?: { lat: number; lng: number }
  /** Code of a town, community or grid picked from a list; `text` says it in words. */
  unit?: string
  /** It came and cannot be read: a voice or a film, or some other kind. */
  unread?: 'voice' | 'other'
  /** What it lets the channel do: speak first for 48 hours after a message, for a minute after a tap. */
  opens?: 'long' | 'brief'
  /** For a first contact; later the person's own choice counts. */
  language?: Language
}

export interface Received {
  personId: string
  /** The number of the person's own message in the conversation. */
  seq: number
  /** This message had been heard before. */
  repeat: boolean
  replies: Line[]
}

/** Hears one message: everything it causes is committed when the promise is kept, and nothing if it is broken. */
export type Receive = (heard: HeardMessage) => Promise<Received>

/** A bubble as it is stored and shown; `text` alone is complete in itself. */
export interface Bubble {
  text: string
  card?: {
    kind: string
    title?: string
    rows: { label: string; value: string; note?: string; edit?: string }[]
    calls?: { number: string; label: string }[]
  }
  files?: NonNullable<HeardMessage['files']>
  choices?: { n: string; label: string; tap: string }[]
  hint?: string
  /** The case it speaks of. */
  code?: string
  /** A notice for fields of 20 (Chinese) or 32 characters. */
  brief?: { what: string; code: string; office: string }
  /** A file to fetch, such as one's own data. */
  link?: string
}
