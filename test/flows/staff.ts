import type { MyOrder, StaffFacts } from '../../src/flows/grid.ts'

const GRIDS = [
  { code: '150402010003001', name: '红山郡社区第1网格' },
  { code: '150402010003002', name: '红山郡社区第2网格' },
]

/** A linked grid worker of one grid, or head of two, with the orders of the `有工单` lines. */
export function linkedStaff(who: string | undefined, head: readonly string[]): { staff?: StaffFacts } {
  if (!who) return {}
  const list = head.filter(line => line.startsWith('有工单: ')).map(line => orderOf(line.slice(5)))
  const isHead = who === '网格长'
  return {
    staff: {
      head: isHead,
      grids: isHead ? GRIDS : GRIDS.slice(0, 1),
      orders: { total: list.length, list: list.slice(0, 5) },
      counts: { day: { visit: 2, hazard: 1 }, week: { visit: 5, hazard: 1, policy: 1 } },
    },
  }
}

function orderOf(text: string): MyOrder {
  const [code = '', title = '', state = '', steps = ''] = text.split(' ')
  return {
    code,
    title,
    state: state as MyOrder['state'],
    due: '11月5日 星期四 17:30',
    what: `请看看${title}`,
    place: '红山郡*号楼',
    steps: steps.split(',') as MyOrder['steps'],
    proposals: [{ code: 'D01', name: '住建局' }],
  }
}
