import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadDistrict } from '../src/district.ts'

const folder = mkdtempSync(join(tmpdir(), 'templates-'))
cpSync('config/hongshan', folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'canned.json')
const original = readFileSync(file, 'utf8')

type Template = Record<string, unknown>

/** What loading says when the first template is changed: line and reason, without the folder. */
function told(change: Template): string {
  const { note, replies } = JSON.parse(original) as { note: string; replies: Template[] }
  const first = { ...replies[0], ...change }
  writeFileSync(file, JSON.stringify({ note, replies: [first, ...replies.slice(1)] }, null, 2))
  try {
    loadDistrict(folder)
    return 'accepted'
  } catch (error) {
    return (error as Error).message.split('\n')[1]!.replace(`${folder}/`, '')
  }
}

it.each<[string, Template, string]>([
  ['as it is', {}, 'accepted'],
  ['a category that is none', { category: 'weather' }, 'canned.json:11: weather is no category'],
  [
    'a state that is none',
    { state: 'asleep' },
    expect.stringContaining('canned.json:11: replies.0.state must be one of: ') as string,
  ],
  [
    'a field the step does not ask',
    { fields: { basis: '合同' } },
    'canned.json:9: message does not ask for basis',
  ],
  [
    'a value no case has',
    { fields: { text: '{{phone}} 您好' } },
    'canned.json:9: no case has a {{phone}}; there are: code, office, place, title, due, today',
  ],
  ['nothing said', { fields: {} }, 'canned.json:8: willCall says nothing'],
  ['the old shape', { text: '您好' }, 'canned.json:11: replies.0.text is not a known field'],
  ['a key twice', { key: 'onSite' }, 'canned.json:13: onSite stands here twice'],
])('%s', (_, change, why) => expect(told(change)).toEqual(why))
