import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { play } from './play.ts'

const folder = join(import.meta.dirname, '../talks')
const files = readdirSync(folder).filter(file => file.endsWith('.txt'))

it('there are talks enough for every behaviour', () => expect(files.length).toBeGreaterThanOrEqual(45))

it.each(files)('%s', file => {
  const path = join(folder, file)
  const told = readFileSync(path, 'utf8')
  const played = play(told)
  if (process.env.UPDATE_TALKS) writeFileSync(path, played)
  else expect(played).toBe(told)
})
