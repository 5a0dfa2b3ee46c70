import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ConfigFault, demoAllowed, readConfig, VARIABLES } from '../src/config.ts'

it('names the same variables as .env.example', () => {
  const named = [...readFileSync('.env.example', 'utf8').matchAll(/^# ?([A-Z][A-Z_]+)=/gm)].map(
    ([, name]) => name,
  )
  expect(named.sort()).toEqual([...VARIABLES].sort())
})

it('stands without any variable', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: 'file:data/huiyin.db',
    district: 'hongshan',
    timeZone: 'Asia/Shanghai',
    logLevel: 'info',
    trustProxy: false,
    secret: undefined,
  })
})

it('counts an empty value as not set', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: ' ' })).toMatchObject({ port: 3000, publicUrl: undefined })
})

it('lists everything wrong at once', () => {
  const read = () =>
    readConfig({
      PORT: '70000',
      SECRET_KEY: 'short',
      DATABASE_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
      DEMO: 'yes',
    })
  expect(read).toThrow(ConfigFault)
  try {
    read()
  } catch (fault) {
    expect((fault as ConfigFault).faults.map(line => line.split(' ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'SECRET_KEY',
      'DEMO',
      'LOG_LEVEL',
    ])
  }
})

// biome-ignore format: a table
it.each([
  [{ PUBLIC_URL: 'huiyin.cn' },                'PUBLIC_URL'],
  [{ TIME_ZONE: 'Asia/Chifeng' },              'TIME_ZONE'],
  [{ WECHAT_TOKEN: 'a b' },                    'WECHAT_TOKEN'],
  [{ WECHAT_AES_KEY: 'x'.repeat(42) },         'WECHAT_AES_KEY'],
  [{ TRUST_PROXY: 'true' },                    'TRUST_PROXY'],
  [{ NODE_ENV: 'production', PUBLIC_URL: 'https://a.cn' }, 'SECRET_KEY'],
] as const)('refuses %j', (env, name) => {
  expect(() => readConfig(env)).toThrow(new RegExp(`${name} must`))
})

it('reads hop counts and addresses of proxies', () => {
  expect(readConfig({ TRUST_PROXY: '2' }).trustProxy).toBe(2)
  expect(readConfig({ TRUST_PROXY: '10.0.0.0/8, loopback' }).trustProxy).toBe('10.0.0.0/8, loopback')
  expect(readConfig({ PUBLIC_URL: 'https://huiyin.cn/path' }).publicUrl).toBe('https://huiyin.cn')
})

// biome-ignore format: a table
it.each([
  [{}, true],
  [{ HOST: 'localhost' }, true],
  [{ HOST: '::1' }, true],
  [{ HOST: '0.0.0.0' }, false],
  [{ HOST: '127.evil.example' }, false],
  [{ PUBLIC_URL: 'http://localhost:3000' }, false],
  [{ DATABASE_URL: 'file:/tmp/a.db' }, false],
  [{ NODE_ENV: 'production' }, false],
  [{ DEMO: '0' }, false],
] as const)('demonstration with %j: %s', (env, allowed) => {
  expect(demoAllowed(readConfig(env))).toBe(allowed)
})
