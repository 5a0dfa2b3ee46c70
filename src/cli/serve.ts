import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag } from '../cli-flags.ts'
import { demoAllowed, readConfig } from '../config.ts'
import { serve } from '../service.ts'

/** Runs until it is asked to stop; a message in hand is finished first. */
export const serveCommand: Command = async args => {
  const config = readConfig()
  const now = flag(args, 'now')
  const app = await openApp(config, now ? { now } : {})
  const service = await serve(config, app)
  app.log.info({ address: service.address, demo: demoAllowed(config) }, 'ready')
  process.stdout.write(
    `回音 is ready: ${config.publicUrl ?? service.address.replace('127.0.0.1', 'localhost')}\n`,
  )
  await new Promise<void>(stop => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop())
  })
  await service.close()
  return 0
}
