// Rows of the public data sets and the project's own examples, with what each is to teach. No row is ever written anywhere.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { forMatching } from '../../src/flows/text.ts'
import { PANEL_SIGNS } from '../../src/flows/understand/words-routes.ts'

/** A line of a data set, as far as we read it. */
export interface Row {
  text: string
  label: string
  title?: string
  official?: string
  same_as?: string
}

export const DEPARTMENTS = [
  '城乡建设',
  '劳动和社会保障',
  '教育文体',
  '商贸旅游',
  '环境保护',
  '卫生计生',
  '交通运输',
] as const

const SETS = [
  'taidi_raw',
  'taidi_title',
  'taidi_seg',
  'legal_silver',
  'lawyerllama_family',
  'silver_panels',
  'psyguard_real',
  'smile_first_turn',
  'gold_title320',
  'gold_legal300',
] as const
export type SetName = (typeof SETS)[number]
export type Sets = Record<SetName, readonly Row[]>

/** Reads the sets of a folder; a set that is not there is empty. */
export const readSets = (folder: string): Sets =>
  Object.fromEntries(SETS.map(name => [name, readRows(join(folder, `${name}.jsonl`))])) as unknown as Sets

function readRows(file: string): Row[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as Row)
}

/** Where a row belongs: that of the message it is the title or the cut form of, else its own. */
export const keyOf = (row: Row): string => row.same_as ?? createHash('sha256').update(row.text).digest('hex')

/** The digit that decides: the first, or the last for the set that holds only keys of one beginning. */
const digitOf = (row: Row): string => (row.label === '心理干预' ? keyOf(row).at(-1)! : keyOf(row)[0]!)

/** The acceptance quarter: first hex digit 0–3. Nothing is learnt or chosen on it. */
export const isHeld = (row: Row): boolean => '0123'.includes(digitOf(row))

const PANELS: Record<string, string> = {
  物业纠纷: 'panel:物业纠纷',
  道路交通纠纷: 'panel:道路交通纠纷',
  医疗纠纷: 'panel:医疗纠纷',
  劳动争议: 'panel:劳动争议纠纷',
  环境保护纠纷: 'panel:环境保护纠纷',
  婚姻家庭: 'panel:婚姻家庭纠纷',
  婚姻家庭纠纷: 'panel:婚姻家庭纠纷',
  预防青少年违法犯罪: 'panel:预防青少年违法犯罪',
  心理干预: 'panel:心理干预',
}

/** The route a label stands for; 其他 is none. */
export function routeOf(label: string): string | null {
  if (label === '其他') return null
  if (label.startsWith('部门:')) return `dept:${label.slice(3)}`
  return PANELS[label] ?? `dept:${label}`
}

/** Danger to oneself in a row of psyguard: every label but the harmless one and mere aggression. */
export const isCrisis = ({ label }: Row): boolean =>
  label !== '与自杀/自伤/攻击行为无关' &&
  label.split('+').some(part => part !== '用户攻击行为' && part !== '他人攻击行为')

export const joined = (text: string): string => text.replace(/\s+/g, '')

/** An example written by the project: its file says what it teaches. */
export interface Example {
  text: string
  /** `panel:…`, `dept:…`, `null` for no route, `intent: …` or `danger: …`. */
  teaches: string
}

/** Reads `models/examples/*.txt`: a first line `# Written by the project. LABEL`, then one example a line. */
export function readExamples(folder: string): Example[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.txt'))
    .sort()
    .flatMap(file => {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n')
      const teaches = /^# Written by the project\. ((?:intent|danger): [a-z_]+|panel:\S+|dept:\S+|null)/.exec(
        lines[0] ?? '',
      )?.[1]
      if (!teaches) throw new Error(`${file} does not say what it teaches`)
      return lines
        .slice(1)
        .filter(line => line.trim() !== '')
        .map(text => ({ text, teaches }))
    })
}

/** The route of a letter: environmental matters and those whose title speaks of a dispute are a panel's. */
export function routeOfLetter(text: string, department: string): string {
  const said = PANEL_SIGNS.find(
    ([says, panel]) => panel !== 'panel:环境保护纠纷' && says.test(text.slice(0, 26)),
  )
  if (said) return said[1]
  return department === '环境保护' ? 'panel:环境保护纠纷' : `dept:${department}`
}

/** Corrections exported by `huiyin corrections`: one `{ text, route }` a line. */
export function readCorrections(file: string): { text: string; route: string }[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as { text: string; route: string })
}

/** A text as every learner sees it. */
export const prepared = (text: string): string => forMatching(text.slice(0, 2_000))
