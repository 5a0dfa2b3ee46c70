import type { Verb } from '../rules/cases/types.ts'
import type { CaseRow } from '../store/cases.ts'
import type { Reads } from '../store/db.ts'
import { mediationFrom } from '../store/mediations.ts'
import { type Refusal, refused } from './house.ts'

/** Matters nobody is asked to sit at one table about. */
const NEVER: readonly string[] = ['danger', 'accusation']

/** 转为调解 is offered where two sides can talk, and not once a mediation has grown out of the matter. */
export const mayBeMediated = async (from: Reads, row: Pick<CaseRow, 'id' | 'category'>): Promise<boolean> =>
  !NEVER.includes(row.category) && (await mediationFrom(from, row.id)) === null

export const guardToMediation = async (from: Reads, row: CaseRow, verb: Verb): Promise<Refusal | null> =>
  verb !== 'toMediation' || (await mayBeMediated(from, row)) ? null : refused('mediatedAlready')
