import { expect, it } from 'vitest'
import { emptyTalk, turn } from '../../src/flows/engine.ts'
import type { Choice, Command, Say, Talk } from '../../src/flows/talk.ts'
import { book, NOW } from './district.ts'
import { FIRST_SENTENCES } from './first-sentences.ts'

const isSay = (each: Say | Command): each is Say => 'say' in each

/** Talks on as a patient person does: takes the first choice put, or says "yes". Further messages needed, undefined when it never ends. */
function messagesToFile(sentence: string): number | undefined {
  let talk: Talk = emptyTalk('zh-CN')
  let heard: { text: string; tap?: string } = { text: sentence }
  for (let further = 0; further <= 6; further++) {
    const next = turn(book, talk, heard, { now: NOW })
    talk = next.talk
    const filed = next.out.find(each => !isSay(each) && each.do === 'openCase') as
      | Extract<Command, { do: 'openCase' }>
      | undefined
    if (filed) return filed.with.phone && filed.with.place.words ? further : undefined
    const choices = next.out.flatMap(each => (isSay(each) ? [each.choices ?? []] : [])).at(-1) ?? []
    heard = answerTo(choices)
  }
  return undefined
}

/** The first choice means: not trapped, nobody frail, the likeliest category, send it. */
const answerTo = (choices: readonly Choice[]) =>
  choices[0] ? { text: '', tap: choices[0].tap } : { text: '是的' }

it('there are fifty', () => expect(new Set(FIRST_SENTENCES).size).toBe(50))

it('nine in ten are filed within three further messages, with place and phone', () => {
  const slow = FIRST_SENTENCES.filter(sentence => (messagesToFile(sentence) ?? 99) > 3)
  expect(slow.length, slow.join('\n')).toBeLessThanOrEqual(5)
})
