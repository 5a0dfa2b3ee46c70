import { openApp } from '../app.ts'
import { accountOf, wechatPlan } from '../channels.ts'
import type { Command } from '../cli.ts'
import { UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'

/** `wechat menu`: puts the district's menu (`wechat.json`) under the official account's talk. */
export const wechatCommand: Command = async args => {
  if (args[0] !== 'menu') throw new UsageFault('wechat menu')
  const config = readConfig()
  const { menu } = wechatPlan(config)
  if (menu.button.length === 0) throw new Error('the district has no menu: see wechat.json')
  const app = await openApp({ ...config, logLevel: 'error' }, { withoutDemo: true })
  try {
    const account = accountOf('wechat', config.wechat, config, app)
    if (!account) throw new Error('WECHAT_APP_ID and WECHAT_APP_SECRET must be set')
    const answer = await account.client.call('/cgi-bin/menu/create', { json: menu })
    if (!answer.ok)
      throw new Error(`WeChat refused the menu: ${answer.why}${answer.rid ? `, rid ${answer.rid}` : ''}`)
    process.stdout.write(`the menu has ${menu.button.length} buttons; phones show it within five minutes\n`)
    return 0
  } finally {
    await app.close()
  }
}
