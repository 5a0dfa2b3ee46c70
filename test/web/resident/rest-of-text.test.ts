import { expect, it } from 'vitest'
import { restOfText } from '../../../web/resident/chat/rest-of-text.ts'

it('plain words stay as they are', () => {
  expect(restOfText({ text: '您好。\n\n遇到什么事？' })).toBe('您好。\n\n遇到什么事？')
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
  const rest = restOfText({
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
  expect(rest).toBe('只差一个问题：家里有老人吗？')
})

it('an emergency keeps what to do and leaves the numbers to the buttons', () => {
  const rest = restOfText({
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
  expect(rest).toBe('先别急着扶她。')
})
