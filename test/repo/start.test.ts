import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('is started in a container as `npm start` starts it', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  const command = /^CMD (\[.*\])$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1] ?? '[]'
  expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts.start)
})
