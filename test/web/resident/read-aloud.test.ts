import { describe, expect, it } from 'vitest'
import { asSaid, type Bit, blocksOf, piecesOf, type Stands } from '../../../web/resident/read-aloud.ts'

/** A page in small: `el('p', {}, 'words')`; what begins with `b-` stands as a block. */
type Child = Bit | string
const text = (words: string): Bit => ({ nodeType: 3, nodeValue: words, nodeName: '#text', childNodes: [] })
const el = (name: string, attributes: Record<string, string>, ...children: Child[]): Bit => ({
  nodeType: 1,
  nodeValue: null,
  nodeName: name.toUpperCase(),
  childNodes: children.map(child => (typeof child === 'string' ? text(child) : child)),
  getAttribute: key => attributes[key] ?? null,
})
const BLOCKS = /^(MAIN|P|LI|UL|DT|DD|H1|H2|DIV|BUTTON)$/
const stands = (bit: Bit): Stands =>
  bit.getAttribute?.('hidden') !== null ? 'none' : BLOCKS.test(bit.nodeName) ? 'block' : 'inline'

describe('what is read of a page', () => {
  it('block by block, words of one line together', () => {
    const page = el(
      'main',
      {},
      el('h2', {}, '红山郡 ', el('b', {}, '3号楼'), '电梯停运'),
      el('ul', {}, el('li', {}, '一'), el('li', {}, '  二\n  三 ')),
      '尾',
    )
    expect(blocksOf(page, stands)).toEqual(['红山郡 3号楼电梯停运', '一', '二 三', '尾'])
  })

  it.each<[string, Bit, string[]]>([
    [
      'no icon of a button',
      el('button', {}, el('svg', { 'aria-hidden': 'true' }, el('path', {})), '补充'),
      ['补充'],
    ],
    [
      'a drawing by its name',
      el('li', {}, el('svg', { role: 'img', 'aria-label': '已办' }), '电梯修好了'),
      ['已办 电梯修好了'],
    ],
    ['a photo by its name', el('p', {}, el('img', { alt: '照片，第 1 张' })), ['照片，第 1 张']],
    ['nothing hidden', el('div', {}, el('p', { hidden: '' }, '看不见'), '看得见'), ['看得见']],
    [
      'nothing quiet, no field, no script',
      el(
        'div',
        {},
        el('p', { 'data-quiet': '' }, '读给我听'),
        el('textarea', {}, '草稿'),
        el('script', {}, 'x()'),
      ),
      [],
    ],
    ['the words before a line break apart', el('p', {}, '一', el('br', {}), '二'), ['一', '二']],
  ])('%s', (_says, page, blocks) => {
    expect(blocksOf(page, stands)).toEqual(blocks)
  })
})

describe('how it is said', () => {
  it.each([
    ['11月3日 14:08', '11月3日 14点08分'],
    ['今天 17:00 前', '今天 17点 前'],
    ['周一至周五 08:30–17:30', '周一至周五 8点30分到17点30分'],
    ['2026-11-06 截止', '2026年11月6日 截止'],
    ['HS-20261103-0042', 'H S，二零二六幺幺零三，零零四二'],
    ['打 110 或 12345', '打 幺幺零 或 一二三四五'],
    ['电话13800000000', '电话幺三八零零零零零零零零'],
    ['欠了 120 元、15000元', '欠了 120 元、15000元'],
    ['西城街道 · 王同志', '西城街道，王同志'],
  ])('%s → %s', (words, said) => {
    expect(asSaid(words, 'zh-CN')).toBe(said)
  })
  it.each([
    ['Fri 6 Nov', 'Friday 6 November'],
    ['HS-20261103-0042', 'H S, 2 0 2 6 1 1 0 3, 0 0 4 2'],
    ['Call 120', 'Call 1 2 0'],
    ['120 yuan', '120 yuan'],
    ['2026-11-06, 14:08', '6 November 2026, 14:08'],
  ])('%s → %s', (words, said) => {
    expect(asSaid(words, 'en')).toBe(said)
  })
})

describe('in which pieces', () => {
  it('sentence by sentence', () => {
    expect(piecesOf(['收到了。有人管了！', '…', '最晚 11月6日'], 'zh-CN')).toEqual([
      '收到了。',
      '有人管了！',
      '最晚 11月6日',
    ])
    expect(piecesOf(['We have it. Somebody looks after it.'], 'en')).toEqual([
      'We have it.',
      'Somebody looks after it.',
    ])
  })

  it('none longer than a voice can hold, and no word lost', () => {
    const long = `${'电梯坏了两周没人修'.repeat(20)}，${'老人上不了楼'.repeat(30)}`
    const pieces = piecesOf([long], 'zh-CN')
    expect(Math.max(...pieces.map(piece => piece.length))).toBeLessThanOrEqual(120)
    expect(pieces.join('')).toBe(long)
  })
})
