import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { words, yesOrNo } from '../../src/flows/answers.ts'
import type { Book } from '../../src/flows/book.ts'
import { emptyTalk, factsWanted, turn } from '../../src/flows/engine.ts'
import type { Flow } from '../../src/flows/flow.ts'
import type { Facts, Heard, OpenFlow, Talk, Turn } from '../../src/flows/talk.ts'
import { book, NOW } from './district.ts'

const facts: Facts = {
  now: NOW,
  ownCases: [
    {
      code: 'HS-20261101-0007',
      title: '路灯不亮',
      state: '办理中',
      office: '西城街道',
      awaitsRating: true,
      open: true,
    },
    {
      code: 'HS-20261102-0003',
      title: '井盖丢了',
      state: '办理中',
      office: '西城街道',
      awaitsRating: false,
      open: true,
    },
  ],
  profile: { phone: '13800000000' },
}
const hear = (talk: Talk, heard: Partial<Heard>, with_: Book = book): Turn =>
  turn(with_, talk, { text: '', ...heard }, facts)
const talked = (...texts: string[]): Talk =>
  texts.reduce((talk, text) => hear(talk, { text }).talk, emptyTalk())

const SAYINGS = [
  '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000',
  '路灯不亮',
  '红山郡',
  '13900001111',
  '不留',
  '1',
  '2',
  '3',
  '9',
  '返回',
  '取消',
  '继续',
  '菜单',
  '帮助',
  '人工',
  '回到机器人',
  'English',
  '中文',
  '要钱吗',
  '我上次那个到哪了',
  '改电话',
  '改地址',
  '电话不对，是13900002222',
  '没错',
  '我再改改',
  '撤回',
  '我要补充',
  '我的资料',
  '删除我的数据',
  '确认删除',
  '没解决',
  '满意',
  '谢谢',
  '你好',
  '傻逼',
  '我不想活了',
  '着火了',
  '我妈摔了起不来',
  'HS-20261101-0007',
  '对了，门口的井盖丢了没人管',
  '阳光花园',
  '我有高血压',
  '①',
  '第二个',
  '跳过',
  '是',
  '不是',
  '清河小区垃圾没人清运。另外红山郡路灯不亮',
  '',
  '停水了',
  '怎么办居住证',
  'change phone',
  '不用回复我',
  '举报主任受贿',
]
const aFile = fc.record({
  id: fc.string({ minLength: 1, maxLength: 5 }),
  kind: fc.constant('image' as const),
})
const aText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...SAYINGS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...SAYINGS), fc.constantFrom(...SAYINGS)).map(two => two.join('，')),
  },
)
/** A message; `pick` taps one of the choices now shown instead, when it can. */
const aMove = fc.record({
  text: aText,
  pick: fc.option(fc.nat(8), { freq: 3 }),
  stale: fc.boolean(),
  files: fc.option(fc.array(aFile, { maxLength: 4 }), { freq: 6 }),
  at: fc.option(fc.constant({ lat: 42.2, lng: 118.9 }), { freq: 12 }),
})
type Move = typeof aMove extends fc.Arbitrary<infer T> ? T : never

function heardFrom(move: Move, talk: Talk): Heard {
  const value = move.pick === null ? undefined : talk.offered?.[move.pick]
  if (value !== undefined) return { text: '', tap: `${move.stale ? talk.step - 1 : talk.step}.${value}` }
  return {
    text: move.text,
    ...(move.files ? { files: move.files } : {}),
    ...(move.at ? { position: move.at } : {}),
  }
}

/** Every answer of every flow in a talk, by flow and key; duplicates of one flow are counted together. */
const answersOf = (talk: Talk): string[] =>
  talk.stack.flatMap((open: OpenFlow) => Object.keys(open.answers).map(key => `${open.flow}.${key}`)).sort()

describe('for any sequence of inputs', () => {
  it('the engine never throws, never falls silent, and its talk survives storage with the same continuation', () => {
    fc.assert(
      fc.property(fc.array(aMove, { maxLength: 14 }), moves => {
        let talk = emptyTalk()
        for (const move of moves) {
          const heard = heardFrom(move, talk)
          factsWanted(book, talk, heard)
          const told = hear(talk, heard)
          const stored = JSON.parse(JSON.stringify(talk)) as Talk
          expect(hear(stored, heard)).toEqual(told)
          expect(told.out.length).toBeGreaterThan(0)
          talk = told.talk
          expect(JSON.parse(JSON.stringify(talk))).toEqual(talk)
          expect(talk.stack.length).toBeLessThanOrEqual(12)
          expect(talk.waiting.length).toBeLessThanOrEqual(6)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('an answer given is only lost when the flow ends or is left among many', () => {
    fc.assert(
      fc.property(fc.array(aMove, { maxLength: 14 }), moves => {
        let talk = emptyTalk()
        for (const move of moves) {
          const told = hear(talk, heardFrom(move, talk))
          const ended = told.out.some(
            each => 'do' in each && each.do !== 'openDanger' && each.do !== 'showCases',
          )
          const moved =
            told.talk.stack.length < talk.stack.length || talk.stack.some(open => open.paused === 'left')
          if (!ended && !moved) {
            for (const key of answersOf(talk)) expect(answersOf(told.talk)).toContain(key)
          }
          talk = told.talk
        }
      }),
      { numRuns: 400 },
    )
  })

  it('can always be left, and what was left comes back with "go on"', () => {
    fc.assert(
      fc.property(fc.array(aMove, { maxLength: 10 }), moves => {
        const talk = moves.reduce((now, move) => hear(now, heardFrom(move, now)).talk, emptyTalk())
        const left = hear(talk, { text: '取消' }).talk
        expect(left.stack.every(open => open.paused !== undefined)).toBe(true)
        if (talk.stack[0] && !talk.stack[0].paused) {
          const back = hear(left, { text: '继续' }).talk
          expect(back.stack[0]?.answers).toMatchObject(talk.stack[0].answers)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('danger comes first, wherever it is said', () => {
    fc.assert(
      fc.property(fc.array(aMove, { maxLength: 8 }), moves => {
        const talk = moves.reduce((now, move) => hear(now, heardFrom(move, now)).talk, emptyTalk())
        const { out, talk: then } = hear(talk, { text: '着火了' })
        expect(out[0]).toMatchObject({ say: 'danger.fire_or_life', card: { kind: 'emergency' } })
        expect(then.danger?.kinds).toContain('fire_or_life')
        expect(out.some(each => 'do' in each && each.do === 'openDanger')).toBe(
          !talk.danger?.kinds.includes('fire_or_life'),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('answering every question with its first choice or plain words ends within a dozen steps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          '电梯坏了没人修',
          '停水三天',
          '垃圾没人清运',
          '我儿子8岁被狗吓着了，没人管',
          '情况反映一下，请重视',
        ),
        what => {
          let talk = hear(emptyTalk(), { text: what }).talk
          let steps = 0
          while (talk.stack.some(open => !open.paused) && steps < 12) {
            const text =
              (talk.offered ?? []).length > 0 && !talk.offered?.includes('trapped')
                ? '1'
                : talk.offered?.length
                  ? '3'
                  : '红山郡3号楼'
            talk = hear(talk, { text }).talk
            steps++
          }
          expect(steps).toBeLessThan(12)
        },
      ),
    )
  })
})

describe('a deploy under open talks', () => {
  const withQuestions = (change: (flow: Flow) => Flow): Book => ({
    ...book,
    flows: { ...book.flows, grievance: change(book.flows.grievance) },
  })
  const talk = talked('清河小区垃圾没人清运')

  it('asks a question that was added', () => {
    const added = withQuestions(flow => ({
      ...flow,
      questions: [...flow.questions, { key: 'often', answer: words({ atLeast: 1, atMost: 50 }) }],
    }))
    expect(hear(talk, { text: '不留' }, added).out.at(-1)).toMatchObject({ say: 'ask.grievance.often' })
  })

  it('forgets to ask one that was removed, and still ends', () => {
    const removed = withQuestions(flow => ({
      ...flow,
      questions: flow.questions.filter(question => question.key !== 'phone'),
    }))
    const next = hear(talk, { text: '继续' }, removed)
    expect(next.out.at(-1)).toMatchObject({ say: 'check.grievance' })
    expect(hear(next.talk, { text: '1' }, removed).out[0]).toMatchObject({
      do: 'openCase',
      with: { phone: null },
    })
  })

  it('a hidden question does not count even when it was answered', () => {
    const asked = withQuestions(flow => ({
      ...flow,
      questions: [...flow.questions, { key: 'hiddenOne', answer: yesOrNo(), when: () => false }],
    }))
    const stored: Talk = {
      ...talk,
      stack: [{ ...talk.stack[0]!, answers: { ...talk.stack[0]!.answers, hiddenOne: true } }],
    }
    expect(hear(stored, { text: '不留' }, asked).out.at(-1)).toMatchObject({ say: 'check.grievance' })
  })

  it('lets go of a flow that is gone', () => {
    const { rating: _, ...rest } = book.flows
    const without = { ...book, flows: rest as Book['flows'] }
    const rating: Talk = { ...emptyTalk(), stack: [{ flow: 'rating', answers: {} }] }
    expect(hear(rating, { text: '路灯不亮没人管' }, without).talk.stack.map(open => open.flow)).toEqual([
      'grievance',
    ])
  })
})

describe('small promises', () => {
  it('keeps ten thousand characters whole and refuses one more, losing nothing', () => {
    const long = `路灯坏了，${'很黑。'.repeat(3331)}`.slice(0, 10_000)
    const asked = hear(talked('你好', '1'), { text: long })
    expect(asked.talk.stack[0]?.answers.what).toBe(long)
    const refused = hear(asked.talk, { text: `${long}啊啊啊啊啊啊啊啊啊啊啊啊` })
    expect(refused.out[0]).toMatchObject({ say: 'why.tooLong' })
    expect(refused.talk.stack).toEqual(asked.talk.stack)
  })

  it('a tap from another step changes nothing but the step', () => {
    const talk = talked('清河小区垃圾没人清运')
    const tapped = hear(talk, { tap: `${talk.step - 1}.!skip` })
    expect(tapped.out[0]).toMatchObject({ say: 'stale' })
    expect(tapped.talk.stack).toEqual(talk.stack)
  })

  it('a made-up tap does nothing', () => {
    const talk = talked('清河小区垃圾没人清运')
    for (const tap of [
      '',
      'x',
      `${talk.step}.!send`,
      `${talk.step}.!edit.nothing`,
      `${talk.step}.!flow.rating`,
      '1.2.3',
    ]) {
      expect(hear(talk, { tap }).talk.stack[0]?.answers).toEqual(talk.stack[0]?.answers)
    }
  })

  it('asks the shell only for what it needs', () => {
    expect(factsWanted(book, emptyTalk(), { text: '路灯不亮，没人修' })).toEqual(['profile', 'care'])
    expect(factsWanted(book, emptyTalk(), { text: '没解决' })).toContain('ownCases')
    const beforeThePhone = talked('清河小区垃圾没人清运')
    expect(factsWanted(book, beforeThePhone, { text: '不留' })).toEqual(['profile'])
    const atTheSummary = hear(beforeThePhone, { text: '不留' }).talk
    expect(factsWanted(book, atTheSummary, { text: '改' })).toEqual(['profile', 'lookalikes'])
  })
})
