// How the service is started, as `npm start` starts it: what Node is told belongs to what is measured. Called from the root.
import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The words behind `node` that start the service. */
export const SERVICE = scripts.start.split(' ').slice(1)
/** What Node itself is told; the bare limit is told the same. */
export const FLAGS = SERVICE.filter(word => word.startsWith('--'))
