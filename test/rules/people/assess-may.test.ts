import { describe, expect, it } from 'vitest'
import { type Member, mayAskReview, mayReadAssessment, mayReview } from '../../../src/rules/people/may.ts'
import type { StaffRole } from '../../../src/rules/people/roles.ts'

const DISTRICT = '150402'
const PATHS: Record<string, string> = {
  [DISTRICT]: DISTRICT,
  '150402010': '150402/150402010',
  '150402004': '150402/150402004',
  '150402010003': '150402/150402010/150402010003',
  D03: '150402/D03',
}
const member = (role: StaffRole, unit: string): Member => ({ id: 'x', role, unit, path: PATHS[unit]! })

describe('who reads whose assessments, reviews them, asks for a review', () => {
  it.each<[StaffRole, string, string, boolean, boolean, boolean]>([
    // role, own unit, unit assessed: reads, reviews, asks
    ['districtDispatcher', DISTRICT, '150402010', true, true, false],
    ['districtLeader', DISTRICT, 'D03', true, true, false],
    ['districtDispatcher', DISTRICT, DISTRICT, true, false, false],
    ['auditor', DISTRICT, '150402010', true, false, false],
    ['auditor', DISTRICT, DISTRICT, true, false, false],
    ['townClerk', '150402010', '150402010', true, false, true],
    ['townClerk', '150402010', '150402010003', true, false, false],
    ['townClerk', '150402010', '150402004', false, false, false],
    ['townClerk', '150402010', DISTRICT, false, false, false],
    ['communityClerk', '150402010003', '150402010', false, false, false],
    ['departmentClerk', 'D03', 'D03', true, false, true],
    ['departmentClerk', 'D03', '150402010', false, false, false],
    ['gridWorker', '150402010003', '150402010003', false, false, false],
    ['administrator', DISTRICT, '150402010', false, false, false],
  ])('%s of %s on %s', (role, own, assessed, reads, reviews, asks) => {
    const who = member(role, own)
    expect([
      mayReadAssessment(who, PATHS[assessed]!),
      mayReview(who, assessed),
      mayAskReview(who, assessed),
    ]).toEqual([reads, reviews, asks])
  })
})
