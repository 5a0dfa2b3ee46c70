import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildModel, type Task } from '../../../scripts/routing/build.ts'
import { simplified } from '../../../src/flows/characters.ts'
import { headOf, heaviestIn, readingOf, readModel, sharesOf } from '../../../src/flows/understand/model.ts'
import { routesOf } from '../../../src/flows/understand/routes.ts'
import { understand } from '../../../src/flows/understand/understand.ts'
import { book, NOW } from '../district.ts'

const bytes = readFileSync('models/routing.bin')
const model = readModel(bytes)

it('fits three megabytes', () => expect(bytes.length).toBeLessThanOrEqual(3_000_000))

it('other bytes are refused', () => {
  expect(() => readModel(new Uint8Array([1, 2, 3]))).toThrow('no routing model')
  expect(() => headOf(model, 'nothing')).toThrow('no head')
})

it('the shares of every head are together one, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), text => {
      const reading = readingOf(`小区${text}`, model)!
      for (const head of model.heads) {
        const shares = sharesOf(reading.margins, head)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
      }
      expect(routesOf(text, reading).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
    }),
    { numRuns: 60 },
  )
})

it('the same text gives the same answer, also after another', () => {
  const one = JSON.stringify(understand('楼下饭店油烟太大没人管', book.resources, NOW))
  understand('别的一句话'.repeat(300), book.resources, NOW)
  expect(JSON.stringify(understand('楼下饭店油烟太大没人管', book.resources, NOW))).toBe(one)
})

it('traditional characters, letter for letter', () => {
  expect(simplified('電梯壞了')).toBe('电梯坏了')
  expect(understand('電梯壞了沒人修', book.resources, NOW).route).toBe(
    understand('电梯坏了没人修', book.resources, NOW).route,
  )
})

it('says which words weighed', () => {
  expect(heaviestIn('我不想活了', model.cry!, 0).join()).toMatch(/活/)
})

const TASK: Task = {
  name: 'kind',
  classes: ['cat', 'dog'],
  keep: 50,
  sharpness: 4,
  lessons: ['小猫喵喵叫', '猫在睡觉', '一只小猫']
    .map(text => ({ text, class: 'cat', trust: 1 }))
    .concat(['小狗汪汪叫', '狗在看门', '一只小狗'].map(text => ({ text, class: 'dog', trust: 1 }))),
}

it('learns, and the same lessons give the same bytes', () => {
  const learnt = buildModel([TASK])
  expect(Buffer.compare(Buffer.from(learnt), Buffer.from(buildModel([TASK])))).toBe(0)
  const small = readModel(learnt)
  const [cat, dog] = sharesOf(readingOf('猫在叫', small)!.margins, headOf(small, 'kind'))
  expect(cat!).toBeGreaterThan(dog!)
})
