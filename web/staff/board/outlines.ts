import { ask } from '../session.ts'
import type { Outlines } from './types.ts'

let fetched: Promise<Outlines> | undefined

/** The outlines of all grids, fetched once. Throws `Refusal`. */
export function fetchOutlines(): Promise<Outlines> {
  fetched ??= ask<Outlines>('GET', 'board/outlines').catch(error => {
    fetched = undefined
    throw error
  })
  return fetched
}
