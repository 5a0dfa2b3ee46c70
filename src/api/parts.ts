import type { FastifyBaseLogger } from 'fastify'
import type { House } from '../actions/house.ts'
import type { Standing } from '../admin/standing.ts'
import type { Receive } from '../bot/channel.ts'
import type { Forms } from '../bot/fill.ts'
import type { Config } from '../config.ts'
import type { Language } from '../rules/people/language.ts'
import type { WechatSide } from '../wechat/side.ts'
import type { Words } from '../words.ts'

/** What the HTTP edge is made of. */
export interface ApiParts {
  house: House
  /** The district of the house, and the way to read it anew. */
  standing: Standing
  config: Config
  receive: Receive
  forms: Forms
  /** Puts the question that stood once more, after a clerk gave a conversation back. */
  resume(personId: string): Promise<void>
  words: Words
  /** Folder of the built fronts (`dist/web`). */
  webRoot: string
  /** The official account, where it can be called. */
  wechat?: WechatSide
  log?: FastifyBaseLogger
}

/** Words about a case: a mediation has its own for states, steps and what comes next (`mediation.json`). */
export const sayOf = (
  { words }: Pick<ApiParts, 'words'>,
  kind: string,
  language: Language,
  key: string,
  values: Record<string, unknown> = {},
): string => words(language, kind === 'mediation' ? [`mediation:${key}`, `api:${key}`] : `api:${key}`, values)

/** Words of `locales/<language>/api.json`. */
export const say = (
  { words }: Pick<ApiParts, 'words'>,
  language: Language,
  key: string,
  values: Record<string, unknown> = {},
): string => words(language, `api:${key}`, values)
