import type { Sent } from '../rules/notices/outcome.ts'
import { closeWindow, giveBack, takeFromWindow } from '../store/channels.ts'
import type { Store } from '../store/db.ts'
import { type Account, sentOf } from './account.ts'
import type { Answered } from './client.ts'
import { partsOf } from './cut.ts'

/** Where words go: somebody's address at the account. */
export interface To {
  identityId: string
  address: string
}

/** Words with their choices; the words name the choices by number too, for whoever sees no menu. */
export interface Saying {
  text: string
  choices?: readonly { n: string; label: string; tap: string }[]
}

export interface Place {
  store: Store
  now(): string
  zone: string
}

const PATH = '/cgi-bin/message/custom/send'
/** What a menu may hold. */
const MOST_ITEMS = 9
const ITEM_LETTERS = 20

/** `CHANNEL`: the name under which customer-service messages are counted and stopped. */
export const CHANNEL = 'wechat'

/**
 * Says words by customer-service messages, in the window the person opened. Long words go in parts; the last part carries the choices as a
 * menu. A closed window is `never`: another way has to be taken.
 */
export async function say(place: Place, account: Account, to: To, saying: Saying): Promise<Sent> {
  const { choices = [] } = saying
  const menu = choices.length > 0 && choices.length <= MOST_ITEMS && choices.every(fits)
  const text = menu ? saying.text : [saying.text, ...choices.map(numbered)].filter(Boolean).join('\n')
  const parts = partsOf(text)
  const { store, now } = place
  if (!(await store.write(tx => takeFromWindow(tx, to.identityId, parts.length, now()), to.identityId)))
    return { is: 'never', why: 'windowClosed' }
  for (const [index, part] of parts.entries()) {
    const withMenu = menu && index === parts.length - 1
    const answer = await account.client.call(PATH, {
      json: withMenu ? menuOf(to.address, part, choices) : textOf(to.address, part),
    })
    const sent = await outcome(place, to, answer)
    if (sent.is !== 'sent')
      await store.write(tx => giveBack(tx, to.identityId, parts.length - index), to.identityId)
    // What was said is not said again: a long answer of which a part arrived is told on the page.
    if (sent.is !== 'sent') return index === 0 ? sent : { is: 'never', why: sent.why }
  }
  return { is: 'sent' }
}

const numbered = ({ n, label }: { n: string; label: string }) => `${n}. ${label}`
const fits = (choice: { n: string; label: string }) => [...numbered(choice)].length <= ITEM_LETTERS

async function outcome(place: Place, to: To, answer: Answered): Promise<Sent> {
  if (!answer.ok && answer.row.besides === 'close')
    await place.store.write(tx => closeWindow(tx, to.identityId), to.identityId)
  return sentOf(place, answer, { channel: CHANNEL })
}

const textOf = (touser: string, content: string) => ({ touser, msgtype: 'text', text: { content } })

const menuOf = (touser: string, head: string, choices: NonNullable<Saying['choices']>) => ({
  touser,
  msgtype: 'msgmenu',
  msgmenu: {
    head_content: head,
    list: choices.map(choice => ({ id: choice.tap || choice.n, content: numbered(choice) })),
    tail_content: '',
  },
})
