import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import en from '../../locales/en/bot.json' with { type: 'json' }
import enGrid from '../../locales/en/grid.json' with { type: 'json' }
import enHelp from '../../locales/en/help.json' with { type: 'json' }
import zh from '../../locales/zh-CN/bot.json' with { type: 'json' }
import zhGrid from '../../locales/zh-CN/grid.json' with { type: 'json' }
import zhHelp from '../../locales/zh-CN/help.json' with { type: 'json' }
import type { Scene } from '../../src/flows/flow.ts'
import { flows } from '../../src/flows/index.ts'
import { isStaffFlow } from '../../src/flows/talk.ts'
import { DANGER_NUMBERS } from '../../src/flows/understand/danger.ts'
import { CATEGORIES } from '../../src/flows/understand/words-categories.ts'
import { book, NOW } from './district.ts'

type Tree = { [key: string]: string | Tree }
const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  )
const chinese = new Map([...leaves(zh), ...leaves(zhGrid), ...leaves(zhHelp)])
const english = new Map([...leaves(en), ...leaves(enGrid), ...leaves(enHelp)])

it('both languages have the same keys with the same values to fill in', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(hit => hit[1]).sort()
  for (const [key, text] of chinese) expect([key, holes(english.get(key)!)]).toEqual([key, holes(text)])
})

it('no sentence is empty, and English holds no Chinese', () => {
  for (const [key, text] of english)
    expect([key, text.length > 0 && !/[\u4e00-\u9fff]/.test(text)]).toEqual([key, true])
})

it('every question, choice, row and category of every flow has words', () => {
  const scene: Scene = {
    book,
    facts: { now: NOW, profile: { phone: '13800000000' } },
    soFar: { what: '电梯坏了' },
  }
  const keys = Object.values(flows).flatMap(flow => [
    `say.check.${flow.name}`,
    ...(isStaffFlow(flow.name) ? [] : [`form.${flow.name}.title`]),
    ...flow.questions.flatMap(({ key, answer, aside }) => [
      `say.ask.${flow.name}.${key}`,
      ...(isStaffFlow(flow.name) ? [] : [`form.${flow.name}.${key}`]),
      `row.${key}`,
      `choice.edit.${key}`,
      ...(aside
        ? []
        : (answer.choices?.(scene) ?? []).flatMap(option =>
            option.label ? [`choice.${option.label}`] : [],
          )),
    ]),
  ])
  const categories = CATEGORIES.flatMap(row => [`category.${row.key}`, `choice.category.${row.key}`])
  const calls = Object.values(DANGER_NUMBERS)
    .flat()
    .map(number => `call.${number}`)
  expect([...keys, ...categories, ...calls].filter(key => !chinese.has(key))).toEqual([])
  for (const { key } of CATEGORIES)
    expect(chinese.get(`choice.category.${key}`)).toBe(chinese.get(`category.${key}`))
})

it('every reason a form may give has words', () => {
  const folder = join(import.meta.dirname, '../../src/flows')
  const source = readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const whys = [...source.matchAll(/(?:bad\(|refusal\([^()]*, )'([\w.]+)'/g)].map(hit => hit[1]!)
  // `notNow` is said by the door.
  const lacking = whys.filter(
    why => why !== 'notNow' && !chinese.has(`form.why.${why}`) && !chinese.has(`say.why.${why}`),
  )
  expect(whys).toEqual(expect.arrayContaining(['missing', 'tooManyOpen', 'outside']))
  expect(lacking).toEqual([])
})

it('every key written in the flows has words', () => {
  const folder = join(import.meta.dirname, '../../src/flows')
  const source = readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const said = [...source.matchAll(/say\(m, '([\w.]+)'/g), ...source.matchAll(/say: '([\w.]+)'/g)].map(
    hit => `say.${hit[1]}`,
  )
  const why = [...source.matchAll(/bad\('(\w+)'/g)].map(hit => `say.why.${hit[1]}`)
  const labels = [...source.matchAll(/label: '([a-z]\w*\.\w+)'/g)].map(hit => hit[1]!)
  const lacking = [
    ...[...said, ...why].filter(key => !chinese.has(key)),
    ...labels.filter(key => !chinese.has(`choice.${key}`) && !chinese.has(key)),
  ]
  expect(said.length).toBeGreaterThan(30)
  expect(lacking).toEqual([])
})
