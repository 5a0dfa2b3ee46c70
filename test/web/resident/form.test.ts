import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf, entryOf, retyped } from '../../../web/resident/form/entry.ts'
import { isSameStep, keptForm, withDraft, withKept, withMove } from '../../../web/resident/form/kept.ts'
import { mostOf, problemIn, problemsOf } from '../../../web/resident/form/problems.ts'
import { addable, answeredRows, passing, realChoices, standing } from '../../../web/resident/form/steps.ts'
import type { Form, Question } from '../../../web/resident/shapes.ts'

const question = (key: string, more: Partial<Question> = {}): Question => ({
  key,
  kind: 'words',
  ask: `${key}?`,
  optional: false,
  aside: false,
  answered: false,
  ...more,
})
const form = (current: string | null, ...questions: Question[]): Form => ({
  flow: 'grievance',
  title: '我要诉求',
  current,
  questions,
})
const what = question('what', { answered: true, shown: { value: '灯坏了' }, raw: '灯坏了' })
const where = question('where', { kind: 'place' })
const phone = question('phone', { kind: 'phone', optional: true })
const files = question('files', { kind: 'photos', aside: true })
const FORM = form('where', what, where, phone, files)

describe('where a person stands', () => {
  it.each([
    ['at the first gap', FORM, undefined, 'where', '2/3', 'what'],
    ['at a question wanted again', FORM, 'what', 'what', '1/3', undefined],
    ['at one further on', FORM, 'phone', 'phone', '3/3', 'where'],
    ['beside the steps when adding', FORM, 'files', 'files', '', ''],
    ['at the gap when the one wanted is gone', FORM, 'trapped', 'where', '2/3', 'what'],
    ['at the check page', form(null, what, files), undefined, undefined, '', 'what'],
    ['at the aside of a form that asks nothing', form(null, files), undefined, 'files', '', undefined],
  ])('%s', (_, on, edit, key, step, back) => {
    const at = standing(on, edit)
    expect(at.question?.key).toBe(key)
    expect(at.step ? `${at.step.no}/${at.step.of}` : '').toBe(step)
    expect(at.back).toBe(back)
  })

  it('an aside passed by is not put again', () => {
    expect(standing(form(null, files), undefined, ['files']).question).toBeUndefined()
  })

  it('a step is never outside the steps', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const any = fc.uniqueArray(
      key.chain(name => fc.record({ name: fc.constant(name), aside: fc.boolean(), answered: fc.boolean() })),
      { selector: one => one.name },
    )
    fc.assert(
      fc.property(any, fc.option(key), (all, edit) => {
        const questions = all.map(({ name, ...rest }) => question(name, rest))
        const current = questions.find(one => !one.aside && !one.answered)?.key ?? null
        const { step, question: shown } = standing(form(current, ...questions), edit ?? undefined)
        if (step) expect(step.no >= 1 && step.no <= step.of).toBe(true)
        if (current !== null) expect(shown).toBeDefined()
      }),
    )
  })
})

describe('what has been said', () => {
  const choices = [
    { value: 'yes', label: '有' },
    { value: 'no', label: '没有' },
    { value: '!skip', label: '不留' },
  ]
  it('is shown in its own words, else in those of the choice', () => {
    const asked = form(
      null,
      what,
      question('trapped', { kind: 'oneOf', answered: true, raw: 'no', choices }),
      question('phone', { answered: true, raw: '!skip', choices }),
    )
    expect(answeredRows(asked).map(({ key, value }) => `${key} ${value}`)).toEqual([
      'what 灯坏了',
      'trapped 没有',
      'phone 不留',
    ])
    expect(answeredRows(asked, 'what')).toHaveLength(2)
  })
  it('and what is taken for granted can be changed, what is not can be added', () => {
    const guess = question('kind', { aside: true, shown: { value: '物业' } })
    const asked = form(null, what, guess, files)
    expect(answeredRows(asked).map(({ key }) => key)).toEqual(['what', 'kind'])
    expect(addable(asked).map(({ key }) => key)).toEqual(['files'])
  })
  it('steps are no choices', () => {
    expect(realChoices(question('x', { choices })).map(({ value }) => value)).toEqual(['yes', 'no'])
    expect(passing(question('x', { choices }))?.label).toBe('不留')
    expect(passing(question('x'))).toBeUndefined()
  })
  it.each([
    ['words', { answered: true, raw: '灯坏了' }, { text: '灯坏了', value: '' }],
    ['a choice', { answered: true, raw: 'no', choices }, { text: '', value: 'no' }],
    ['a question passed by', { answered: true, raw: '!skip', choices }, { text: '', value: '' }],
    ['nothing', {}, { text: '', value: '' }],
  ] as const)('goes back into the field: %s', (_, more, entry) => {
    expect(entryOf(question('x', more as Partial<Question>))).toEqual(entry)
  })
})

describe('a picked place', () => {
  const picked = { text: '西城街道 红山郡', unit: '11' }
  const entry = { text: picked.text, value: '', picked }
  it('stays while its words stay', () => {
    expect(answerOf('where', retyped(entry, '西城街道 红山郡 3号楼'))).toEqual({
      do: 'answer',
      key: 'where',
      text: '西城街道 红山郡 3号楼',
      unit: '11',
    })
  })
  it('goes when the words are other ones', () => {
    expect(answerOf('where', retyped(entry, '清河小区'))).toEqual({
      do: 'answer',
      key: 'where',
      text: '清河小区',
    })
  })
  it('typing takes a choice away, a choice wins until then', () => {
    expect(answerOf('phone', { text: '138', value: '13800000000' })).toMatchObject({ value: '13800000000' })
    expect(retyped({ text: '', value: '1' }, '139')).toEqual({ text: '139', value: '' })
  })
})

describe('what is wrong before anything is sent', () => {
  const choices = [{ value: 'yes', label: '有' }]
  it.each([
    ['empty words', {}, '', 'words'],
    ['only spaces', {}, '   ', 'words'],
    ['no choice', { kind: 'oneOf', choices }, '', 'choose'],
    ['no place', { kind: 'place' }, '', 'place'],
    ['a number with ten digits', { kind: 'phone' }, '1380000427', 'phoneShort'],
    ['a number with twelve', { kind: 'phone' }, '138 0000 42765', 'phoneLong'],
    ['eleven digits', { kind: 'phone' }, '138-0000-4276', undefined],
    ['wide digits', { kind: 'phone' }, '１３８００００４２７６', undefined],
    ['with the country', { kind: 'phone' }, '+86 13800004276', undefined],
    ['a landline', { kind: 'phone' }, '0476-8221234', undefined],
    ['too many words', {}, '长'.repeat(10_001), 'tooLong'],
    ['just not too many', {}, '长'.repeat(10_000), undefined],
    ['characters of two halves count once', {}, '𠮷'.repeat(10_000), undefined],
  ] as const)('%s', (_, more, text, why) => {
    const asked = question('x', more as unknown as Partial<Question>)
    expect(problemIn('grievance', asked, { text, value: '' })?.why).toBe(why)
  })
  it('photos must be there', () => {
    expect(problemIn('grievance', files, { text: '', value: '' }, 0)?.why).toBe('noFile')
    expect(problemIn('grievance', files, { text: '', value: '' }, 2)).toBeUndefined()
  })
  it('a choice needs no words', () => {
    expect(problemIn('grievance', phone, { text: '', value: '13800000000' })).toBeUndefined()
  })
  it('some questions take less', () => {
    expect([mostOf('withdraw', 'reason'), mostOf('human', 'reason'), mostOf('grievance', 'what')]).toEqual([
      500, 2_000, 10_000,
    ])
  })
})

it.each([
  ['a field by name', [{ field: 'phone', why: '不对' }], [{ field: 'phone', sentence: '不对' }]],
  ['no field: the one shown', [{ field: '', why: '不对' }], [{ field: 'where', sentence: '不对' }]],
  ['no details: the message', [], [{ field: 'where', sentence: '还差一处' }]],
])('what the service refuses: %s', (_, details, problems) => {
  expect(problemsOf(details, '还差一处', 'where')).toEqual(problems)
})

describe('what the device keeps', () => {
  const entry = { text: '写到一半', value: '' }
  const send = { id: 'm1', step: { do: 'send' as const } }

  it('comes back as it was, form by form', () => {
    const one = withKept(null, 'grievance', withDraft({ drafts: {} }, 'what', entry))
    const two = withKept(one, 'rating', withMove({ drafts: {} }, send))
    expect(keptForm(two, 'grievance')).toEqual({ drafts: { what: entry } })
    expect(keptForm(two, 'rating')).toEqual({ drafts: {}, move: send })
    expect(keptForm(two, 'human')).toEqual({ drafts: {} })
  })
  it('leaves nothing when nothing is left', () => {
    const one = withKept(null, 'grievance', withDraft({ drafts: {} }, 'what', entry))
    const kept = withDraft(keptForm(one, 'grievance'), 'what', undefined)
    expect(withKept(one, 'grievance', kept)).toBeNull()
  })
  it('a draft changes no step under way, and the other way round', () => {
    const kept = withDraft(withMove({ drafts: {} }, send), 'what', entry)
    expect(kept).toEqual({ drafts: { what: entry }, move: send })
    expect(withMove(kept, undefined)).toEqual({ drafts: { what: entry } })
  })
  it.each(['', '{', '[]', 'null', '7', '{"grievance":null}', '{"grievance":{"drafts":3}}'])(
    'damaged %j counts as nothing',
    json => expect(keptForm(json, 'grievance')).toEqual({ drafts: {} }),
  )
  it('the same step is told from another', () => {
    expect(isSameStep({ do: 'send' }, { do: 'send' })).toBe(true)
    expect(isSameStep(answerOf('a', entry), answerOf('b', entry))).toBe(false)
  })
})
