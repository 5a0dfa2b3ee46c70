import type { District } from '../src/district.ts'
import type { Chance } from './chance.ts'
import type { Clerk } from './inbox-http.ts'
import { nameOf, phoneOf } from './matters.ts'

/** What is measured: a name, and what is asked; each time another one of its kind. `most` is the p95 it must keep, in ms. */
export interface Line {
  name: string
  most: number
  path(): string
}

interface Page {
  rows: { code: string; createdAt: string }[]
  next: string | null
}

const cases = (query: Record<string, string>) => `cases?${new URLSearchParams({ limit: '50', ...query })}`

const COMMON = ['物业', '小区', '处理', '负责']
const MIDDLE = ['电梯', '漏水', '路灯', '停车', '半夜', '收费', '供热']
const RARE = ['雀屏', '玄黄', '云腾', '珠称', '龙师', '弔民']

/** The lines of one clerk. Codes and cursors are taken from what they see. */
export async function linesOf(
  clerk: Clerk,
  district: District,
  chance: Chance,
  count: number,
): Promise<Line[]> {
  const known = await codesOf(clerk)
  return [
    ...listLines(chance, known),
    ...filterLines(district, chance),
    ...factSearches(chance, known, count),
    ...wordSearches(district, chance),
    ...(await deepLines(clerk)),
  ]
}

const line = (name: string, path: () => string, most = 50): Line => ({ name, path, most })
const search = (q: string, filter: Record<string, string> = {}) => cases({ q, ...filter })
const day = (back: number) => new Date(Date.parse('2026-11-20T00:00:00Z') - back * 86_400_000).toISOString()
const townOf = (district: District, { pick }: Chance) => pick(district.grids).code.slice(0, 9)

const LISTS = ['all', 'overdue', 'today', 'unit', 'ended', 'residentNew']
const listLines = ({ pick }: Chance, known: readonly string[]): Line[] => [
  line('open a case', () => `cases/${pick(known)}`, 30),
  line('counts of all lists', () => 'lists'),
  ...LISTS.map(key => line(`first page: ${key}`, () => cases({ list: key }))),
]

function filterLines(district: District, chance: Chance): Line[] {
  const { pick, any } = chance
  const town = () => townOf(district, chance)
  const category = () => pick(district.categories).key
  const states = ['received', 'working', 'redo', 'closed', 'refused', 'open']
  return [
    line('filter: unit', () => cases({ unit: pick([town(), pick(district.departments).code]) })),
    line('filter: place', () => cases({ place: pick([town(), pick(district.grids).code]) })),
    line('filter: category', () => cases({ category: category() })),
    line('filter: class', () => cases({ class: pick(['general', 'important', 'urgent']) })),
    line('filter: state', () => cases({ state: pick(states) })),
    line('filter: deadline', () => cases({ dueFrom: day(any(3)), dueUntil: day(-1 - any(4)) })),
    line('filter: dates', () => cases({ since: day(40 + any(1000)), until: day(any(40)) })),
    line('filter: one day, long ago', () => {
      const back = 100 + any(900)
      return cases({ since: day(back), until: day(back - 1) })
    }),
    line('filter: unit, category, state, dates', () =>
      cases({ unit: town(), category: category(), state: 'closed', since: day(900), until: day(300) }),
    ),
  ]
}

function factSearches(chance: Chance, known: readonly string[], count: number): Line[] {
  const { pick, any } = chance
  const phone = () => phoneOf(any(Math.ceil(count / 3)))
  return [
    line('search: whole code', () => search(pick(known))),
    line('search: end of a code', () => search(pick(known).slice(-4))),
    line('search: day of a code', () => search(pick(known).slice(3, 11))),
    line('search: phone', () => search(phone())),
    line('search: name', () => search(nameOf(chance))),
  ]
}

function wordSearches(district: District, chance: Chance): Line[] {
  const { pick } = chance
  const category = () => pick(district.categories).key
  return [
    line('search: common word', () => search(pick(COMMON))),
    line('search: word', () => search(pick(MIDDLE))),
    line('search: rare word', () => search(pick(RARE))),
    line('search: two words', () => search(`${pick(COMMON)} ${pick(MIDDLE)}`)),
    line('search: a sentence', () => search(`${pick(district.estates).name}的${pick(MIDDLE)}一直漏水`)),
    line('search: word and place', () => search(pick(MIDDLE), { place: townOf(district, chance) })),
    line('search: word, category, state', () =>
      search(pick(COMMON), { category: category(), state: 'closed' }),
    ),
    line('search: word and deadline', () => search(pick(MIDDLE), { dueFrom: day(1), dueUntil: day(-2) })),
    line('search: word and dates', () => search(pick(MIDDLE), { since: day(800), until: day(700) })),
  ]
}

async function codesOf(clerk: Clerk): Promise<string[]> {
  const pages = await Promise.all(
    ['all', 'ended'].map(list => clerk.get(cases({ list, limit: '200' })) as Promise<{ body: Page }>),
  )
  const codes = pages.flatMap(({ body }) => body.rows.map(row => row.code))
  return codes.length > 0 ? codes : ['HS-20261101-0001']
}

/** Pages far down: the cursor of the twentieth page of 200. */
async function deepLines(clerk: Clerk): Promise<Line[]> {
  const lines: Line[] = []
  for (const [name, query] of [
    ['all', { list: 'all' }],
    ['ended', { list: 'ended' }],
    ['search', { q: '小区' }],
  ] as const) {
    const cursors: string[] = []
    let cursor: string | null = null
    for (let n = 0; n < 20; n++) {
      const { body }: { body: Page } = await clerk.get(
        cases({ ...query, limit: '200', ...(cursor ? { cursor } : {}) }),
      )
      cursor = body.next
      if (!cursor) break
      cursors.push(cursor)
    }
    const [first, last] = [cursors[0], cursors.at(-1)]
    if (first)
      lines.push({ name: `next page: ${name}`, most: 50, path: () => cases({ ...query, cursor: first }) })
    if (last && last !== first)
      lines.push({
        name: `page ${cursors.length * 4 + 1}: ${name}`,
        most: 50,
        path: () => cases({ ...query, cursor: last }),
      })
  }
  return lines
}

const BOARD = ['', '/next', '/flow', '/hands', '/places', '/grids', '/others']

/** The parts of the board. */
export const boardLines = (): Line[] =>
  BOARD.map(part => ({ name: `board${part}`, most: 500, path: () => `board${part}?month=2026-10` }))
