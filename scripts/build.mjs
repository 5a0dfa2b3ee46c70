// Builds what is stale: both Prisma clients, the server (dist/*.js) and the fronts (dist/web). `--force` builds all.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const PARTS = {
  server: {
    from: ['src', 'wire', 'prisma/schema.prisma', 'scripts', 'package.json', 'tsconfig.json'],
    made: ['dist/cli.js'],
    async build() {
      run('scripts/generate.mjs')
      await bundle()
    },
  },
  web: {
    from: [
      'web',
      'wire',
      'locales',
      'src/rules',
      'src/api',
      'vite.config.ts',
      'scripts/build.mjs',
      'scripts/offline.ts',
      'package.json',
    ],
    made: ['dist/web/resident/index.html', 'dist/shell/shell.js'],
    async build() {
      const { build } = await import('vite')
      // Whoever asks for it (the tests, say), what is built is what people get.
      const mode = process.env.NODE_ENV
      process.env.NODE_ENV = 'production'
      await build(RESIDENT)
      await build(STAFF)
      pack('dist/web')
      await build(SHELL)
      if (mode === undefined) delete process.env.NODE_ENV
      else process.env.NODE_ENV = mode
    },
  },
}

/** The page a front is built from. */
const page = name => ({ input: { [name]: join(root, 'web', name, 'index.html') } })
/** Residents get no more of Vue than their front uses: nothing in it is written with options. */
const LEAN = { __VUE_OPTIONS_API__: 'false' }

/** The two fronts, apart: in one build they would share a Vue with all that only the staff front uses. */
const RESIDENT = {
  logLevel: 'warn',
  define: LEAN,
  // The server reads from the manifest which styles a page it draws needs.
  build: { emptyOutDir: true, manifest: true, rolldownOptions: page('resident') },
}
const STAFF = {
  logLevel: 'warn',
  build: { emptyOutDir: false, copyPublicDir: false, rolldownOptions: page('staff') },
}

/** The resident front once more, to be drawn on the server: one folder that needs no packages. */
const SHELL = {
  logLevel: 'warn',
  publicDir: false,
  define: { ...LEAN, 'process.env.NODE_ENV': '"production"' },
  // The parts of Vue that a browser would get: Node's own entry chooses its mode while running.
  ssr: { noExternal: true, target: 'node', resolve: { conditions: ['module', 'production'] } },
  build: {
    ssr: 'resident/shell.ts',
    outDir: join(root, 'dist/shell'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
  },
}

/** Lays a packed copy beside each text file, so that no request waits for packing. */
function pack(folder) {
  for (const file of filesUnder(folder)) {
    if (!/\.(js|css|svg|webmanifest)$/.test(file)) continue
    const plain = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(plain))
  }
}

/** What a part is made from, as one hash of names, sizes and times. */
function stampOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths)
    for (const file of filesUnder(path)) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}\0${size}\0${mtimeMs}\n`)
    }
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !join(entry.parentPath, entry.name).includes('generated'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

function run(script) {
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

async function bundle() {
  const { build } = await import('rolldown')
  for (const file of existsSync('dist') ? readdirSync('dist') : [])
    if (/\.js(\.map)?$/.test(file)) rmSync(join('dist', file))
  await build({
    input: { cli: 'src/cli.ts' },
    platform: 'node',
    // Packages stay where npm put them; only our own files are joined.
    external: id => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith(root),
    output: {
      dir: 'dist',
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
    logLevel: 'warn',
  })
}

/** Brings everything up to date. Returns the names of what was built. */
export async function buildStale(force = false) {
  mkdirSync('dist', { recursive: true })
  const built = []
  for (const [name, part] of Object.entries(PARTS)) {
    const mark = `dist/.${name}`
    const stamp = stampOf(part.from)
    if (!force && part.made.every(existsSync) && existsSync(mark) && readFileSync(mark, 'utf8') === stamp)
      continue
    process.stderr.write(`building ${name} …\n`)
    await part.build()
    writeFileSync(mark, stamp)
    built.push(name)
  }
  return built
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStale(process.argv.includes('--force'))
