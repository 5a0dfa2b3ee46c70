import { join } from 'node:path'
import { buildServer } from './api/server.ts'
import type { App } from './app.ts'
import { openChannels } from './channels.ts'
import type { Config } from './config.ts'
import { faultOf } from './faults.ts'
import { startTimetable } from './notify/timetable.ts'
import { ROOT } from './root.ts'
import { wechatyChannel } from './wechaty.ts'

/** Serves: the HTTP edge listens, the jobs and the outbox run. */
export async function serve(config: Config, app: App): Promise<{ address: string; close(): Promise<void> }> {
  const { house, receive, forms, resume, words, log } = app
  const fault = (what: string, error: unknown) => log.error({ what, fault: faultOf(error) }, 'fault')
  const channels = openChannels(config, app, fault)
  const server = await buildServer({
    house,
    config,
    receive,
    forms,
    resume,
    words,
    webRoot: join(ROOT, 'dist/web'),
    log,
    ...(channels.wechat ? { wechat: channels.wechat } : {}),
  })
  const address = await server.listen({ host: config.host, port: config.port })
  const wechaty = wechatyChannel(config, app, fault)
  const note = (what: string, facts: object) => log.info({ what, ...facts }, 'noted')
  const timetable = await startTimetable(house, { ...channels.senders, ...wechaty.senders }, fault, note)
  const late = await channels.start()
  void wechaty.start()
  return {
    address,
    async close() {
      await server.close()
      await wechaty.stop()
      await timetable.stop()
      await late.stop()
      await app.close()
    },
  }
}
