import { type Fault, type Files, must } from './district-checks.ts'
import { namesIn, TEMPLATE_VALUES, TEMPLATE_VERBS } from './rules/cases/templates.ts'

const FILE = 'canned.json'

/** Templates that name no category, say a field their step does not ask, want a value no case has, or say nothing. */
export function templateFaults(files: Files): Fault[] {
  const categories = new Set(files['categories.json'].categories.map(({ key }) => key))
  return files[FILE].replies.flatMap((one, i) => {
    const at = ['replies', i] as const
    return [
      ...must(
        one.category === undefined || categories.has(one.category),
        FILE,
        [...at, 'category'],
        'noCategory',
        { key: one.category ?? '' },
      ),
      ...must(Object.keys(one.fields).length > 0, FILE, [...at, 'fields'], 'saysNothing', {
        key: one.key,
      }),
      ...Object.entries(one.fields).flatMap(([field, words]) =>
        fieldFaults(one.verb, [...at, 'fields', field], words),
      ),
    ]
  })
}

function fieldFaults(verb: keyof typeof TEMPLATE_VERBS, path: Fault['path'], words: string): Fault[] {
  const field = String(path.at(-1))
  const asked: readonly string[] = TEMPLATE_VERBS[verb]
  const known: readonly string[] = TEMPLATE_VALUES
  return [
    ...must(asked.includes(field), FILE, path, 'notAsked', { verb, field }),
    ...namesIn(words)
      .filter(name => !known.includes(name))
      .map(name => ({
        ...({ file: FILE, path, says: 'noValue' } as const),
        with: { name: `{{${name}}}`, known: known.join(', ') },
      })),
  ]
}
