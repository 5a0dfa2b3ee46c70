import webPush from 'web-push'
import type { Command } from '../cli.ts'

/** `vapid`: makes a pair of keys by which browsers know this service. Kept for good: with another pair nobody is woken any more. */
export const vapidCommand: Command = async () => {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys()
  process.stdout.write(`VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\n`)
  return 0
}
