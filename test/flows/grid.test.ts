import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyTalk, factsWanted, turn } from '../../src/flows/engine.ts'
import type { Command, Facts, Heard, Say, Talk } from '../../src/flows/talk.ts'
import { book, NOW } from './district.ts'
import { linkedStaff } from './staff.ts'

/** Words of staff and of residents, in any order: what a worker may type with one hand. */
const LINES = [
  ...[
    '绑定 12345678',
    '绑定',
    '解除绑定',
    '网格',
    '菜单',
    '我的工单',
    '我的网格',
    '巡查上报',
    '工作报告',
    '定期走访',
  ],
  ...[
    '隐患排查',
    '矛盾化解',
    '民意收集',
    '巡查发现3号楼楼道堆满纸箱',
    '当场处理了',
    '红山郡3号楼',
    '跳过',
    '没错',
    '继续',
  ],
  ...[
    '返回',
    '取消',
    '改成一般',
    '改地址',
    '1',
    '2',
    '3',
    '7',
    '10',
    '是',
    '没有',
    '进度',
    '要钱吗',
    'English',
    'my orders',
  ],
  ...['电梯坏了两周没人修', '我是红山郡的，138 0013 8000', '人工', '好了', '到工作台办', '着火了'],
]
const ORDERS = [
  '有工单: HS-20261102-0001 楼道灯不亮 open accept,object',
  '有工单: HS-20261102-0002 井盖响 signed report',
]
const heard = fc.oneof(
  fc.constantFrom(...LINES).map((text): Heard => ({ text })),
  fc.constant<Heard>({ text: '', files: [{ id: 'f1', kind: 'image' }] }),
  fc.nat(9).map((n): Heard => ({ text: '', tap: `tap${n}` })),
)

interface Played {
  talk: Talk
  out: readonly (Say | Command)[]
}

/** One message; a tap takes one of the choices that stand. */
function hear(talk: Talk, said: Heard, staff: Facts['staff']): Played {
  const n = Number(said.tap?.slice(3))
  const value = said.tap && talk.offered?.[n % Math.max(1, talk.offered.length)]
  const real: Heard = said.tap ? (value ? { text: '', tap: `${talk.step}.${value}` } : { text: '1' }) : said
  const wants = factsWanted(book, talk, real)
  return turn(book, talk, real, {
    now: NOW,
    ownCases: [],
    ...(staff && wants.includes('staff') ? { staff } : {}),
  })
}

const GRID_WORK = ['showGrid', 'showDesk', 'fileReport', 'keepRecord', 'staffStep', 'unlinkChat']

it('whatever a linked worker says is answered, and its talk survives storage', () => {
  fc.assert(
    fc.property(fc.array(heard, { maxLength: 25 }), fc.constantFrom('网格员', '网格长'), (lines, who) => {
      let talk: Talk = { ...emptyTalk(), staff: true }
      const { staff } = linkedStaff(who, ORDERS)
      for (const line of lines) {
        const now = hear(talk, line, staff)
        expect(now.out.length).toBeGreaterThan(0)
        const stored = JSON.parse(JSON.stringify(now.talk)) as Talk
        expect(stored).toEqual(now.talk)
        talk = stored
      }
    }),
    { numRuns: 300, seed: 4 },
  )
})

it('nobody else is ever given anything to do as staff, whatever they say', () => {
  fc.assert(
    fc.property(fc.array(heard, { maxLength: 25 }), lines => {
      let talk = emptyTalk()
      for (const line of lines) {
        expect(factsWanted(book, talk, line)).not.toContain('staff')
        const now = hear(talk, line, undefined)
        for (const part of now.out) if ('do' in part) expect(GRID_WORK).not.toContain(part.do)
        expect(now.talk.stack.map(({ flow }) => flow)).not.toContain('patrol')
        talk = now.talk
      }
    }),
    { numRuns: 300, seed: 4 },
  )
})

it('a link that has ended takes its conversations along, and says so once', () => {
  const { staff } = linkedStaff('网格员', ORDERS)
  let { talk } = hear({ ...emptyTalk(), staff: true }, { text: '巡查上报' }, staff)
  expect(talk.stack.map(({ flow }) => flow)).toEqual(['patrol'])
  const ended = hear(talk, { text: '楼道里堆了很多纸箱' }, undefined)
  expect(ended.out[0]).toMatchObject({ say: 'grid.ended' })
  expect(ended.talk.stack.map(({ flow }) => flow)).not.toContain('patrol')
  talk = ended.talk
  expect(hear(talk, { text: '菜单' }, undefined).out[0]).not.toMatchObject({ say: 'grid.ended' })
})
