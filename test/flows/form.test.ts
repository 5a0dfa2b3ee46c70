import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTalk, factsWanted, turn } from '../../src/flows/engine.ts'
import { type Filling, type FormAnswer, type FormMove, fill } from '../../src/flows/form.ts'
import { type FormView, formOf, formWants } from '../../src/flows/form-view.ts'
import type { Command, Facts, FlowName, Say, Talk } from '../../src/flows/talk.ts'
import { book, NOW } from './district.ts'

const CODE = 'HS-20261101-0007'
const own = {
  code: CODE,
  title: '路灯不亮',
  state: 'answered',
  office: '西城街道',
  open: true,
  awaitsRating: true,
}
const facts: Facts = { now: NOW, ownCases: [own], profile: { phone: '13700000000' } }
const nobody: Facts = { now: NOW, ownCases: [] }

const view = (talk: Talk, flow: FlowName, given = facts): FormView => formOf(book, talk, flow, given)
const answer = (flow: FlowName, key: string, given: Partial<FormAnswer>): FormAnswer => ({
  do: 'answer',
  flow,
  key,
  ...given,
})

/** The talk after a move that is taken. */
function taken(talk: Talk, move: FormMove, given = facts): Extract<Filling, { is: 'filled' }> {
  const done = fill(book, talk, move, given)
  if (done.is === 'refused') throw new Error(`${move.do} was refused: ${done.key} ${done.why}`)
  return done
}

const filled = (moves: readonly FormMove[], talk = emptyTalk(), given = facts): Talk =>
  moves.reduce((now, move) => taken(now, move, given).talk, talk)
const told = (talk: Talk, text: string) => turn(book, talk, { text }, facts)
const commands = (out: readonly (Say | Command)[]) => out.filter((each): each is Command => 'do' in each)
const said = (out: readonly (Say | Command)[]) => out.flatMap(each => ('say' in each ? [each.say] : []))

describe('an answer of any kind', () => {
  const LIFT = answer('grievance', 'what', { text: '电梯坏了两周没人修' })
  const where = (given: Partial<FormAnswer>) => answer('grievance', 'where', given)
  const town = { townCode: '150402009', communityCode: '150402009002' }
  const grid = { ...town, gridCode: '150402009002003' }
  const position = { lat: 42.26012, lng: 118.95531 }

  it.each<[string, FormAnswer, unknown]>([
    ['free words', answer('grievance', 'what', { text: ' 灯坏了\u200b ' }), '灯坏了'],
    [
      'a place in words',
      where({ text: '清河小区5号楼' }),
      { words: '清河小区5号楼', estate: '清河小区', ...town },
    ],
    ['a community of the list', where({ unit: '150402009002' }), { words: '桥北街道 清河社区', ...town }],
    [
      'a community, and an estate of it in the words',
      where({ unit: '150402009002', text: '清河小区5号楼' }),
      { words: '清河小区5号楼', estate: '清河小区', ...town },
    ],
    [
      'a town, and an estate in it that is nearer',
      where({ unit: '150402009', text: '清河小区' }),
      { words: '清河小区', estate: '清河小区', ...town },
    ],
    [
      'an estate of another community is only words',
      where({ unit: '150402009002', text: '红山郡旁边' }),
      { words: '红山郡旁边', ...town },
    ],
    ['a grid of the list', where({ unit: grid.gridCode }), { words: '桥北街道 清河社区 第3网格', ...grid }],
    ['a position', where({ position }), { words: '桥北街道 清河社区 第3网格附近', ...grid, position }],
    ['a choice', answer('grievance', 'trapped', { value: 'frail' }), { pick: 'frail' }],
    ['a phone', answer('grievance', 'phone', { text: '139 0000 0000' }), '13900000000'],
    ['a phone known before', answer('grievance', 'phone', { value: '13700000000' }), '13700000000'],
    ['skipping', answer('grievance', 'phone', { value: '!skip' }), null],
    ['an aside', answer('grievance', 'hidden', { value: 'yes' }), true],
    ['a category put right', answer('grievance', 'kind', { value: 'other' }), 'other'],
    [
      'photos',
      answer('grievance', 'files', { files: [{ id: 'a', kind: 'image' }] }),
      [{ id: 'a', kind: 'image' }],
    ],
  ])('%s', (_, move, value) => {
    const first = move.key === 'what' ? [] : [LIFT]
    const talk = filled([...first, move])
    expect(talk.stack[0]?.answers[move.key]).toEqual(value)
    expect(taken(filled(first), move).out).toEqual([])
  })

  it.each<[string, FormAnswer, string]>([
    ['nothing', answer('grievance', 'what', { text: '' }), 'tooShort'],
    ['too much', answer('grievance', 'what', { text: '路'.repeat(10_001) }), 'tooLong'],
    ['no phone', answer('grievance', 'phone', { text: '不记得了呀' }), 'noPhone'],
    ['a choice that is none', answer('grievance', 'trapped', { value: 'sometimes' }), 'notAChoice'],
    ['a step that is none here', where({ value: '!skip' }), 'notAChoice'],
    ['a position outside', where({ position: { lat: 39.9, lng: 116.4 } }), 'outside'],
    ['a unit nobody knows', where({ unit: '999999999' }), 'placeTooShort'],
    ['two places of one name', where({ text: '阳光花园' }), 'whichPlace'],
    ['photos without a list', answer('grievance', 'files', { text: '见照片' }), 'noFile'],
    ['a question that does not apply', answer('grievance', 'affected', { value: 'none' }), 'notNow'],
    ['a question of another flow', answer('grievance', 'solved', { value: 'yes' }), 'notNow'],
    ['a case of somebody else', answer('rating', 'code', { value: 'HS-20261101-0001' }), 'notAChoice'],
    ['a word that must be typed', answer('myData', 'sure', { text: '删吧' }), 'notTyped'],
  ])('refused, and nothing changes: %s', (_, move, why) => {
    const erase = answer('myData', 'act', { value: 'erase' })
    const talk = Object.freeze(filled(move.flow === 'myData' ? [erase] : [LIFT]))
    const before = JSON.stringify(talk)
    expect(fill(book, talk, move, facts)).toMatchObject({ is: 'refused', key: move.key, why })
    expect(JSON.stringify(talk)).toBe(before)
  })

  it('a place in words drops the codes of the one before', () => {
    const talk = filled([LIFT, where({ position }), where({ text: '说不清' })])
    expect(talk.stack[0]?.answers.where).toEqual({ words: '说不清' })
  })

  it('the list of photos is replaced as a whole, and none is none', () => {
    const files = (...ids: string[]) =>
      answer('addToCase', 'files', { files: ids.map(id => ({ id, kind: 'image' as const })) })
    const code = answer('addToCase', 'code', { value: CODE })
    expect(view(filled([code, files('a', 'b')]), 'addToCase')).toMatchObject({ current: null })
    const fewer = filled([code, files('a', 'b'), files('b')])
    expect(fewer.stack[0]?.answers.files).toEqual([{ id: 'b', kind: 'image' }])
    expect(view(filled([code, files('a'), files()]), 'addToCase').current).toBe('text')
  })

  it('keeps at most nine photos', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ id: `f${at}`, kind: 'image' as const }))
    const talk = filled([answer('grievance', 'files', { files: many })])
    expect(talk.stack[0]?.answers.files).toHaveLength(9)
  })
})

describe('what the form shows', () => {
  it('is empty before anything was said, and says what has to be shown once', () => {
    const form = view(emptyTalk(), 'grievance')
    expect(form.questions.map(({ key, aside }) => (aside ? `(${key})` : key))).toEqual([
      'what',
      'where',
      'phone',
      '(name)',
      '(files)',
      '(hidden)',
      '(noReply)',
    ])
    expect(form).toMatchObject({ current: 'what', notice: true, nothing: false })
    expect(view(filled([answer('grievance', 'what', { text: '路灯不亮了' })]), 'grievance').notice).toBe(
      false,
    )
  })

  it('what is taken for granted can be put right', () => {
    const form = view(filled([answer('grievance', 'what', { text: '楼道的路灯不亮了没人修' })]), 'grievance')
    expect(form.questions.find(({ key }) => key === 'kind')).toMatchObject({
      aside: true,
      answered: false,
      shown: { label: expect.stringMatching(/^category\./) },
    })
  })

  it.each<[FlowName, string, Partial<FormAnswer>, string | undefined]>([
    ['grievance', 'what', { text: '路灯不亮了' }, '路灯不亮了'],
    ['grievance', 'where', { text: '清河小区' }, '清河小区'],
    ['grievance', 'phone', { text: '+86 13900000000' }, '13900000000'],
    ['grievance', 'phone', { value: '!skip' }, '!skip'],
    ['grievance', 'noReply', { value: 'no' }, 'no'],
    ['rating', 'contacted', { text: '没联系' }, 'no'],
    ['rating', 'satisfied', { value: '2' }, '2'],
    ['status', 'code', { text: 'hs 20261101 0007' }, CODE],
    ['status', 'queryCode', { text: '395 014' }, '395014'],
    ['withdraw', 'reason', { value: 'solved' }, 'solved'],
    ['withdraw', 'reason', { text: '自己弄好了' }, '自己弄好了'],
  ])('%s.%s from %j goes back into its field as %s', (flow, key, given, raw) => {
    const talk = filled([answer(flow, key, given)])
    expect(view(talk, flow).questions.find(each => each.key === key)?.raw).toBe(raw)
  })

  it('neighbours stand beside a full form only', () => {
    const alike = { ...facts, lookalikes: [{ category: 'light', estate: '清河小区', count: 2, since: NOW }] }
    const half = filled([answer('grievance', 'what', { text: '清河小区路灯坏了没人修' })])
    expect(view(half, 'grievance', alike)).toMatchObject({ current: 'phone', rows: [] })
    const full = filled([answer('grievance', 'phone', { value: '!skip' })], half)
    expect(view(full, 'grievance', alike).rows).toMatchObject([{ key: 'lookalikes', value: '2' }])
  })

  it('wants what its questions want', () => {
    expect(formWants(book, emptyTalk(), 'rating')).toContain('ownCases')
    expect(formWants(book, emptyTalk(), 'grievance')).toEqual(
      expect.arrayContaining(['profile', 'lookalikes']),
    )
  })

  it.each(['rating', 'addToCase', 'withdraw'] as const)(
    '%s has nothing to pick for who filed nothing',
    flow => {
      expect(view(emptyTalk(), flow, nobody).nothing).toBe(true)
      for (const move of [
        answer(flow, 'code', { value: CODE }),
        { do: 'send', flow },
        { do: 'chat', flow },
      ] as const)
        expect(fill(book, emptyTalk(), move, nobody)).toMatchObject({
          is: 'refused',
          key: '',
          why: `none.${flow}`,
        })
    },
  )
})

describe('what else is told in the same words', () => {
  it('is kept, and only the rest is asked', () => {
    const talk = filled([
      answer('grievance', 'what', { text: '红山郡3号楼路灯坏了，别让他们知道是我，电话13800000000' }),
    ])
    expect(talk.stack[0]?.answers).toMatchObject({ phone: '13800000000', hidden: true })
    expect(view(talk, 'grievance').current).toBeNull()
  })

  it('a second matter of the same breath waits, and is offered in the chat after the first is sent', () => {
    const two = answer('grievance', 'what', {
      text: '清河小区路灯坏了没人修。另外楼下饭店油烟太大，天天呛人',
    })
    const first = taken(emptyTalk(), two)
    expect(said(first.out)).toEqual(['waiting.two'])
    expect(first.talk.stack[0]?.answers.what).toBe('清河小区路灯坏了没人修')
    const ended = taken(filled([answer('grievance', 'phone', { value: '!skip' })], first.talk), {
      do: 'send',
      flow: 'grievance',
    })
    expect(commands(ended.out)).toMatchObject([{ do: 'openCase' }])
    expect(said(ended.out)).toEqual(['waiting.offer'])
  })
})

describe('danger on a form', () => {
  const FIRE = answer('grievance', 'what', { text: '隔壁着火了，楼道里全是烟' })

  it('is heard before anything else, calls, keeps the answer, and the next move goes on', () => {
    const { out, talk } = taken(emptyTalk(), FIRE)
    expect(out[0]).toMatchObject({ say: 'danger.fire_or_life', card: { kind: 'emergency' } })
    expect(commands(out)).toMatchObject([{ do: 'openDanger', with: { kinds: ['fire_or_life'] } }])
    expect(talk.stack).toMatchObject([{ flow: 'grievance', answers: { what: FIRE.text }, paused: 'danger' }])
    const next = taken(talk, answer('grievance', 'where', { text: '清河小区' }))
    expect(next.out).toEqual([])
    expect(next.talk.stack[0]).not.toHaveProperty('paused')
    expect(next.talk.danger).toBeUndefined()
  })

  it('is heard in words that are no answer, too', () => {
    const { out } = taken(emptyTalk(), answer('grievance', 'phone', { text: '着火了' }))
    expect(said(out)[0]).toBe('danger.fire_or_life')
  })

  it('a choice can be a cry for help', () => {
    const talk = filled([answer('grievance', 'what', { text: '电梯坏了两周没人修' })])
    const { out } = taken(talk, answer('grievance', 'trapped', { value: 'trapped' }))
    expect(commands(out)).toMatchObject([{ do: 'openDanger', with: { because: ['有人困在电梯里'] } }])
  })
})

describe('from one face to the other', () => {
  it('buttons of the chat go stale when the form answers their question, and numbers mean the next one', () => {
    const asked = told(emptyTalk(), '清河小区电梯坏了两周没人修')
    const old = `${asked.talk.step}.none`
    const talk = filled([answer('grievance', 'trapped', { value: 'frail' })], asked.talk)
    expect(talk.offered).toEqual(['13700000000', '!skip'])
    expect(said(turn(book, talk, { text: '', tap: old }, facts).out)[0]).toBe('stale')
    expect(talk.stack[0]?.answers.trapped).toEqual({ pick: 'frail' })
  })

  it('buttons stay good while their question stands', () => {
    const asked = told(emptyTalk(), '清河小区电梯坏了两周没人修')
    const talk = filled([answer('grievance', 'name', { text: '王明' })], asked.talk)
    expect(talk.step).toBe(asked.talk.step)
    const tapped = turn(book, talk, { text: '', tap: `${talk.step}.none` }, facts)
    expect(tapped.talk.stack[0]?.answers.trapped).toEqual({ pick: 'none' })
  })

  it('a summary shown in the chat is not sent when the form changed it since', () => {
    const shown = told(told(emptyTalk(), '清河小区路灯坏了没人修').talk, '不留')
    const talk = filled([answer('grievance', 'where', { text: '红山郡' })], shown.talk)
    const old = turn(book, talk, { text: '', tap: `${shown.talk.step}.!send` }, facts)
    expect(commands(old.out)).toEqual([])
    expect(said(turn(book, talk, { text: '1' }, facts).out)).toEqual(['check.grievance'])
  })

  it('another flow in hand waits its turn and comes back', () => {
    const chat = told(emptyTalk(), '清河小区路灯坏了没人修').talk
    const rating = filled(
      [
        answer('rating', 'code', { value: CODE }),
        answer('rating', 'contacted', { value: 'yes' }),
        answer('rating', 'solved', { value: 'yes' }),
        answer('rating', 'satisfied', { value: '3' }),
      ],
      chat,
    )
    expect(rating.stack).toMatchObject([{ flow: 'rating' }, { flow: 'grievance', paused: 'other' }])
    const { out, talk } = taken(rating, { do: 'send', flow: 'rating' })
    expect(commands(out)).toMatchObject([{ do: 'rateCase', with: { code: CODE, satisfied: 3 } }])
    expect(said(out)).toEqual(['resumed', 'ask.grievance.phone'])
    expect(talk.stack).toHaveLength(1)
  })

  it('two forms filled by turns both keep what they have, and the one left last comes back', () => {
    const talk = filled([
      answer('grievance', 'what', { text: '清河小区路灯坏了没人修' }),
      answer('status', 'code', { text: CODE }),
      answer('grievance', 'phone', { value: '!skip' }),
    ])
    expect(talk.stack).toMatchObject([
      { flow: 'grievance', answers: { phone: null } },
      { flow: 'status', answers: { code: CODE }, paused: 'other' },
    ])
    const { out } = taken(talk, { do: 'send', flow: 'grievance' })
    expect(said(out)).toEqual(['resumed', 'ask.status.queryCode'])
  })

  it('what was filled to the end on a form waits for a yes in the chat', () => {
    const talk = filled([
      answer('myData', 'act', { value: 'erase' }),
      answer('myData', 'sure', { text: '确认删除' }),
    ])
    const words = told(talk, '我再想想')
    expect(commands(words.out)).toEqual([])
    expect(said(words.out)).toEqual(['why.check', 'check.myData'])
    const yes = told(words.talk, '1')
    expect(commands(yes.out)).toEqual([{ do: 'eraseMyData' }])
  })

  it('calls a person with the words of the form, and says so', () => {
    const talk = filled([answer('human', 'reason', { text: '想问问我的事' })])
    const { out } = taken(talk, { do: 'send', flow: 'human' })
    expect(out).toEqual([{ say: 'person.called' }, { do: 'callPerson', with: { reason: '想问问我的事' } }])
    expect(said(taken(emptyTalk(), { do: 'chat', flow: 'human' }).out)).toEqual(['check.human'])
  })

  it('leaving keeps everything; leaving what was never begun changes nothing', () => {
    const talk = filled([
      answer('grievance', 'what', { text: '路灯不亮了' }),
      { do: 'leave', flow: 'grievance' },
    ])
    expect(talk.stack).toMatchObject([{ paused: 'left', answers: { what: '路灯不亮了' } }])
    expect(said(told(talk, '继续').out)).toEqual(['ask.grievance.where'])
    expect(taken(emptyTalk(), { do: 'leave', flow: 'rating' }).talk.stack).toEqual([])
  })

  it('a full form is sent, a form with a gap is not', () => {
    expect(fill(book, emptyTalk(), { do: 'send', flow: 'status' }, facts)).toMatchObject({
      key: 'code',
      why: 'missing',
    })
  })
})

/** Complaints whose sentences tell no answer of another question, so that the order of filling cannot matter. */
const MATTERS = [
  '楼道的电梯坏了两周没人修',
  '暖气不热已经一周了',
  '楼道垃圾没人清运味道大',
  '有一件让人很烦的事情',
]
const aComplaint = fc.record({
  what: fc.constantFrom(...MATTERS),
  where: fc.constantFrom('清河小区', '红山郡3号楼', '说不清', '桥北街道'),
  trapped: fc.constantFrom('frail', 'none'),
  affected: fc.constantFrom('frail', 'none'),
  kind: fc.constantFrom('other', 'property'),
  phone: fc.constantFrom('13912345678', '不留'),
  order: fc.shuffledSubarray(['what', 'where', 'trapped', 'affected', 'kind', 'phone'], { minLength: 6 }),
  switches: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
})
type Complaint = typeof aComplaint extends fc.Arbitrary<infer T> ? T : never

const PICKED = new Set(['trapped', 'affected', 'kind'])
const givenFor = (complaint: Complaint, key: string): Partial<FormAnswer> => {
  const value = complaint[key as 'what']
  return PICKED.has(key) ? { value } : { text: value }
}

/** The next answer in the chat: picks are said by their number. */
function sayNext(talk: Talk, complaint: Complaint, key: string): Talk {
  const text = complaint[key as 'what']
  const at = talk.offered?.indexOf(text) ?? -1
  return told(talk, PICKED.has(key) ? String(at + 1) : text).talk
}

const endOf = (talk: Talk) =>
  commands(taken(talk, { do: 'send', flow: 'grievance' }).out).filter(({ do: verb }) => verb === 'openCase')

/** Begun by the menu, so that no sentence is taken for something else. */
const begun = (): Talk => taken(emptyTalk(), { do: 'chat', flow: 'grievance' }).talk

const MOST_QUESTIONS = 12

/** Answers the question that stands until none does. */
function toTheEnd(talk: Talk, next: (talk: Talk, key: string, at: number) => Talk): Talk {
  let now = talk
  for (let at = 0; at < MOST_QUESTIONS; at++) {
    const key = view(now, 'grievance').current
    if (key === null) return now
    now = next(now, key, at)
  }
  throw new Error(`never ends: ${JSON.stringify(now)}`)
}

const byChat = (complaint: Complaint): Talk => toTheEnd(begun(), (talk, key) => sayNext(talk, complaint, key))

describe('for any complaint', () => {
  it('the form in any order ends as the chat does', () => {
    fc.assert(
      fc.property(aComplaint, complaint => {
        let talk = emptyTalk()
        const late: string[] = []
        for (const key of [...complaint.order, ...complaint.order]) {
          const form = view(talk, 'grievance').questions.find(each => each.key === key)
          if (form?.answered || (key === 'kind' && form?.aside)) continue
          const done = fill(book, talk, answer('grievance', key, givenFor(complaint, key)), facts)
          if (done.is === 'filled') talk = done.talk
          else late.push(done.why)
        }
        expect(late.every(why => why === 'notNow')).toBe(true)
        expect(endOf(talk)).toEqual(endOf(byChat(complaint)))
        expect(endOf(talk)).toHaveLength(1)
      }),
      { numRuns: 150 },
    )
  })

  it('changing the face at any question ends the same', () => {
    fc.assert(
      fc.property(aComplaint, complaint => {
        const talk = toTheEnd(emptyTalk(), (now, key, at) =>
          complaint.switches[at % 6]
            ? sayNext(taken(now, { do: 'chat', flow: 'grievance' }).talk, complaint, key)
            : taken(now, answer('grievance', key, givenFor(complaint, key))).talk,
        )
        expect(endOf(talk)).toEqual(endOf(byChat(complaint)))
      }),
      { numRuns: 150 },
    )
  })
})

const FLOWS: readonly FlowName[] = [
  'grievance',
  'status',
  'addToCase',
  'withdraw',
  'rating',
  'human',
  'myData',
]
const TEXTS = [
  '路灯坏了三天没人修',
  '红山郡',
  '13800000000',
  '是',
  '不满意',
  '1',
  '着火了',
  '继续',
  '取消',
  '返回',
  '菜单',
  '没错',
  CODE,
  '',
]
const aFormMove: fc.Arbitrary<FormMove> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...FLOWS).chain(flow => {
      const keys = book.flows[flow].questions.map(({ key }) => key)
      return fc.record(
        {
          do: fc.constant('answer' as const),
          flow: fc.constant(flow),
          key: fc.constantFrom(...keys, 'nothing'),
          text: fc.oneof(fc.constantFrom(...TEXTS), fc.string()),
          value: fc.constantFrom('yes', 'no', 'none', 'view', 'solved', '3', CODE, '!skip', '!send'),
          files: fc.array(fc.record({ id: fc.uuid(), kind: fc.constant('image' as const) }), {
            maxLength: 3,
          }),
          unit: fc.constantFrom('150402009', '150402009002003', 'x'),
        },
        { requiredKeys: ['do', 'flow', 'key'] },
      )
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('send', 'leave', 'chat'),
      flow: fc.constantFrom(...FLOWS),
    }) as fc.Arbitrary<FormMove>,
  },
)
const aStep = fc.oneof(aFormMove, fc.constantFrom(...TEXTS))
const keysIn = (talk: Talk) => [
  ...new Set(talk.stack.flatMap(open => Object.keys(open.answers).map(key => `${open.flow}.${key}`))),
]

describe('for any mix of form and chat', () => {
  it('nothing throws, what is refused changes nothing, and no answer is lost', () => {
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 16 }), steps => {
        let talk = emptyTalk()
        for (const step of steps) {
          if (typeof step === 'string') {
            factsWanted(book, talk, { text: step })
            talk = told(talk, step).talk
            continue
          }
          const before = JSON.stringify(talk)
          const done = fill(book, talk, step, facts)
          expect(JSON.stringify(talk)).toBe(before)
          expect(fill(book, JSON.parse(before) as Talk, step, facts)).toEqual(done)
          if (done.is === 'refused') continue
          const dropped =
            done.talk.stack.length < talk.stack.length || talk.stack.some(open => open.paused === 'left')
          const emptied = step.do === 'answer' && step.files !== undefined
          if (step.do !== 'send' && !dropped && !emptied)
            expect(keysIn(done.talk)).toEqual(expect.arrayContaining(keysIn(talk)))
          if (step.do === 'answer')
            expect(commands(done.out).every(({ do: verb }) => verb === 'openDanger')).toBe(true)
          talk = done.talk
          expect(JSON.parse(JSON.stringify(talk))).toEqual(talk)
          expect(talk.stack.length).toBeLessThanOrEqual(9)
          for (const flow of FLOWS) view(talk, flow)
        }
      }),
      { numRuns: 400 },
    )
  })
})
