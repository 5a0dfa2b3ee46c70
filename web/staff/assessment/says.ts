import { t } from '../words.ts'
import type { Measure } from './types.ts'

/** A measure in words: `首次联系按时`, `重办 2 次`, `不计`. `part`: of an order for a part of the work. */
export function says(key: Measure, value: number | null, part: boolean): string {
  if (value === null) return t('assess.nothing')
  if (key === 'redone') return value > 0 ? t('assess.redone', { n: value }) : t('assess.notRedone')
  const family = part && (key === 'contacted' || key === 'answered') ? 'saysPart' : 'says'
  return t(`assess.${family}.${key}.${value}`)
}
