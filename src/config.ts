import { join } from 'node:path'

/** Everything the surroundings may say, read once and checked. `undefined` means: not set. */
export interface Config {
  host: string
  /** 0 takes any free port. */
  port: number
  /** Origin under which people reach the service, such as `https://huiyin.example.cn`. */
  publicUrl: string | undefined
  databaseUrl: string
  /** True when DATABASE_URL was given, and not taken from DATA_DIR. */
  databaseUrlGiven: boolean
  dataDir: string
  /** SECRET_KEY; when missing the start makes one and keeps it under DATA_DIR. */
  secret: string | undefined
  timeZone: string
  /** A folder name under `config/`, or a path. */
  district: string
  /** False: DEMO=0 keeps the demonstration away. */
  demo: boolean
  production: boolean
  wechat: {
    token: string | undefined
    appId: string | undefined
    appSecret: string | undefined
    aesKey: string | undefined
    apiBase: string
  }
  miniProgram: { appId: string | undefined; appSecret: string | undefined }
  wechatyPuppet: string | undefined
  /** Which forwarding addresses are believed: a count of hops, addresses, or none. */
  trustProxy: number | string | false
  /** True lets any address read `/metrics`. */
  metricsOpen: boolean
  logLevel: LogLevel
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** The surroundings are wrong; `faults` names every variable at once. */
export class ConfigFault extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The environment cannot be used:\n${faults.map(fault => `  ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

type Env = Record<string, string | undefined>
/** Reads one variable; throws an Error whose message finishes the sentence "NAME …". */
type Read<T> = (raw: string | undefined) => T

const must = (told: string): never => {
  throw new Error(`must be ${told}`)
}

const text =
  (otherwise: string): Read<string> =>
  raw =>
    raw ?? otherwise

const optional: Read<string | undefined> = raw => raw

const shaped =
  (pattern: RegExp, told: string): Read<string | undefined> =>
  raw =>
    raw === undefined || pattern.test(raw) ? raw : must(told)

const port: Read<number> = raw => {
  const value = Number(raw ?? 3000)
  return Number.isInteger(value) && value >= 0 && value <= 65535 ? value : must('a port from 0 to 65535')
}

const oneOf =
  <const W extends readonly string[]>(words: W, otherwise: W[number]): Read<W[number]> =>
  raw =>
    raw === undefined ? otherwise : words.includes(raw) ? raw : must(`one of ${words.join(', ')}`)

const origin =
  (told: string): Read<string | undefined> =>
  raw => {
    if (raw === undefined) return undefined
    const url = URL.canParse(raw) ? new URL(raw) : null
    return url && /^https?:$/.test(url.protocol) ? url.origin : must(told)
  }

const zone: Read<string> = raw => {
  const value = raw ?? 'Asia/Shanghai'
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return value
  } catch {
    return must('a time zone such as Asia/Shanghai')
  }
}

const database: Read<string | undefined> = raw =>
  raw === undefined || /^(file:.+|postgres(ql)?:\/\/.+)$/.test(raw)
    ? raw
    : must('file:/path/to.db or postgresql://…')

const secret: Read<string | undefined> = raw =>
  raw === undefined || raw.length >= 32 ? raw : must('at least 32 characters')

const proxy: Read<number | string | false> = raw => {
  if (raw === undefined || raw === '0') return false
  if (/^[1-9]$/.test(raw)) return Number(raw)
  return /^[0-9a-fA-F.:/, a-z]+$/.test(raw) && raw !== 'true'
    ? raw
    : must('a count of proxies, their addresses, or loopback')
}

/** Every variable there is; `.env.example` names the same ones. */
const READ = {
  HOST: text('127.0.0.1'),
  PORT: port,
  PUBLIC_URL: origin('an address such as https://huiyin.example.cn'),
  DATABASE_URL: database,
  DATA_DIR: text('./data'),
  SECRET_KEY: secret,
  TIME_ZONE: zone,
  DISTRICT: text('hongshan'),
  DEMO: oneOf(['0', '1'] as const, '1'),
  NODE_ENV: optional,
  WECHAT_TOKEN: shaped(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits'),
  WECHAT_APP_ID: optional,
  WECHAT_APP_SECRET: optional,
  WECHAT_AES_KEY: shaped(/^[A-Za-z0-9]{43}$/, '43 letters and digits'),
  WECHAT_API_BASE: origin('an address such as https://api.weixin.qq.com'),
  MINIPROGRAM_APP_ID: optional,
  MINIPROGRAM_APP_SECRET: optional,
  WECHATY_PUPPET: optional,
  TRUST_PROXY: proxy,
  METRICS_OPEN: oneOf(['0', '1'] as const, '0'),
  LOG_LEVEL: oneOf(LOG_LEVELS, 'info'),
} satisfies Record<string, Read<unknown>>

type Name = keyof typeof READ
type Values = { [N in Name]: ReturnType<(typeof READ)[N]> }

/** The names of all variables, in the order of `.env.example`. */
export const VARIABLES = Object.keys(READ) as Name[]

/** Reads the surroundings. Throws one `ConfigFault` that lists everything wrong. An empty value counts as not set. */
export function readConfig(env: Env = process.env): Config {
  const faults: string[] = []
  const values: Partial<Record<Name, unknown>> = {}
  for (const name of VARIABLES) {
    try {
      values[name] = READ[name](env[name]?.trim() || undefined)
    } catch (fault) {
      faults.push(`${name} ${(fault as Error).message}`)
    }
  }
  const found = values as Values
  if (faults.length === 0 && found.NODE_ENV === 'production' && found.PUBLIC_URL && !found.SECRET_KEY)
    faults.push('SECRET_KEY must be set where NODE_ENV is production and PUBLIC_URL is set')
  if (faults.length > 0) throw new ConfigFault(faults)
  return configOf(found)
}

function configOf(v: Values): Config {
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL,
    databaseUrl: v.DATABASE_URL ?? `file:${join(v.DATA_DIR, 'huiyin.db')}`,
    databaseUrlGiven: v.DATABASE_URL !== undefined,
    dataDir: v.DATA_DIR,
    secret: v.SECRET_KEY,
    timeZone: v.TIME_ZONE,
    district: v.DISTRICT,
    demo: v.DEMO === '1',
    production: v.NODE_ENV === 'production',
    wechat: {
      token: v.WECHAT_TOKEN,
      appId: v.WECHAT_APP_ID,
      appSecret: v.WECHAT_APP_SECRET,
      aesKey: v.WECHAT_AES_KEY,
      apiBase: v.WECHAT_API_BASE ?? 'https://api.weixin.qq.com',
    },
    miniProgram: { appId: v.MINIPROGRAM_APP_ID, appSecret: v.MINIPROGRAM_APP_SECRET },
    wechatyPuppet: v.WECHATY_PUPPET,
    trustProxy: v.TRUST_PROXY,
    metricsOpen: v.METRICS_OPEN === '1',
    logLevel: v.LOG_LEVEL,
  }
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

/** The demonstration and its published log-ins exist only where nobody else can reach them. */
export const demoAllowed = (config: Config): boolean =>
  config.demo &&
  LOOPBACK.test(config.host) &&
  config.publicUrl === undefined &&
  !config.databaseUrlGiven &&
  !config.production
