/** The seven duties of a grid worker 七项职能, in the order of the district's report (section D). */
export const DUTIES = ['collect', 'visit', 'opinion', 'conflict', 'hazard', 'policy', 'report'] as const
export type Duty = (typeof DUTIES)[number]

/** How often each duty was done in a span; a duty not named was not done. */
export type DutyCounts = Readonly<Partial<Record<Duty, number>>>

/** When a duty also becomes a matter for the district: a hazard found, a conflict not settled, a wish of the residents. */
export type LeadsOn = 'found' | 'unsettled' | 'wished' | 'never'

/** One row a duty: whether its record says where or at which household, and when it leads on to a report. */
// biome-ignore format: a table
export const DUTY_TABLE: Readonly<Record<Duty, { where: boolean; leadsOn: LeadsOn }>> = {
  collect:  { where: true,  leadsOn: 'never' },
  visit:    { where: true,  leadsOn: 'never' },
  opinion:  { where: true,  leadsOn: 'wished' },
  conflict: { where: true,  leadsOn: 'unsettled' },
  hazard:   { where: true,  leadsOn: 'found' },
  policy:   { where: true,  leadsOn: 'never' },
  report:   { where: false, leadsOn: 'never' },
}

export const isDuty = (word: string): word is Duty => (DUTIES as readonly string[]).includes(word)
