import type { AnswerBody, Entry } from './entry.ts'

/** A step of the form as the service hears it. */
export type Step = AnswerBody | { do: 'send' | 'leave' | 'chat' } | { do: 'join'; how: Joining }

/** In place of sending: a neighbour's case is followed, or the own one added to or hurried. */
export type Joining = 'follow' | 'followTell' | 'add' | 'hurry'

/** A step under the id made once for it: sent again after a cut it is still the same step. */
export interface Move {
  id: string
  step: Step
}

/** What the device keeps of one form: words not stored yet, and a step of which nobody knows whether it arrived. */
export interface KeptForm {
  drafts: Record<string, Entry>
  move?: Move
}

type Forms = Record<string, KeptForm>

/** What was kept of `flow`; anything damaged counts as nothing. */
export const keptForm = (json: string | null, flow: string): KeptForm => formsIn(json)[flow] ?? { drafts: {} }

/** The words to keep now for all forms; null when there is nothing left to keep. */
export function withKept(json: string | null, flow: string, kept: KeptForm): string | null {
  const forms = { ...formsIn(json), [flow]: kept }
  if (Object.keys(kept.drafts).length === 0 && !kept.move) delete forms[flow]
  return Object.keys(forms).length > 0 ? JSON.stringify(forms) : null
}

function formsIn(json: string | null): Forms {
  try {
    const found = JSON.parse(json ?? '{}') as Record<string, unknown>
    return Object.fromEntries(Object.entries(found ?? {}).filter(isKept))
  } catch {
    return {}
  }
}

const isKept = (line: [string, unknown]): line is [string, KeptForm] => {
  const kept = line[1] as Partial<KeptForm> | null
  return typeof kept === 'object' && kept !== null && typeof kept.drafts === 'object' && kept.drafts !== null
}

/** With the draft of `key` kept, or let go when `entry` is missing. */
export function withDraft(kept: KeptForm, key: string, entry: Entry | undefined): KeptForm {
  const { [key]: _, ...others } = kept.drafts
  return { ...kept, drafts: entry ? { ...others, [key]: entry } : others }
}

/** With a step under way, or none. */
export function withMove({ drafts }: KeptForm, move: Move | undefined): KeptForm {
  return move ? { drafts, move } : { drafts }
}

/** Two steps that say the same. */
export const isSameStep = (a: Step, b: Step): boolean => JSON.stringify(a) === JSON.stringify(b)
