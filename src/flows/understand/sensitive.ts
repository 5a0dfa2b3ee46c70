import { forMatching } from '../text.ts'
import { SENSITIVE } from './words-class.ts'

/** Kinds of sensitive personal data a text holds (个人信息保护法 28). */
export const sensitiveIn = (text: string): string[] => {
  const plain = forMatching(text)
  return SENSITIVE.filter(({ says }) => says.test(plain)).map(({ kind }) => kind)
}

const CLAUSES = /[^,，。;；!！?？\n]*[,，。;；!！?？\n]?/g

/** The text without the clauses that hold sensitive data: what may be kept when consent is refused. */
export const withoutSensitive = (text: string): string =>
  (text.match(CLAUSES) ?? [])
    .filter(clause => sensitiveIn(clause).length === 0)
    .join('')
    .trim() || '…'
