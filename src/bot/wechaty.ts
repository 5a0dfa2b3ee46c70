import type { Bubble, Receive } from './channel.ts'
import { plainText } from './wording.ts'

/**
 * A channel over a puppet of wechaty, for trials and inner groups: decision 024 says what a personal account risks. The packages are the
 * operator's own to install; only what is used of them is named here.
 */
export interface Puppet {
  on(event: 'login', listener: (user: { id: string }) => void): unknown
  on(event: 'logout' | 'stop', listener: () => void): unknown
  on(event: 'error', listener: (fault: Error) => void): unknown
  on(event: 'message', listener: (message: PuppetMessage) => void): unknown
  start(): Promise<void>
  stop(): Promise<void>
  Contact: { find(query: { id: string }): Promise<PuppetContact | undefined> }
}

export interface PuppetContact {
  id: string
  say(text: string): Promise<unknown>
}

export interface PuppetMessage {
  id: string
  self(): boolean
  type(): number
  text(): string
  talker(): PuppetContact
  room(): { id: string } | undefined
  mentionSelf(): Promise<boolean>
  mentionText(): Promise<string>
  say(text: string): Promise<unknown>
}

export interface WechatyParts {
  receive: Receive
  /** `inGroup`: what is said in a group, where nobody's matter is anybody's business. `notText`: to what is no text. */
  words: { inGroup: string; notText: string }
  /** The account logged in or out; while it is out nothing is heard and staff must know. */
  changed(isIn: boolean): void
  fault(what: string, error: unknown): void
}

export interface WechatyChannel {
  isIn(): boolean
  /** Says words first; false: the account is out, or knows nobody by this address. */
  say(address: string, text: string): Promise<boolean>
  stop(): Promise<void>
}

const TEXT = 7
const CHANNEL = 'wechaty'

/** Starts to listen. Private talks are heard in full; in a group only who names the account, and nothing of a person is said there. */
export async function startWechaty(puppet: Puppet, parts: WechatyParts): Promise<WechatyChannel> {
  let user: string | null = null
  const turns = new Map<string, Promise<void>>()
  puppet.on('login', ({ id }) => {
    user = id
    parts.changed(true)
  })
  const out = () => {
    if (user !== null) parts.changed(false)
    user = null
  }
  puppet.on('logout', out)
  puppet.on('stop', out)
  puppet.on('error', fault => parts.fault('wechaty', fault))
  puppet.on('message', message => {
    if (message.self()) return
    const { id } = message.talker()
    // One person's messages are answered in their order.
    const turn = (turns.get(id) ?? Promise.resolve())
      .then(() => hear(parts, user ?? '-', message))
      .catch(error => parts.fault('wechaty', error))
      .finally(() => turns.get(id) === turn && turns.delete(id))
    turns.set(id, turn)
  })
  await puppet.start()
  return {
    isIn: () => user !== null,
    async say(address, text) {
      const contact = user === null ? undefined : await puppet.Contact.find({ id: address })
      if (!contact) return false
      await contact.say(text)
      return true
    },
    stop: () => puppet.stop(),
  }
}

async function hear(
  { receive, words }: WechatyParts,
  account: string,
  message: PuppetMessage,
): Promise<void> {
  if (message.room()) {
    if (await message.mentionSelf()) await message.say(words.inGroup)
    return
  }
  if (message.type() !== TEXT) {
    await message.say(words.notText)
    return
  }
  const heard = { appId: account, address: message.talker().id, externalId: message.id, text: message.text() }
  const { replies, repeat } = await receive({ channel: CHANNEL, ...heard })
  // After a log-in the puppet may hand over what came meanwhile once more: heard twice, it is answered once.
  if (repeat) return
  for (const line of replies) await message.say(plainText(JSON.parse(line.body) as Bubble))
}
