import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

/** Who may import whom: folders of src, and what else each may take from npm and node. */
const LAYERS: Record<string, { from: readonly string[]; packages: readonly RegExp[] }> = {
  rules: { from: [], packages: [/^temporal-polyfill$/, /^tyme4ts$/] },
  flows: { from: ['rules'], packages: [] },
  store: {
    from: ['rules'],
    packages: [/^@prisma\//, /^better-sqlite3$/, /^pg$/, /^uuid$/, /^node:(crypto|fs|path|zlib)$/],
  },
  files: { from: ['rules', 'store'], packages: [/^sharp$/, /^node:/] },
  actions: {
    from: ['rules', 'store', 'district.ts'],
    packages: [/^node:crypto$/, /^@node-rs\/argon2$/, /^otplib$/],
  },
  bot: {
    from: ['rules', 'flows', 'store', 'actions', 'words.ts', 'district.ts'],
    packages: [/^fast-xml-parser$/],
  },
  wechat: {
    from: ['rules', 'store', 'files', 'actions', 'bot/channel.ts', 'bot/wording.ts'],
    packages: [/^fast-xml-parser$/, /^node:crypto$/],
  },
  notify: {
    from: ['rules', 'store', 'actions', 'wechat', 'words.ts', 'bot/channel.ts'],
    packages: [/^node-cron$/, /^web-push$/, /^node:crypto$/, /^temporal-polyfill$/],
  },
  api: {
    from: [
      'rules',
      'store',
      'files',
      'actions',
      'bot',
      'papers',
      'wechat',
      'words.ts',
      'config.ts',
      'district.ts',
      'admin',
      'district-read.ts',
      'district-words.ts',
      '../wire',
    ],
    packages: [
      /^fastify$/,
      /^@fastify\//,
      /^typebox/,
      /^ws$/,
      /^qrcode$/,
      /^pinyin-pro$/,
      /^exceljs$/,
      /^fflate$/,
      /^node:/,
    ],
  },
  admin: {
    from: [
      'rules',
      'store',
      'actions',
      'district.ts',
      'district-checks.ts',
      'district-read.ts',
      'district-schemas.ts',
      'district-words.ts',
    ],
    packages: [/^typebox$/, /^node:crypto$/],
  },
  papers: { from: ['rules', 'words.ts'], packages: [/^docx$/, /^ical-generator$/] },
  demo: {
    from: ['rules', 'store', 'actions', 'district.ts'],
    packages: [/^temporal-polyfill$/, /^node:crypto$/],
  },
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  file => file.endsWith('.ts') && !file.includes('generated'),
)

/** Every `import`, `import()` and `export … from` of a file. */
const IMPORTS = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g

const layered = files.filter(file => file.includes('/') && LAYERS[file.split('/')[0]!])

it.each(layered)('%s imports only what its folder may', file => {
  const folder = file.split('/')[0]!
  const { from, packages } = LAYERS[folder]!
  for (const [, path] of readFileSync(join('src', file), 'utf8').matchAll(IMPORTS)) {
    if (!path!.startsWith('.')) {
      expect(
        packages.some(allowed => allowed.test(path!)),
        `${file} takes ${path}`,
      ).toBe(true)
      continue
    }
    const target = normalize(join(dirname(file), path!))
    const allowed =
      target.startsWith(`${folder}/`) || from.some(one => target === one || target.startsWith(`${one}/`))
    expect(allowed, `${file} imports ${target}`).toBe(true)
  }
})

const PURE = /Temporal\.Now|new Date\(\)|Date\.now|Math\.random|process\.|node:|performance\.|crypto\./

it.each(files.filter(file => /^(rules|flows)\//.test(file)))(
  '%s knows no clock, no random, no surroundings',
  file => {
    const code = readFileSync(join('src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    expect(code.match(PURE)?.[0]).toBeUndefined()
  },
)

it('what both fronts and the server say is types alone, and taken as types', () => {
  for (const file of readdirSync('wire')) {
    const code = readFileSync(join('wire', file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    const outside = [...code.matchAll(IMPORTS)].filter(([, path]) => !path!.startsWith('./'))
    expect(outside, `wire/${file} stands alone`).toEqual([])
    expect(code.match(/^(?!import type |export (?:interface|type) |[ }]|$).*/gm), `wire/${file}`).toBeNull()
  }
  const takers = ['src', 'web'].flatMap(root =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(ts|vue)$/.test(file) && !file.includes('generated'))
      .map(file => join(root, file)),
  )
  const alive = takers.filter(file => /^import (?!type ).*\/wire\//m.test(readFileSync(file, 'utf8')))
  expect(alive).toEqual([])
})

it('only config.ts reads the environment', () => {
  const readers = files.filter(file => /process\.env/.test(readFileSync(join('src', file), 'utf8')))
  expect(readers).toEqual(['config.ts'])
})

it('finds the folders it guards', () => {
  expect(new Set(layered.map(file => file.split('/')[0]))).toEqual(new Set(Object.keys(LAYERS)))
})
