import { expect, it } from 'vitest'
import { takesLetters } from '../../../web/staff/takes-letters.ts'

it.each([
  ['a line of text', { tagName: 'INPUT', type: 'text' }, true],
  ['a search', { tagName: 'INPUT', type: 'search' }, true],
  ['a box of words', { tagName: 'TEXTAREA', type: 'textarea' }, true],
  ['a list to choose from', { tagName: 'SELECT', type: 'select-one' }, true],
  ['a row that was ticked with the mouse', { tagName: 'INPUT', type: 'checkbox' }, false],
  ['a button', { tagName: 'BUTTON', type: 'button' }, false],
  ['the page', { tagName: 'BODY' }, false],
])('in %s letters are written: %#', (_, at, writes) => {
  expect(takesLetters(at)).toBe(writes)
})
