import type { Need } from '../../wire/mediation.ts'
import { type MediationNeed, type MediationVerb, ROUTES, type Side } from '../rules/mediation/types.ts'
import type { Language } from '../rules/people/language.ts'
import type { ApiParts } from './parts.ts'
import { med } from './present-mediation-parts.ts'

/** How a front draws what each step of a mediation asks. */
const KINDS: Readonly<Record<MediationNeed, Need['kind']>> = {
  reason: 'text',
  routes: 'choices',
  to: 'choice',
  told: 'yes',
  mediator: 'mediator',
  marks: 'slots',
  slot: 'slots',
  record: 'record',
  newDue: 'date',
  agreement: 'agreement',
  promise: 'promise',
  court: 'choice',
  visited: 'visit',
  text: 'text',
  onPaper: 'yes',
  word: 'text',
}

/** A step as a front draws it. A side is never asked whether it has its own word on paper, or what was said; who books for both must tell. */
export function stepView(
  parts: ApiParts,
  language: Language,
  step: { verb: MediationVerb; needs: readonly MediationNeed[]; may: readonly MediationNeed[] },
  side?: Side,
) {
  const need = (one: MediationNeed, required: boolean): Need => {
    const field = one === 'slot' ? 'session' : one
    const keys =
      one === 'court' ? ['confirmed', 'turnedDown'] : one === 'to' || one === 'routes' ? ROUTES : null
    const label = (key: string) =>
      med(parts, language, one === 'court' ? `court.${key}` : `route.${key}.name`)
    return {
      ...{ field, label: med(parts, language, `need.${field}`), kind: KINDS[one], required },
      ...(keys ? { choices: keys.map(value => ({ value, label: label(value) })) } : {}),
    }
  }
  const may = side ? step.may.filter(one => one !== 'onPaper' && one !== 'word') : step.may
  return {
    verb: step.verb,
    label: med(parts, language, `step.${step.verb}`),
    needs: [...step.needs.map(one => need(one, true)), ...may.map(one => need(one, one === 'word'))],
  }
}
