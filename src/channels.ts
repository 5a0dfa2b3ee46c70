import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from './app.ts'
import type { Config } from './config.ts'
import { districtFolder } from './load.ts'
import { type PhoneOf, smsSender, tencentSms } from './notify/senders/sms.ts'
import { webPushSender } from './notify/senders/web-push.ts'
import { customSender, KINDS, templateSender, type WechatParts } from './notify/senders/wechat.ts'
import { wecomSender } from './notify/senders/wecom.ts'
import { oneAtATime } from './notify/timetable.ts'
import type { Said, Senders } from './notify/ways.ts'
import type { Language } from './rules/people/language.ts'
import { volunteerName, volunteerOfPerson } from './store/care/volunteers.ts'
import type { Reads } from './store/db.ts'
import { partyTold } from './store/notices.ts'
import { invitedPhone } from './store/parties.ts'
import { profileOf } from './store/persons.ts'
import { loginsOf, staffPhone } from './store/staff.ts'
import { type Account, openAccount } from './wechat/account.ts'
import { ask, makeClient, type Tell } from './wechat/client.ts'
import { recoverLate, runLate } from './wechat/late.ts'
import { makeLender } from './wechat/lender.ts'
import { readPlan, type WechatPlan } from './wechat/plan.ts'
import type { WechatSide } from './wechat/side.ts'

/** The channels that can be called, as the environment configures them; none is called before there is something to say. */
export interface Channels {
  senders: Senders
  /** The official account, where it can be called. */
  wechat: WechatSide | null
  /** Takes up what waits, and looks after it until stopped. */
  start(): Promise<{ stop(): Promise<void> }>
}

type Parts = Pick<App, 'house' | 'words' | 'receive' | 'log'>
/** Turns one answer of a channel that is no success into a line of the log; never an address or a token. */
const telling =
  ({ log }: Parts): Tell =>
  fault =>
    log[fault.besides && LOUD.includes(fault.besides) ? 'error' : 'warn'](fault, 'channel refused')

const LOUD: readonly string[] = ['stop', 'stopToday', 'stopTemplate', 'alarm']

/** Opens what is configured. */
export function openChannels(
  config: Config,
  parts: Parts,
  fault: (what: string, error: unknown) => void,
): Channels {
  const plan = wechatPlan(config)
  const wechat = accountOf('wechat', config.wechat, config, parts)
  const mini = accountOf('mini', config.miniProgram, config, parts)
  const side = wechat ? sideOf(wechat, parts, fault) : null
  const senders: Senders = {
    ...(wechat ? officialSenders(wechat, config, plan, parts) : {}),
    ...(mini ? miniSenders(mini, config, plan, parts) : {}),
    ...otherSenders(config, parts),
  }
  return {
    senders,
    wechat: side?.side ?? null,
    start: side ? side.start : async () => ({ stop: async () => {} }),
  }
}

/** The district's plan; a district without one has no menu and no templates. */
export function wechatPlan(config: Config): WechatPlan {
  const file = join(districtFolder(config.district), 'wechat.json')
  try {
    return readPlan(readFileSync(file, 'utf8'), config.publicUrl)
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return { menu: { button: [] }, templates: {} }
    throw error
  }
}

/** An account that can be called: it has an id and a secret. */
export function accountOf(
  name: Account['name'],
  { appId, appSecret }: { appId: string | undefined; appSecret: string | undefined },
  config: Config,
  parts: Parts,
): Account | null {
  if (!appId || !appSecret) return null
  const { store, now } = parts.house
  const { apiBase } = config.wechat
  return openAccount(name, { store, now, apiBase, appId, secret: appSecret, tell: telling(parts) })
}

const placeOf = ({ house }: Parts) => ({ store: house.store, now: house.now, zone: house.district.zone })

function sideOf(account: Account, parts: Parts, fault: (what: string, error: unknown) => void) {
  const { house, receive, words } = parts
  const late = {
    ...placeOf(parts),
    ...{ account, receive, fault, shelf: house.shelf },
    lost: words('zh-CN', 'api:wechat.pictureLost'),
  }
  const load = { turns: 0 }
  const loop = oneAtATime(
    async () => {
      do await calm(load)
      while ((await runLate(late)) > 0)
    },
    error => fault('late', error),
  )
  const side: WechatSide = { account, late, wakeLate: loop.wake, load }
  const start = async () => {
    await recoverLate(late)
    const timer = setInterval(loop.wake, LOOK_EVERY)
    loop.wake()
    return {
      async stop() {
        clearInterval(timer)
        await loop.idle()
      },
    }
  }
  return { side, start }
}

/** With so few turns under way there is time for what was kept; it waits for that a while, not for ever. Milliseconds. */
const CALM = 20
const CALM_WITHIN = 4000

async function calm(load: { turns: number }): Promise<void> {
  for (const end = Date.now() + CALM_WITHIN; load.turns > CALM && Date.now() < end; )
    await new Promise(done => setTimeout(done, 100))
  await new Promise(done => setImmediate(done))
}

/** How often what waits is looked at. Milliseconds. */
const LOOK_EVERY = 2000

const wechatParts = (account: Account, config: Config, parts: Parts): WechatParts => ({
  ...placeOf(parts),
  ...{ account, publicUrl: config.publicUrl ?? null, together: together(parts) },
})

/** What a short form says of several told as one: the newest, and how many there are. */
const together =
  ({ words }: Parts) =>
  (language: Language, what: string, count: number): string =>
    words(language, 'push:together', { what, count })

function officialSenders(account: Account, config: Config, plan: WechatPlan, parts: Parts): Senders {
  const given = wechatParts(account, config, parts)
  const { templates, subscriptions } = config.wechat
  const template = templateOf(plan, templates)
  const subscribe = templateOf(plan, subscriptions)
  return {
    wechat: customSender(given),
    ...(template ? { template: templateSender(given, KINDS.template, template) } : {}),
    ...(subscribe ? { subscribe: templateSender(given, KINDS.subscribe, subscribe) } : {}),
  }
}

function miniSenders(account: Account, config: Config, plan: WechatPlan, parts: Parts): Senders {
  const given = wechatParts(account, config, parts)
  const template = templateOf(plan, config.miniProgram.subscriptions)
  return template ? { mini: templateSender(given, KINDS.mini, template) } : {}
}

/** The one every notice goes out by; its fields are the district's, its id is the account's. */
function templateOf({ templates }: WechatPlan, ids: Readonly<Record<string, string>>) {
  const fields = templates.progress
  return fields && ids.progress ? { id: ids.progress, fields } : null
}

function otherSenders(config: Config, parts: Parts): Senders {
  const { house } = parts
  const { read } = house.store
  const phoneOf: PhoneOf = async ({ personId, staffId, recipient }) => {
    if (personId) return phoneOfPerson(read, personId)
    const party = partyTold(recipient)
    return staffId ? staffPhone(read, staffId) : party ? invitedPhone(read, party) : null
  }
  const { sms, vapid, wecom } = config
  const texts = (template: string | undefined) =>
    sms && template ? tencentSms({ ...sms, template }, house.now) : null
  const { webhookKey = null } = wecom
  const app = wecomApp(config, parts)
  return {
    ...(sms ? { sms: smsSender(texts(sms.template)!, phoneOf, together(parts), texts(sms.invite)) } : {}),
    ...(vapid
      ? { webPush: webPushSender({ store: house.store, ...vapid, wordsFor: pushWords(parts) }) }
      : {}),
    ...(webhookKey || app
      ? {
          wecom: wecomSender({
            ...{ apiBase: wecom.apiBase, webhookKey, app },
            loginOf: async id => (await loginsOf(read, [id])).get(id) ?? null,
            wordsFor: said => pushWords(parts)(said).text,
          }),
        }
      : {}),
  }
}

/** What they told in talk; of a volunteer, what the coordinator wrote down. */
async function phoneOfPerson(read: Reads, personId: string): Promise<string | null> {
  const { phone } = await profileOf(read, personId)
  if (phone) return phone
  const volunteer = await volunteerOfPerson(read, personId)
  return volunteer && (await volunteerName(read, volunteer.id)).phone
}

function wecomApp({ wecom }: Config, parts: Parts) {
  const { corpId, secret, agentId, apiBase } = wecom
  if (!corpId || !secret || !agentId) return null
  const { store, now } = parts.house
  const tell = telling(parts)
  const lender = makeLender({
    ...{ store, now, id: `wecom.token.${corpId}.${agentId}` },
    fetch: async () => {
      const answer = await ask(apiBase, '/cgi-bin/gettoken', {
        query: { corpid: corpId, corpsecret: secret },
      })
      if (!answer.ok) return answer
      const body = 'body' in answer ? answer.body : {}
      return { ok: true, value: String(body.access_token ?? ''), seconds: Number(body.expires_in ?? 7200) }
    },
  })
  return { client: makeClient(apiBase, lender, tell), agentId }
}

/** What a locked screen may show: that something is new, and of which number. */
const pushWords =
  ({ words }: Parts) =>
  ({ row, bubble, language, count }: Said) => {
    const kind = row.staffId ? (row.urgent === 1 ? 'urgent' : 'staff') : count > 1 ? 'several' : 'person'
    const code = bubble.brief?.code || bubble.code || ''
    return {
      title: words(language, 'push:title'),
      text: words(language, `push:${kind}${code ? '' : 'Bare'}`, { code, count }),
    }
  }
