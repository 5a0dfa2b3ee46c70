import { join } from 'node:path'
import {
  database,
  listed,
  named,
  oneOf,
  optional,
  origin,
  port,
  proxy,
  type Read,
  secret,
  shaped,
  text,
  zone,
} from './config-read.ts'

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
    /** The current key and the one before it; empty: pushes come in clear. */
    aesKeys: readonly string[]
    /** Ids of templates by the name of their fields in `wechat.json`: template messages, subscriptions. */
    templates: Readonly<Record<string, string>>
    subscriptions: Readonly<Record<string, string>>
    /** Templates people agreed to once for all (长期订阅). */
    long: readonly string[]
    apiBase: string
  }
  miniProgram: {
    appId: string | undefined
    appSecret: string | undefined
    subscriptions: Readonly<Record<string, string>>
  }
  wechatyPuppet: string | undefined
  /** Text messages; undefined: none are sent. */
  sms: SmsConfig | undefined
  wecom: {
    webhookKey: string | undefined
    corpId: string | undefined
    secret: string | undefined
    agentId: number
    apiBase: string
  }
  /** The keys browsers know us by; undefined: they are not woken. */
  vapid: { publicKey: string; privateKey: string; contact: string } | undefined
  /** Which forwarding addresses are believed: a count of hops, addresses, or none. */
  trustProxy: number | string | false
  /** True lets any address read `/metrics`. */
  metricsOpen: boolean
  logLevel: LogLevel
}

export interface SmsConfig {
  provider: 'tencent'
  secretId: string
  secretKey: string
  appId: string
  sign: string
  template: string
  /** The template of an invitation to a mediation; without it none is sent. */
  invite: string | undefined
  region: string
  apiBase: string
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
  WECHAT_AES_KEY_BEFORE: shaped(/^[A-Za-z0-9]{43}$/, '43 letters and digits'),
  WECHAT_TEMPLATES: named,
  WECHAT_SUBSCRIPTIONS: named,
  WECHAT_LONG_SUBSCRIPTIONS: listed,
  WECHAT_API_BASE: origin('an address such as https://api.weixin.qq.com'),
  MINIPROGRAM_APP_ID: optional,
  MINIPROGRAM_APP_SECRET: optional,
  MINIPROGRAM_SUBSCRIPTIONS: named,
  WECHATY_PUPPET: optional,
  SMS_PROVIDER: oneOf(['', 'tencent'] as const, ''),
  SMS_SECRET_ID: optional,
  SMS_SECRET_KEY: optional,
  SMS_APP_ID: optional,
  SMS_SIGN: optional,
  SMS_TEMPLATE: optional,
  SMS_INVITE_TEMPLATE: optional,
  SMS_REGION: text('ap-beijing'),
  SMS_API_BASE: origin('an address such as https://sms.tencentcloudapi.com'),
  WECOM_WEBHOOK_KEY: optional,
  WECOM_CORP_ID: optional,
  WECOM_SECRET: optional,
  WECOM_AGENT_ID: shaped(/^\d{1,9}$/, 'a number'),
  WECOM_API_BASE: origin('an address such as https://qyapi.weixin.qq.com'),
  VAPID_PUBLIC_KEY: shaped(/^[A-Za-z0-9_-]{87}$/, '87 characters; `huiyin vapid` makes a pair'),
  VAPID_PRIVATE_KEY: shaped(/^[A-Za-z0-9_-]{43}$/, '43 characters; `huiyin vapid` makes a pair'),
  VAPID_CONTACT: shaped(/^(mailto:.+@.+|https:\/\/.+)$/, 'mailto:somebody@example.cn or an https address'),
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
  if (faults.length === 0) faults.push(...together(found))
  if (faults.length === 0 && found.NODE_ENV === 'production' && found.PUBLIC_URL && !found.SECRET_KEY)
    faults.push('SECRET_KEY must be set where NODE_ENV is production and PUBLIC_URL is set')
  if (faults.length > 0) throw new ConfigFault(faults)
  return configOf(found)
}

const SMS = ['SMS_SECRET_ID', 'SMS_SECRET_KEY', 'SMS_APP_ID', 'SMS_SIGN', 'SMS_TEMPLATE'] as const
const VAPID = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_CONTACT'] as const

/** What must be set because something else is. */
function together(v: Values): string[] {
  const faults: string[] = []
  if (v.WECHAT_AES_KEY && !v.WECHAT_APP_ID)
    faults.push('WECHAT_APP_ID must be set where WECHAT_AES_KEY is: sealed pushes name it')
  if (v.SMS_PROVIDER)
    for (const name of SMS) if (!v[name]) faults.push(`${name} must be set where SMS_PROVIDER is`)
  if (VAPID.some(name => v[name]))
    for (const name of VAPID)
      if (!v[name]) faults.push(`${name} must be set where the other VAPID_ values are`)
  return faults
}

const wechatOf = (v: Values): Config['wechat'] => ({
  token: v.WECHAT_TOKEN,
  appId: v.WECHAT_APP_ID,
  appSecret: v.WECHAT_APP_SECRET,
  aesKeys: [v.WECHAT_AES_KEY, v.WECHAT_AES_KEY_BEFORE].filter(key => key !== undefined),
  templates: v.WECHAT_TEMPLATES,
  subscriptions: v.WECHAT_SUBSCRIPTIONS,
  long: v.WECHAT_LONG_SUBSCRIPTIONS,
  apiBase: v.WECHAT_API_BASE ?? 'https://api.weixin.qq.com',
})

const smsOf = (v: Values): Config['sms'] =>
  v.SMS_PROVIDER
    ? {
        provider: v.SMS_PROVIDER,
        secretId: v.SMS_SECRET_ID ?? '',
        secretKey: v.SMS_SECRET_KEY ?? '',
        appId: v.SMS_APP_ID ?? '',
        sign: v.SMS_SIGN ?? '',
        template: v.SMS_TEMPLATE ?? '',
        invite: v.SMS_INVITE_TEMPLATE,
        region: v.SMS_REGION,
        apiBase: v.SMS_API_BASE ?? 'https://sms.tencentcloudapi.com',
      }
    : undefined

const vapidOf = (v: Values): Config['vapid'] =>
  v.VAPID_PUBLIC_KEY && v.VAPID_PRIVATE_KEY && v.VAPID_CONTACT
    ? { publicKey: v.VAPID_PUBLIC_KEY, privateKey: v.VAPID_PRIVATE_KEY, contact: v.VAPID_CONTACT }
    : undefined

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
    wechat: wechatOf(v),
    miniProgram: {
      appId: v.MINIPROGRAM_APP_ID,
      appSecret: v.MINIPROGRAM_APP_SECRET,
      subscriptions: v.MINIPROGRAM_SUBSCRIPTIONS,
    },
    wechatyPuppet: v.WECHATY_PUPPET,
    sms: smsOf(v),
    wecom: {
      webhookKey: v.WECOM_WEBHOOK_KEY,
      corpId: v.WECOM_CORP_ID,
      secret: v.WECOM_SECRET,
      agentId: Number(v.WECOM_AGENT_ID ?? 0),
      apiBase: v.WECOM_API_BASE ?? 'https://qyapi.weixin.qq.com',
    },
    vapid: vapidOf(v),
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
