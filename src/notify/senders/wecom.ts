import type { Sent } from '../../rules/notices/outcome.ts'
import type { Client } from '../../wechat/client.ts'
import { ask } from '../../wechat/client.ts'
import type { Said, Sender } from '../ways.ts'

export interface WecomParts {
  apiBase: string
  /** Key of a group's webhook; the group hears what is urgent. */
  webhookKey: string | null
  /** The application that writes to members; their user id is their log-in here. */
  app: { client: Client; agentId: number } | null
  /** The log-in of a member of staff. */
  loginOf(staffId: string): Promise<string | null>
  /** What is said: never a name, a place or a word of the matter. */
  wordsFor(said: Said): string
}

/** Tells staff in WeCom: a member by the application, and a group by its webhook where something is urgent. */
export const wecomSender =
  (parts: WecomParts): Sender =>
  async said => {
    const { row } = said
    if (!row.staffId) return null
    const login = parts.app ? await parts.loginOf(row.staffId) : null
    const words = parts.wordsFor(said)
    const told = parts.app && login ? await toMember(parts.app, login, words) : null
    if (row.urgent !== 1 || !parts.webhookKey) return told
    const group = await toGroup(parts, words)
    return told?.is === 'sent' ? told : group
  }

async function toMember(app: NonNullable<WecomParts['app']>, login: string, content: string): Promise<Sent> {
  const answer = await app.client.call('/cgi-bin/message/send', {
    json: {
      ...{ touser: login, msgtype: 'text', agentid: app.agentId, text: { content } },
      ...{ enable_duplicate_check: 1, duplicate_check_interval: 1800 },
    },
  })
  if (!answer.ok) return refusedBy(answer)
  // A member WeCom does not know is named in the answer, which is a success all the same.
  return answer.body.invaliduser ? { is: 'never', why: 'invalidUser' } : { is: 'sent' }
}

async function toGroup({ apiBase, webhookKey }: WecomParts, content: string): Promise<Sent> {
  const answer = await ask(apiBase, '/cgi-bin/webhook/send', {
    query: { key: webhookKey ?? '' },
    json: { msgtype: 'text', text: { content } },
  })
  return answer.ok ? { is: 'sent' } : refusedBy(answer)
}

/** Bad key, bad user: nothing to wait for. Everything else may pass. */
const NEVER: readonly number[] = [93000, 81013, 40003, 40013, 40056, 60020]

const refusedBy = ({ code, why }: { code: number; why: string }): Sent =>
  NEVER.includes(code) ? { is: 'never', why } : { is: 'later', afterSeconds: 60, why }
