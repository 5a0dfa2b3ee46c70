import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './district-checks.ts'
import { ROOT } from './root.ts'
import type { Language } from './rules/people/language.ts'

/** Words the district's files are checked against and faults in them are told with; read once from `locales/`. */

type Tree = { readonly [key: string]: string | Tree }

const read = (language: Language, file: string): Tree =>
  JSON.parse(readFileSync(join(ROOT, 'locales', language, `${file}.json`), 'utf8'))

const leaves = (tree: Tree, path: string): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  )

const kept = new Map<string, ReadonlyMap<string, string>>()

function wordsOf(language: Language, file: string): ReadonlyMap<string, string> {
  const id = `${language}/${file}`
  const known = kept.get(id) ?? new Map(leaves(read(language, file), ''))
  kept.set(id, known)
  return known
}

/** The built-in words of notices by key (`resident.received`), in the order of their file. */
export const builtIn = (language: Language): ReadonlyMap<string, string> => wordsOf(language, 'notice')

/** Names of the blanks in words, each once: `{{code}}` is `code`. */
export const blanksIn = (words: string): string[] => [
  ...new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(hit => hit[1]!)),
]

/** Why a file cannot be used, as a sentence without its place. */
export function faultWords(language: Language, fault: Pick<Fault, 'says' | 'with'>): string {
  const sentence = wordsOf(language, 'district').get(`fault.${fault.says}`) ?? fault.says
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(fault.with?.[name] ?? ''))
}
