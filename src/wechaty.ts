import { alarmStaff } from './actions/alarm-staff.ts'
import type { App } from './app.ts'
import { type Puppet, startWechaty, type WechatyChannel } from './bot/wechaty.ts'
import type { Config } from './config.ts'
import type { Sender } from './notify/ways.ts'

type Parts = Pick<App, 'house' | 'words' | 'receive' | 'log'>

interface WechatyModule {
  WechatyBuilder: { build(options: { name: string; puppet: string }): unknown }
}

/** How often a puppet that did not start is started again. Milliseconds. */
const AGAIN = 60_000

/**
 * The wechaty channel: off unless `WECHATY_PUPPET` names a puppet. Its packages are no part of this program: the operator installs them beside it
 * (`npm install --no-save wechaty wechaty-puppet-…`), and they are loaded here and only then.
 */
export function wechatyChannel(
  config: Config,
  parts: Parts,
  fault: (what: string, error: unknown) => void,
  load: () => Promise<WechatyModule> = loadWechaty,
) {
  const { wechatyPuppet } = config
  let channel: WechatyChannel | null = null
  let timer: NodeJS.Timeout | undefined
  const sender: Sender = async ({ addresses, bubble }) => {
    const at = addresses.find(one => one.channel === 'wechaty')
    if (!at) return null
    const told = await channel?.say(at.address, bubble.text)
    return told ? { is: 'sent' } : { is: 'later', afterSeconds: 300, why: 'loggedOut' }
  }
  async function start(puppet: string): Promise<void> {
    try {
      const { WechatyBuilder } = await load()
      const bot = WechatyBuilder.build({ name: 'huiyin', puppet }) as Puppet
      channel = await startWechaty(bot, { receive: parts.receive, words: wordsOf(parts), changed, fault })
    } catch (error) {
      fault('wechaty', error)
      timer = setTimeout(() => void start(puppet), AGAIN)
    }
  }
  const changed = (isIn: boolean) => {
    parts.log.warn({ isIn }, 'the wechaty account logged in or out')
    alarmStaff(parts.house, isIn ? 'wechatyIn' : 'wechatyOut').catch(error => fault('wechaty', error))
  }
  return {
    senders: wechatyPuppet ? { wechaty: sender } : {},
    start: async () => void (wechatyPuppet && (await start(wechatyPuppet))),
    async stop() {
      clearTimeout(timer)
      await channel?.stop().catch(error => fault('wechaty', error))
    },
  }
}

const wordsOf = ({ words }: Parts) => ({
  inGroup: words('zh-CN', 'api:wechat.inGroup'),
  notText: words('zh-CN', 'api:wechat.textOnly'),
})

/** A name put together at run time: no bundler and no checker looks for what may not be there. */
const loadWechaty = async (): Promise<WechatyModule> =>
  (await import(['wecha', 'ty'].join(''))) as unknown as WechatyModule
