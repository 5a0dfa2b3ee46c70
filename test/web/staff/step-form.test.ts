import { expect, it } from 'vitest'
import {
  asked,
  bodyOf,
  emptyForm,
  missing,
  openSteps,
  primaryOf,
  worthKeeping,
} from '../../../web/staff/mediation/step-form.ts'
import type { Need } from '../../../wire/mediation.ts'

const need = (field: string, kind: Need['kind'], required = true): Need => ({
  field,
  label: field,
  kind,
  required,
})
const step = (verb: string, ...needs: Need[]) => ({ verb, label: verb, needs })
const ASKED = { side: 'who', sides: [{ value: 'other', label: 'other' }], mediator: 'whom' }

it('names every gap by its path', () => {
  const needs = [
    need('reason', 'text'),
    need('told', 'yes'),
    need('routes', 'choices'),
    need('session', 'slots'),
    need('record', 'record'),
    need('agreement', 'agreement'),
    need('visited', 'visit'),
  ]
  expect(Object.keys(missing(needs, emptyForm())).sort()).toEqual([
    ...['agreement.dispute', 'agreement.facts', 'agreement.items.0.by', 'agreement.items.0.what'],
    ...['agreement.responsibility', 'reason', 'record.facts', 'record.points', 'routes', 'session', 'told'],
    ...['visited.performed', 'visited.satisfied', 'visited.with'],
  ])
})

it('what may be left out is left out, but a record begun must be whole', () => {
  const needs = [need('record', 'record', false), need('text', 'text', false), need('onPaper', 'yes', false)]
  const form = emptyForm()
  expect([missing(needs, form), bodyOf(needs, form)]).toEqual([{}, {}])
  form.record.facts = '经过'
  expect(missing(needs, form)).toEqual({ 'record.points': 'missing' })
  expect(bodyOf(needs, form)).toEqual({ record: form.record })
})

it('the desk says who stayed away, whom a recusal is about, and what it has on paper', () => {
  expect(asked(step('noShow', need('text', 'text')), ASKED, true).map(one => one.field)).toEqual([
    'side',
    'text',
  ])
  expect(asked(step('recuse', need('reason', 'text')), ASKED, true).map(one => one.field)).toEqual([
    'mediator',
    'reason',
  ])
  expect(asked(step('recuse', need('reason', 'text')), ASKED, false).map(one => one.field)).toEqual([
    'reason',
  ])
  expect(asked(step('consent', need('onPaper', 'yes', false)), ASKED, true)[0]?.required).toBe(true)
  expect(asked(step('prolong', need('onPaper', 'yes', false)), ASKED, true)[0]?.required).toBe(false)
})

it('what a state waits for comes first, what ends it last', () => {
  const steps = ['decline', 'clear', 'comment', 'admit'].map(verb => step(verb))
  expect(openSteps(steps, []).map(one => one.verb)).toEqual(['admit', 'comment', 'decline'])
  expect(openSteps(steps, ['safety']).map(one => one.verb)).toEqual(['clear', 'comment', 'admit', 'decline'])
  expect(primaryOf([step('comment')])).toBeUndefined()
})

it('a hold alone is nothing to keep, words are', () => {
  const form = emptyForm()
  form.texts.session = 'a hold'
  expect(worthKeeping(form)).toBe(false)
  form.agreement.items[0]!.what = '退费'
  expect(worthKeeping(form)).toBe(true)
})
