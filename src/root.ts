import { fileURLToPath } from 'node:url'

/** The folder of the program: where `config`, `locales`, `prisma` and `dist` lie. The build stands one level below it, as the sources do. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))
