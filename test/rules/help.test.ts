import { describe, expect, it } from 'vitest'
import {
  AGES,
  ASKS,
  categoryOfHelp,
  classOfHelp,
  DESKS,
  isConfidential,
  mayHaveToReport,
  partsOfDay,
} from '../../src/rules/help.ts'
import { stepsFor } from '../../src/rules/people/may.ts'

describe('the class of a call for help', () => {
  // biome-ignore format: a table
  const rows = [
    ['rights', 'under14', 'important'], ['rights', 'teen', 'important'], ['rights', 'unsaid', 'important'], ['rights', null, 'important'],
    ['rights', 'adult', 'general'], ['law', 'teen', 'general'], ['feelings', 'under14', 'general'], [null, null, 'general'],
  ] as const
  it.each(rows)('%s of %s is %s', (asks, age, expected) => expect(classOfHelp({ asks, age })).toBe(expected))

  it('is important exactly where somebody may have to report', () => {
    for (const asks of ASKS)
      for (const age of AGES)
        expect(classOfHelp({ asks, age }) === 'important').toBe(mayHaveToReport({ asks, age }))
  })
})

it('counts under a category of its own kind', () =>
  expect(DESKS.map(categoryOfHelp)).toEqual(['mind', 'youth', 'youth']))

it('offers only the parts of the day in which somebody is there', () => {
  const frame = (from: string, to: string) => ({ weekdays: [1], from, to, holidays: 'closed' as const })
  expect(partsOfDay([frame('08:30', '12:00')])).toEqual(['soon', 'morning'])
  expect(partsOfDay([frame('08:30', '12:00'), frame('14:30', '17:30')])).toEqual([
    'soon',
    'morning',
    'afternoon',
  ])
  expect(partsOfDay([frame('19:00', '24:00')])).toEqual(['soon', 'evening'])
  expect(partsOfDay('always')).toEqual(['soon', 'morning', 'afternoon', 'evening'])
  expect(partsOfDay([])).toEqual(['soon'])
})

it('is confidential where help is sought or somebody is in danger, and nowhere else', () => {
  expect(isConfidential({ kind: 'hotline', category: 'mind' })).toBe(true)
  expect(isConfidential({ kind: 'grievance', category: 'danger' })).toBe(true)
  expect(isConfidential({ kind: 'grievance', category: 'mind' })).toBe(false)
})

describe('who takes it up', () => {
  const at = (kind: 'hotline' | 'grievance', holderUnit: string) => ({
    ...{
      kind,
      state: 'assigned' as const,
      holderUnit,
      holderPath: holderUnit === '150402' ? '150402' : `150402/${holderUnit}`,
    },
    ...{ placePath: null, orderUnits: [holderUnit], hidden: true, accusedUnit: null, accusation: false },
  })
  const verbs = (role: 'careCoordinator' | 'panelSecretary', unit: string, of: ReturnType<typeof at>) =>
    stepsFor({ id: 's', role, unit, path: unit === '150402' ? unit : `150402/${unit}` }, of).map(
      ({ verb }) => verb,
    )

  it('a trained person signs, contacts and writes on what their own unit holds', () =>
    expect(verbs('careCoordinator', '150402', at('hotline', '150402'))).toEqual(
      expect.arrayContaining(['sign', 'contact', 'message', 'note']),
    ))

  it('and does nothing but take notes on another desk’s, or on a grievance', () => {
    expect(verbs('careCoordinator', '150402', at('hotline', 'P08'))).toEqual(['acknowledge', 'note'])
    expect(verbs('careCoordinator', '150402', at('grievance', '150402'))).toEqual(['acknowledge', 'note'])
  })

  it('the secretary of the panel works on the panel’s own', () => {
    expect(verbs('panelSecretary', 'P08', at('hotline', 'P08'))).toContain('sign')
    expect(verbs('panelSecretary', 'P07', at('hotline', 'P08'))).toEqual([])
  })
})
