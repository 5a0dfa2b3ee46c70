import { randomInt } from 'node:crypto'

/** Letters and digits that nobody takes for one another. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const CODE_DAYS = 7

/** A one-time code that links somebody to their chat: ten signs (49 bits), good for seven days from `now`. */
export const oneTimeCode = (now: string): { code: string; until: string } => ({
  code: Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]!).join(''),
  until: new Date(Date.parse(now) + CODE_DAYS * 86_400_000).toISOString(),
})
