import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const FOLDER = 'models/examples'
const FILES = readdirSync(FOLDER).filter(file => file.endsWith('.txt'))

const linesOf = (file: string): string[] =>
  readFileSync(`${FOLDER}/${file}`, 'utf8')
    .split('\n')
    .slice(1)
    .filter(line => line.trim() !== '')

/** Runs of three characters; a shorter text is one run. */
const runsOf = (text: string): Set<string> =>
  new Set(Array.from({ length: Math.max(1, text.length - 2) }, (_, at) => text.slice(at, at + 3)))

function alike(one: Set<string>, other: Set<string>): number {
  const both = [...one].filter(run => other.has(run)).length
  return both / (one.size + other.size - both)
}

/** A question of law that is nobody's here, and every class without public data. */
const CLASSES = [
  ...['property', 'youth', 'medical', 'environment', 'mind'].map(name => `panel-${name}.txt`),
  ...['police', 'civil', 'city', 'market', 'utilities', 'street'].map(name => `dept-${name}.txt`),
  ...['status', 'booking_change', 'service_guide', 'human', 'greeting', 'chitchat', 'abuse', 'rating'].map(
    name => `intent-${name}.txt`,
  ),
  ...['grid_report', 'visit_log', 'mediation', 'accusation'].map(name => `intent-${name}.txt`),
  'none-legal.txt',
]

it.each(CLASSES)('%s: a hundred examples and more', file => {
  expect(FILES).toContain(file)
  expect(linesOf(file).length).toBeGreaterThanOrEqual(100)
})

it.each(FILES)('%s says who wrote it and what it teaches, and no line is much like another', file => {
  expect(readFileSync(`${FOLDER}/${file}`, 'utf8')).toMatch(
    /^# Written by the project\. (?:(?:intent|danger): [a-z_]+|panel:|dept:|null)/,
  )
  const runs = linesOf(file).map(text => ({ text, runs: runsOf(text) }))
  for (const [at, one] of runs.entries())
    for (const other of runs.slice(0, at))
      expect(alike(one.runs, other.runs), `${one.text} / ${other.text}`).toBeLessThan(0.5)
})
