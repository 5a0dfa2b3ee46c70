import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import type { Plugin } from 'vite'

type Bundle = Parameters<Extract<Plugin['writeBundle'], (...args: never[]) => unknown>>[1]

/** Addresses besides the built chunks that the page needs to open without a network. */
const PLAIN = ['/shell.html', '/icon.svg', '/manifest.webmanifest']

/**
 * Makes the resident front open without a network: writes `shell.html`, the page before anything is drawn into it, and
 * `sw.js`, the worker that keeps it with everything it can load. Nothing of the staff front is among it.
 */
export const offline = (web: string): Plugin => ({
  name: 'huiyin-offline',
  apply: (_, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
  async writeBundle({ dir }, bundle) {
    const found = residentFiles(bundle)
    if (!dir || found.length === 0) return
    const shell = readFileSync(join(dir, 'resident/index.html'), 'utf8')
    writeFileSync(join(dir, 'shell.html'), shell)
    const files = [...PLAIN, ...found.map(file => `/${file}`)]
    const hash = createHash('sha256').update(JSON.stringify(files)).update(shell)
    for (const file of PLAIN) hash.update(readFileSync(join(dir, file)))
    await build({
      input: join(web, 'resident/sw.ts'),
      transform: {
        target: 'chrome86',
        define: {
          __FILES__: JSON.stringify(files),
          __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 12)),
        },
      },
      output: { file: join(dir, 'sw.js'), format: 'iife', minify: true },
      logLevel: 'warn',
    })
  },
})

/** Every chunk, style and picture the resident page loads, at once or later; none in a build of something else. */
function residentFiles(bundle: Bundle): string[] {
  const entry = Object.values(bundle).find(
    part => part.type === 'chunk' && part.isEntry && part.facadeModuleId?.endsWith('/resident/index.html'),
  )
  const found = new Set<string>()
  const waiting = entry ? [entry.fileName] : []
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const part = bundle[file]
    if (part?.type !== 'chunk') continue
    const { importedCss, importedAssets } = part.viteMetadata ?? {}
    waiting.push(...part.imports, ...part.dynamicImports, ...(importedCss ?? []), ...(importedAssets ?? []))
  }
  return [...found].sort()
}
