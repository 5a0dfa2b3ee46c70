import { type Fault, type Files, must } from './district-checks.ts'
import { blanksIn, builtIn } from './district-words.ts'
import { LANGUAGES } from './rules/people/language.ts'

const FILE = 'notices.json'

/** Letters of a field of a template message: 20 for `thing`; English words are allowed a few more and cut when sent. */
const BRIEF = { 'zh-CN': 20, en: 32 } as const

/** Own words of a notice that does not exist, that lack a blank or name an unknown one, or are too long for a template. */
export function noticeFaults(files: Files): Fault[] {
  return files[FILE].notices.flatMap((one, i) => {
    const at = ['notices', i] as const
    const known = builtIn('zh-CN').get(one.key)
    if (known === undefined) return must(false, FILE, [...at, 'key'], 'noNotice', { key: one.key })
    const wanted = blanksIn(known)
    return LANGUAGES.flatMap(language => {
      const field = language === 'en' ? 'en' : 'zh'
      const most = BRIEF[language]
      const fits = !one.key.startsWith('brief.') || one[field].length <= most
      return [
        ...blankFaults([...at, field], wanted, blanksIn(one[field])),
        ...must(fits, FILE, [...at, field], 'briefTooLong', { most, n: one[field].length }),
      ]
    })
  })
}

const marked = (names: readonly string[]) => names.map(name => `{{${name}}}`).join(' ')

function blankFaults(path: Fault['path'], wanted: readonly string[], found: readonly string[]): Fault[] {
  const missing = wanted.filter(name => !found.includes(name))
  const unknown = found.filter(name => !wanted.includes(name))
  return [
    ...must(missing.length === 0, FILE, path, 'blankMissing', { names: marked(missing) }),
    ...must(unknown.length === 0, FILE, path, wanted.length ? 'blankUnknown' : 'blankNone', {
      names: marked(unknown),
      known: marked(wanted),
    }),
  ]
}
