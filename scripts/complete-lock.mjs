// Completes package-lock.json after `npm install`: optional packages of other platforms that the registry in use does not carry are
// left out by npm, and `npm ci` then refuses the lock. Each gets the entry it would have: version, system, processor.
import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
  'windows',
]
const PROCESSORS = [
  'arm64',
  'x64',
  'arm',
  'ia32',
  'ppc64',
  'ppc64le',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
  'universal',
]

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const entries = lock.packages
let added = 0
for (const [path, entry] of Object.entries(entries)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const version = range.replace(/^[=^~v]+/, '')
    if (found(path, name)?.version === version || !/^\d+\.\d+\.\d+/.test(version)) continue
    // At the top, or beside its owner where another version stands there.
    const top = entries[`node_modules/${name}`] ? path.slice(0, path.lastIndexOf('node_modules/')) : ''
    entries[`${top}node_modules/${name}`] = { version, ...platformOf(name), dev: entry.dev, optional: true }
    added++
  }
}

/** Where node would look for a package that stands below `path`. */
function found(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const entry = entries[`${at ? `${at}/` : ''}node_modules/${name}`]
    if (entry || !at) return entry
  }
}

function platformOf(name) {
  const words = name.replace(/^.*\//, '').split(/[-_.]/)
  const os = words.filter(word => SYSTEMS.includes(word)).map(word => (word === 'windows' ? 'win32' : word))
  const cpu = words
    .filter(word => PROCESSORS.includes(word))
    .map(word => (word === 'ppc64le' ? 'ppc64' : word))
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) }
}

lock.packages = Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added} entries added\n`)
