import { expect, it } from 'vitest'
import { wordsBeside } from '../../../web/resident/chat/rest-of-text.ts'

it('plain words stay as they are', () => {
  expect(wordsBeside({ text: '您好。\n\n遇到什么事？' }).rest).toBe('您好。\n\n遇到什么事？')
})

it('leaves out what the card and the buttons show, keeps the question', () => {
  const text = [
    '我听到的是：',
    '什么事：电梯停运两周',
    '在哪里：红山郡 3号楼（西城街道）',
    '',
    '只差一个问题：家里有老人吗？',
    '1. 有',
    '2　没有',
    '点一下，或者回复数字都行。',
  ].join('\n')
  const rest = wordsBeside({
    text,
    card: {
      kind: 'heard',
      title: '我听到的是：',
      rows: [
        { label: '什么事', value: '电梯停运两周' },
        { label: '在哪里', value: '红山郡 3号楼', note: '西城街道' },
      ],
    },
    choices: [
      { n: '1', label: '有', tap: '2.yes' },
      { n: '2', label: '没有', tap: '2.no' },
    ],
    hint: '点一下，或者回复数字都行。',
  })
  expect(rest).toEqual({ heading: '我听到的是：', rest: '只差一个问题：家里有老人吗？' })
})

it('an emergency keeps what to do and leaves the numbers to the buttons', () => {
  const rest = wordsBeside({
    text: '请马上打 120\n先别急着扶她。\n120 急救\n报警：110',
    card: {
      kind: 'emergency',
      title: '请马上打 120',
      rows: [],
      calls: [
        { number: '120', label: '急救' },
        { number: '110', label: '报警' },
      ],
    },
  })
  expect(rest).toEqual({ heading: '请马上打 120', rest: '先别急着扶她。' })
})

it('a card without a title takes its heading from the first line, unless that is long', () => {
  const card = { kind: 'check' as const, rows: [{ label: '什么事', value: '电梯停运' }] }
  expect(wordsBeside({ text: '请您看一遍，没错我就交上去。', card })).toEqual({
    heading: '请您看一遍，没错我就交上去。',
    rest: '',
  })
  const long = '请您看一遍，'.repeat(8)
  expect(wordsBeside({ text: long, card })).toEqual({ heading: '', rest: long })
})

it('a receipt does not say again in a sentence what its rows say', () => {
  const rows = [
    { label: '谁在办', value: '西城街道办事处' },
    { label: '最晚答复您', value: '11月6日 星期五' },
  ]
  const text =
    '收到了，有人管了。这件事是 西城街道办事处 在办，最晚 11月6日 星期五 答复您。有变化我会主动告诉您。'
  expect(wordsBeside({ text, card: { kind: 'receipt', title: '收到了，有人管了', rows } }).rest).toBe(
    '有变化我会主动告诉您。',
  )
})

it('an emergency without a title says the number to call over its words', () => {
  const card = { kind: 'emergency' as const, rows: [], calls: [{ number: '119', label: '火警' }] }
  expect(wordsBeside({ text: '请马上打 119。先保证人安全。', card }, '请马上打 119')).toEqual({
    heading: '请马上打 119',
    rest: '先保证人安全。',
  })
})
