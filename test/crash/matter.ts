/** What somebody with a broken lift says, from a greeting to the number of the case. */
export const GREETING = '你好'
export const matterOf = (house: number): string => `${house}号楼电梯坏了两周没人修`

/** By what the bot asked last; the first that fits. */
const ANSWERS: readonly [asked: RegExp, words: string][] = [
  [/请您看一遍/, '1'],
  [/受困/, '3'],
  [/留个电话|打这个电话/, '13800001234'],
  [/在哪|哪个小区|什么地方/, '红山郡'],
]

/** The answer to what was asked, or null when no question is known in it. */
export const answerTo = (reply: string): string | null =>
  ANSWERS.find(([asked]) => asked.test(reply))?.[1] ?? null

/** The number of a case just opened; only a receipt names the query code too. */
export const receiptIn = (reply: string): string | null =>
  reply.includes('查询码') ? (/HS-\d{8}-\d{4,}/.exec(reply)?.[0] ?? null) : null

/** A message, and the reply it was acknowledged with where the channel hands that over at once. */
export interface Sent {
  id: string
  text: string
  /** Milliseconds since 1970; undefined when nobody ever did. */
  acknowledgedAt?: number
  reply?: string
}

/** What one person remembers of the whole run; in the end the ledger must say the same. */
export interface Journal {
  channel: 'wechat' | 'web'
  /** Every message they sent, in order; each was acknowledged before the next, save the last ones of a broken run. */
  sent: Sent[]
  /** Numbers of cases they were told. */
  told: string[]
  /** What they saw that must not be: a gap, a double, another answer to the same message. */
  oddities: string[]
  /** Messages whose first try was cut, and messages sent again though acknowledged. */
  cut: number
  repeated: number
}

export const newJournal = (channel: Journal['channel']): Journal => ({
  ...{ channel, sent: [], told: [], oddities: [], cut: 0, repeated: 0 },
})

/** Someone who can say a thing and hear what is said to it, whatever breaks meanwhile. */
export interface Speaker {
  journal: Journal
  /** Says words until they are acknowledged; answers with the bot's reply once `enough` of it is there. */
  say(words: string, enough: (reply: string) => boolean): Promise<string>
}

const MOST_TURNS = 12

/** One grievance from greeting to number. */
export async function grievance(speaker: Speaker, house: number): Promise<void> {
  await speaker.say(GREETING, reply => reply !== '')
  let words: string | null = matterOf(house)
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    const reply: string = await speaker.say(
      words,
      heard => receiptIn(heard) !== null || answerTo(heard) !== null,
    )
    const code = receiptIn(reply)
    if (code) {
      speaker.journal.told.push(code)
      return
    }
    words = answerTo(reply)
    if (words === null) throw new Error(`nobody knows what to answer to: ${reply}`)
  }
  throw new Error('the talk does not end')
}
