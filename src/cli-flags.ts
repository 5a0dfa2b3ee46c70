/** The command line is wrong; the usage is shown with the message. */
export class UsageFault extends Error {}

/** The value after `--name`; throws when it is missing. Undefined when the flag is not there. */
export function flag(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`)
  if (at < 0) return undefined
  const value = args[at + 1]
  if (!value || value.startsWith('--')) throw new UsageFault(`--${name} needs a value`)
  return value
}
